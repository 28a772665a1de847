// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/import_record.h"

#include <algorithm>
#include <sstream>

#include "common/base/ids.h"
#include "common/tlog/sha256.h"

// The lines of the text: docs/formats/import.md.
namespace samenspel::cli {
namespace {

constexpr std::string_view kFirstLine = "samenspel import 1";
constexpr size_t kHashBytes = 16;

std::optional<std::string> After(std::string_view word, std::string_view line) {
  if (!line.starts_with(word)) return std::nullopt;
  return std::string(line.substr(word.size()));
}

}  // namespace

ImportRecord::ImportRecord(const std::string& spool_key, std::string id, bool again)
    : id_(std::move(id)),
      secret_(tlog::Sha256({"samenspel import 1\n", spool_key, id_})),
      again_(again) {}

// What is hashed has a fixed length, so nobody can lengthen it without the secret.
std::string ImportRecord::Hash(std::string_view what, std::string_view bytes) const {
  return tlog::Sha256({secret_, what, tlog::Sha256(bytes)}).substr(0, kHashBytes);
}

std::string ImportRecord::IdOf(const std::string& mark, size_t number) const {
  std::string id = Hash("request\n", mark + std::to_string(number));
  // Version and variant as RFC 9562 wants them of version 7.
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x70);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

std::string ImportRecord::Body() const {
  std::string text = std::string(kFirstLine) + "\nid " + base::UuidText(id_) + "\nrun " +
                     std::to_string(base::ToMs(last_run_)) + "\nagain " + (again_ ? "yes" : "no") +
                     "\ncomplete " + (complete_ ? "yes" : "no") + "\n";
  for (const auto& [mark, form] : forms_) {
    text += "form " + base::UuidText(mark) + " " + std::to_string(form.given);
    for (const size_t number : form.refused) text += " " + std::to_string(number);
    text += "\n";
  }
  return text;
}

std::string ImportRecord::Text() const {
  const std::string body = Body();
  return body + "sum " + base::UuidText(Hash("sum\n", body)) + "\n";
}

bool ImportRecord::ReadForm(const std::string& line) {
  std::istringstream words(line);
  std::string word;
  std::string uuid;
  Form form;
  words >> word >> uuid >> form.given;
  const auto mark = base::ParseUuid(uuid);
  if (word != "form" || !mark || words.fail()) return false;
  for (size_t number = 0; words >> number;) form.refused.insert(number);
  if (!form.refused.empty() && *form.refused.rbegin() >= form.given) return false;
  return forms_.emplace(*mark, std::move(form)).second;
}

std::optional<ImportRecord> ImportRecord::Parse(const std::string& text,
                                                const std::string& spool_key) {
  std::istringstream lines(text);
  std::string first;
  std::string id_line;
  std::string run_line;
  std::string again_line;
  std::string complete_line;
  std::getline(lines, first);
  std::getline(lines, id_line);
  std::getline(lines, run_line);
  std::getline(lines, again_line);
  std::getline(lines, complete_line);
  const auto uuid = After("id ", id_line);
  const auto id = uuid ? base::ParseUuid(*uuid) : std::nullopt;
  const auto run = After("run ", run_line);
  if (first != kFirstLine || !id || !run) return std::nullopt;
  ImportRecord record(spool_key, *id, again_line == "again yes");
  int64_t run_ms = 0;
  std::istringstream(*run) >> run_ms;
  record.last_run_ = base::FromMs(run_ms);
  record.complete_ = complete_line == "complete yes";
  for (std::string line; std::getline(lines, line) && !line.starts_with("sum ");) {
    if (!record.ReadForm(line)) return std::nullopt;
  }
  // The sum stands over what was read, written again: whatever else is in the text shows.
  if (record.Text() != text) return std::nullopt;
  return record;
}

ImportRecord::Likeness ImportRecord::Compare(const FormCounts& file) const {
  Likeness likeness;
  std::set<std::string> seen;
  for (const auto& [form, count] : file) {
    const auto known = forms_.find(MarkOf(form));
    if (known == forms_.end()) {
      likeness.fresh = true;
      continue;
    }
    seen.insert(known->first);
    likeness.shared += std::min(count, known->second.standing());
    likeness.fresh |= count > known->second.given;
    likeness.gone |= count < known->second.standing();
  }
  for (const auto& [mark, form] : forms_) {
    likeness.gone |= form.standing() > 0 && !seen.contains(mark);
  }
  return likeness;
}

void ImportRecord::Begin(const FormCounts& file, base::Instant now) {
  complete_ = false;
  last_run_ = now;
  for (const auto& [bytes, count] : file) {
    Form& form = forms_[MarkOf(bytes)];
    form.turn = 0;
    form.given += count - std::min(count, form.standing());
  }
}

ImportRecord::Turn ImportRecord::Next(const std::string& form) {
  Turn turn;
  turn.mark = MarkOf(form);
  Form& known = forms_[turn.mark];
  while (known.refused.contains(known.turn)) ++known.turn;
  turn.number = known.turn++;
  known.given = std::max(known.given, known.turn);
  turn.request_id = IdOf(turn.mark, turn.number);
  return turn;
}

std::set<std::string> ImportRecord::RefusedIds(const std::string& form) const {
  std::set<std::string> ids;
  const std::string mark = MarkOf(form);
  const auto known = forms_.find(mark);
  if (known == forms_.end()) return ids;
  for (const size_t number : known->second.refused) ids.insert(IdOf(mark, number));
  return ids;
}

}  // namespace samenspel::cli
