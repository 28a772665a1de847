// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/journal_check.h"

#include <algorithm>

namespace samenspel::battery {
namespace {

using common::v1::EntryHeader;
using Faults = std::vector<std::string>;

std::string KindOf(const Attempt& attempt) {
  const std::string kind = attempt.row->kind();
  if (kind == "hold_report_by_name") return "hold_report";
  if (kind == "show_other_entries") return "show_entries";
  return kind.starts_with("await") ? "await" : kind;
}

// What a service does by itself, and what it hears of others.
bool IsOwn(const EntryHeader& entry, const Attempt& attempt) {
  static const std::set<std::string> kinds = {"close",    "followed", "registry",
                                              "follower", "clock",    "turned_away"};
  return entry.principal().starts_with("svc_") &&
         (entry.principal() != attempt.who || kinds.contains(entry.kind()));
}

bool IsTurnedAway(const std::string& status) {
  return status == "denied" || status == "not_found" || status == "invalid";
}

// Whether the outcome that was recorded is that of an attempt which must not succeed.
void CheckRefusal(const Attempt& attempt, const Verdict& verdict, const std::string& status,
                  const EntryHeader& entry, Faults& faults) {
  const std::string kind = verdict.gate == "behalf" ? "on_behalf_of" : KindOf(attempt);
  if (entry.kind() != kind) faults.push_back("is recorded as " + entry.kind());
  if (entry.events_size() > 0) faults.push_back("has an effect though it was turned away");
  if (!entry.response().empty()) faults.push_back("keeps an answer though it was turned away");
  const bool hidden = status == "not_found" && attempt.about != nullptr;
  if (hidden && entry.outcome() != common::v1::STATUS_DENIED) {
    faults.push_back("of what one may not know is not recorded as denied");
  }
  if (hidden && entry.subject().empty()) faults.push_back("does not name the case it was about");
  if (status == "denied" && entry.outcome() != common::v1::STATUS_DENIED) {
    faults.push_back("is not recorded as denied");
  }
  const bool unproven = verdict.gate == "behalf" && !entry.on_behalf_of().empty();
  if (unproven) faults.push_back("records for whom it was, though that is not proven");
}

}  // namespace

bool JournalCheck::MustMark(const Attempt& attempt, const Verdict& verdict,
                            const common::v1::Reply& reply) {
  if (!verdict.marked) return false;
  // Each page of the log is an entry.
  if (attempt.row->service() == "audit") return true;
  const bool for_oneself = attempt.on_behalf_of == attempt.who;
  const std::string reader =
      attempt.who + (for_oneself ? "" : attempt.on_behalf_of) + attempt.purpose;
  // A privacy officer for whom nothing waits reads nothing, and what waits may be of any case.
  if (attempt.about == nullptr) reviewers_.insert(reader);
  if (reviewers_.contains(reader)) return false;
  auto& marked = marked_[reader + attempt.about->household];
  std::set<std::string> shown = ShownOf(attempt, reply);
  shown.insert(attempt.row->kind());
  const bool covered = std::ranges::includes(marked, shown);
  marked.merge(shown);
  return !covered;
}

Faults JournalCheck::FaultsOf(const Attempt& attempt, const Verdict& verdict,
                              const std::string& status, const common::v1::Reply& reply,
                              const std::vector<EntryHeader>& entries) {
  Faults faults;
  std::vector<const EntryHeader*> his;
  for (const EntryHeader& entry : entries) {
    if (IsOwn(entry, attempt)) continue;
    if (entry.principal() != attempt.who) faults.push_back("led to an entry of somebody else");
    his.push_back(&entry);
  }
  size_t least = 0;
  size_t most = 0;
  if (IsTurnedAway(status)) {
    least = most = 1;
  } else if (status == "refused" || status == "conflict") {
    least = most = 1;
  } else if (status == "ok" && attempt.row->change) {
    least = most = 1;
  } else if (status == "ok" && verdict.marked) {
    least = MustMark(attempt, verdict, reply) ? 1 : 0;
    const bool mine = attempt.row->kind() == "show_mine";
    most = least == 1 || mine || attempt.row->kind() == "explain_access" ? 1 : 0;
  }
  if (his.size() < least) faults.push_back("left no entry");
  if (his.size() > most) faults.push_back("left an entry, or more than one");
  if (his.empty() || least == 0) return faults;
  const EntryHeader& entry = *his.front();
  if (IsTurnedAway(status)) CheckRefusal(attempt, verdict, status, entry, faults);
  if (status == "refused" && entry.outcome() != common::v1::STATUS_REFUSED) {
    faults.push_back("is not recorded as refused");
  }
  if (status == "refused" && entry.events_size() > 0)
    faults.push_back("refused, and has an effect");
  if (status == "ok" && entry.kind() != KindOf(attempt)) {
    faults.push_back("is recorded as " + entry.kind());
  }
  if (status == "ok" && !attempt.row->change && entry.events_size() == 0) {
    faults.push_back("is read without a mark");
  }
  if (entry.purpose() != attempt.purpose && !entry.purpose().empty()) {
    faults.push_back("is recorded for another purpose");
  }
  if (reply.entry().sequence() != entry.sequence() && attempt.row->kind() != "follow") {
    faults.push_back("answers with another entry");
  }
  return faults;
}

}  // namespace samenspel::battery
