// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/backup_note.h"

#include <charconv>
#include <map>
#include <sstream>

#include "common/base/hex.h"
#include "common/base/utc_text.h"
#include "common/daemon/config.h"

namespace samenspel::daemon {
namespace {

constexpr size_t kHashBytes = 32;

std::optional<uint64_t> NumberOf(const std::string& text) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::string NoteText(const BackupNote& note) {
  return "service: " + note.service + "\nepoch: " + std::to_string(note.head.epoch) +
         "\nsequence: " + std::to_string(note.head.sequence) +
         "\nhash: " + base::ToHex(note.head.hash) +
         "\nmade_at: " + base::UtcText(std::chrono::floor<std::chrono::seconds>(note.made_at)) +
         "\nversion: " + note.version + "\n";
}

std::optional<BackupNote> ParseNote(const std::string& text) {
  std::map<std::string, std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const size_t colon = line.find(": ");
    if (colon != std::string::npos) lines[line.substr(0, colon)] = line.substr(colon + 2);
  }
  const auto epoch = NumberOf(lines["epoch"]);
  const auto sequence = NumberOf(lines["sequence"]);
  BackupNote note;
  note.service = lines["service"];
  if (note.service.empty() || !epoch || !sequence) return std::nullopt;
  note.head = {*epoch, *sequence, FromHex(lines["hash"])};
  if (note.head.hash.size() != (*sequence == 0 ? 0 : kHashBytes)) return std::nullopt;
  note.version = lines["version"];
  return note;
}

}  // namespace samenspel::daemon
