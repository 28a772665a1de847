// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_entries.h"

#include <algorithm>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kServicePrefix = "svc_";

// "intake:12", as `audit show` reads it; the epoch only once a journal was restored.
std::string PlaceText(const common::v1::EntryHeader& header) {
  std::string place = Printable(header.service()) + ":";
  if (header.epoch() > 1) place += std::to_string(header.epoch()) + ":";
  return place + std::to_string(header.sequence());
}

std::string ProofCode(Proof proof) {
  switch (proof) {
    case Proof::kHolds:
      return "ok";
    case Proof::kUnchecked:
      return "unchecked";
    case Proof::kFailed:
      break;
  }
  return "failed";
}

std::string WhoText(const Context& context, const common::v1::EntryHeader& header) {
  const std::string& who = header.principal();
  if (who.starts_with(kServicePrefix)) {
    return context.Say("log.service", {{"service", Printable(who.substr(kServicePrefix.size()))}});
  }
  std::string person = PersonText(context, who);
  if (header.organisation().empty()) return person;
  return person + " (" + PersonText(context, header.organisation()) + ")";
}

// What followed, each kind once: a case list changes for many at a time.
std::string EventsText(const Context& context, const common::v1::EntryHeader& header) {
  std::vector<std::pair<std::string, int>> kinds;
  for (const common::v1::EventRecord& event : header.events()) {
    const std::string name = EventKindName(header.service(), event.kind());
    const auto known = std::ranges::find(kinds, name, &std::pair<std::string, int>::first);
    if (known == kinds.end()) {
      kinds.emplace_back(name, 1);
    } else {
      ++known->second;
    }
  }
  std::string text;
  for (const auto& [name, count] : kinds) {
    text += (text.empty() ? "" : ", ") + Printable(context.printer.texts().Word("event", name));
    if (count > 1) text += " (" + std::to_string(count) + "x)";
  }
  return text;
}

std::string EntryText(const Context& context, const CheckedEntry& entry) {
  const Texts& texts = context.printer.texts();
  const size_t columns = context.printer.columns() - kIndent.size();
  const common::v1::EntryHeader& header = entry.header;
  const std::string asked =
      WhoText(context, header) + ": " + Printable(texts.Word("asked", header.kind()));
  std::string text =
      context.printer.Time(header.received_at_ms()) + "  " + PlaceText(header) + "  " +
      texts.Word("status", StatusCode(header.outcome())) + "; " +
      context.Say("log.proof", {{"proof", texts.Word("proof", ProofCode(entry.proof))}}) + "\n";
  text += std::string(kIndent) + Wrapped(asked, columns, kIndent) + "\n";
  const std::string events = EventsText(context, header);
  if (events.empty()) return text;
  return text + std::string(kIndent) + "→ " + Wrapped(events, columns - 2, "    ") + "\n";
}

}  // namespace

std::string EntriesText(const Context& context, const std::vector<CheckedEntry>& entries) {
  std::string text;
  for (const CheckedEntry& entry : entries) text += EntryText(context, entry);
  return text;
}

void LearnNames(Context& context, Session& session, const std::vector<CheckedEntry>& entries) {
  std::set<std::string> ids;
  for (const CheckedEntry& entry : entries) CollectIds(entry.header, ids);
  LearnNames(context, session, std::move(ids));
}

Json EntriesJson(const std::vector<CheckedEntry>& entries) {
  Json list = Json::array();
  for (const CheckedEntry& entry : entries) {
    const common::v1::EntryHeader& header = entry.header;
    Json events = Json::array();
    for (const auto& event : header.events()) {
      events.push_back(EventKindName(header.service(), event.kind()));
    }
    list.push_back({{"leaf", entry.leaf},
                    {"service", header.service()},
                    {"epoch", header.epoch()},
                    {"sequence", header.sequence()},
                    {"received_at", TimeJson(header.received_at_ms())},
                    {"kind", header.kind()},
                    {"principal", header.principal()},
                    {"organisation", header.organisation()},
                    {"purpose", header.purpose()},
                    {"outcome", StatusCode(header.outcome())},
                    {"events", events},
                    {"proof", ProofCode(entry.proof)}});
  }
  return list;
}

bool AnyFailed(const std::vector<CheckedEntry>& entries) {
  return std::ranges::find(entries, Proof::kFailed, &CheckedEntry::proof) != entries.end();
}

}  // namespace samenspel::cli
