// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/trial.h"

#include <algorithm>
#include <utility>

#include "tests/battery/cast.h"

namespace samenspel::battery {
namespace {

using common::v1::EntryHeader;
using common::v1::Reply;

constexpr size_t kEntriesAMinute = 20;
constexpr size_t kTurnedAwayMore = 8;
constexpr base::milliseconds kMinute{61'000};

// One line that tells all that the attempt depends on.
std::string Describe(const Attempt& attempt, const Casting& casting, const Monitor& monitor) {
  std::string line = NameOf(attempt.who);
  for (const auto& [name, value] : DimensionsOf(attempt, casting, monitor)) {
    line += " " + name + "=" + value;
  }
  const auto principal = casting.principals.find(attempt.who);
  if (principal != casting.principals.end()) {
    line += " acts-for=" + NameOf(principal->second.organisation) + " roles:";
    for (const std::string& role : principal->second.roles) line += " " + role;
  }
  if (!attempt.on_behalf_of.empty()) line += " on-behalf-of=" + NameOf(attempt.on_behalf_of);
  if (!attempt.asked_about.empty()) line += " whose=" + NameOf(attempt.asked_about);
  if (attempt.about != nullptr) line += " case=" + attempt.about->label;
  return line + " at " + kServices[attempt.service];
}

// What is known to have changed because of it.
void Apply(const Attempt& attempt, const common::v1::Reply& reply, const Asker& asker,
           const Monitor& monitor, base::Instant now) {
  if (attempt.about == nullptr) return;
  Case& about = *attempt.about;
  const std::string kind = attempt.row->kind();
  intake::v1::Response response;
  if (attempt.service == kIntake) response.ParseFromString(reply.response());
  if (kind == "claim_report") {
    about.ownership = response.report_changed().ownership();
    // What rings and has asked the owner asks the new one at once (docs/formats/alarms.md).
    for (AlarmFact& alarm : about.alarms) {
      const bool asks = std::ranges::any_of(
          alarm.asked, [](const auto& asked) { return asked.second == "owner"; });
      if (asks && !alarm.ended) alarm.asked.emplace(asker.person, "owner");
    }
    // A right is for the organisation that its holder acted for when it was given.
    about.spent = HomeOf(asker.person) != asker.organisation || asker.person == IdOf("x_fixed");
  } else if (kind == "hold_report") {
    // Somebody else secures the child now; who broke the glass takes no right away.
    if (monitor.ByRight(asker, about)) about.first.clear();
  } else if (kind == "break_glass") {
    const auto& opened = response.glass_opened();
    const bool known = std::ranges::any_of(
        about.openings, [&](const OpeningFact& one) { return one.id == opened.opening(); });
    if (!known) {
      // One at a time for each reader: the new one stands in the place of that for another
      // organisation.
      for (OpeningFact& one : about.openings) {
        if (one.person == asker.person) one.until = std::min(one.until, now);
      }
      about.openings.push_back({opened.opening(), asker.person, asker.organisation,
                                base::FromMs(opened.until_ms()), false});
    }
  } else if (kind == "review_opening") {
    for (OpeningFact& one : about.openings) one.reviewed |= &one == attempt.opening;
  } else if (kind == "set_secret_circle") {
    about.named = {IdOf("x_fixed")};
  } else if (kind == "accept_seat") {
    for (SeatFact& seat : about.seats) seat.accepted |= seat.person == asker.person;
  } else if (kind == "settle_report" || kind == "confirm_grade" || kind.starts_with("hand_") ||
             kind == "hold_report_by_name") {
    about.spent = true;
  }
}

std::string Words(const Verdict& verdict) {
  std::string words = "(" + verdict.gate + ")";
  if (verdict.answers.empty()) return "silence " + words;
  for (const std::string& one : verdict.answers) words += " " + one;
  return words;
}

std::string Why(const Reply& reply) {
  std::string why;
  for (const auto& reason : reply.reasons()) {
    why += "[" + reason.code() + " " + reason.field() + "]";
  }
  return why;
}

bool IsTurnedAway(const std::string& status) {
  return status == "denied" || status == "not_found" || status == "invalid" || status == "refused";
}

}  // namespace

std::string StatusOf(const std::optional<common::v1::Answer>& answer) {
  if (!answer) return "";
  if (answer->has_follow_refused()) return "denied";
  if (!answer->has_reply()) return "follows";
  std::string name = common::v1::Status_Name(answer->reply().status()).substr(7);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

bool Trial::Enough() const {
  return result_.attempts >= plan_.attempts || result_.findings.size() >= plan_.findings_at_most;
}

size_t Trial::FreshCases() const {
  return static_cast<size_t>(
      std::ranges::count_if(scene_.cases, [](const Case& one) { return !one.spent; }));
}

void Trial::Cast() {
  read_.reset();
  casting_ = draw_.NextCasting(stage_.Now());
  std::vector<bus::Principal> principals;
  for (const auto& [id, principal] : casting_.principals) principals.push_back(principal);
  stage_.Use(principals);
}

// So that what is turned away stays within what is recorded one by one.
bool Trial::IsNearLimit(const Attempt& attempt) {
  auto& times = turned_away_[kServices[attempt.service] + attempt.who];
  while (!times.empty() && times.front() + 2 * kMinute < stage_.Now()) times.pop_front();
  return times.size() >= kEntriesAMinute - 1;
}

// Somebody looks on behalf of who has just looked: that is another reading, though of the same.
std::optional<Attempt> Trial::TheSameForTheReader() {
  const auto read = std::exchange(read_, std::nullopt);
  if (!read || read->about->spent) return std::nullopt;
  const std::string& organisation = casting_.principals.at(read->who).organisation;
  for (const auto& [id, principal] : casting_.principals) {
    if (id == read->who || !principal.MayActFor(organisation)) continue;
    Attempt again = *read;
    again.who = id;
    again.on_behalf_of = read->who;
    again.behalf = "allowed";
    return again;
  }
  return std::nullopt;
}

void Trial::TryOne() {
  const auto again = TheSameForTheReader();
  const Attempt attempt =
      again ? *again : draw_.Next(scene_, casting_, stage_.Now(), result_.coverage);
  if (!IsNearLimit(attempt)) Try(attempt);
}

std::optional<common::v1::Answer> Trial::Send(const Attempt& attempt) {
  ++result_.attempts;
  auto answer =
      stage_.Ask(attempt.who, attempt.service, EnvelopeOf(attempt, draw_.Id(stage_.Now())));
  ++result_.answers[StatusOf(answer)];
  return answer;
}

void Trial::Try(const Attempt& attempt) {
  const Monitor monitor = MonitorNow();
  const Verdict verdict = monitor.Expect(attempt);
  result_.coverage.Meet(DimensionsOf(attempt, casting_, monitor), CellOf(attempt, verdict));
  const uint64_t before = stage_.Head(attempt.service);
  const auto answer = Send(attempt);
  const std::string status = StatusOf(answer);
  const Reply reply = answer ? answer->reply() : Reply();
  if (IsTurnedAway(status)) {
    turned_away_[kServices[attempt.service] + attempt.who].push_back(stage_.Now());
  }
  const Fault fault = [&](const std::string& what) {
    Find(what + ": " + Describe(attempt, casting_, monitor));
  };
  const bool right = verdict.answers.empty() ? status.empty() : verdict.Is(status);
  if (!right) {
    fault("answers \"" + status + "\" instead of " + Words(verdict) + " " + Why(reply));
  }
  if (stage_.ReadsJournals()) {
    const auto entries = stage_.Since(attempt.service, before);
    for (const auto& what : journal_.FaultsOf(attempt, verdict, status, reply, entries)) {
      fault(what);
    }
  }
  if (status.empty() || verdict.answers.empty()) return;
  Note(attempt, status, reply);
  const Asker asker = verdict.gate == "behalf" ? Asker{} : monitor.AskerOf(attempt);
  for (const auto& what : FaultsOf(attempt, status, reply, scene_, monitor, asker)) fault(what);
  CheckAlike(attempt, status, reply, fault);
  if (status == "ok" && attempt.row->kind() == "show_report" && attempt.on_behalf_of.empty()) {
    read_ = attempt;
  }
  if (status != "ok" || !attempt.row->change) return;
  Apply(attempt, reply, asker, monitor, stage_.Now());
  stage_.Settle();
}

// Of what one may not know, each answer says where it is recorded: audit must have it.
void Trial::Note(const Attempt& attempt, const std::string& status, const Reply& reply) {
  const bool change = attempt.row->change && attempt.row->service() != "envelope";
  const bool must = IsTurnedAway(status) || (status == "ok" && change);
  if (must && !reply.has_entry() && attempt.row->kind() != "follow") {
    Find("an answer names no entry: " + Describe(attempt, casting_, MonitorNow()));
  }
  if (!reply.has_entry()) return;
  const std::string outcome = status == "not_found" && attempt.about != nullptr ? "denied" : status;
  result_.recorded[{reply.entry().service(), reply.entry().sequence()}] = {attempt.who, outcome};
}

// What is not there and what one may not know of get the same answer, byte by byte.
void Trial::CheckAlike(const Attempt& attempt, const std::string& status, Reply reply,
                       const Fault& fault) {
  if (status != "not_found" || attempt.target == "malformed") return;
  reply.clear_request_id();
  reply.clear_entry();
  const std::string bytes = reply.SerializeAsString();
  const auto [first, made] = not_found_.emplace(attempt.row->name, bytes);
  if (!made && first->second != bytes) fault("not found, in two ways that differ");
}

void Trial::Flood(const std::function<void(base::milliseconds)>& passes) {
  passes(2 * kMinute);
  const std::string who = FloodingSomebody();
  if (who.empty()) return;
  Attempt attempt = draw_.Forbidden(casting_, who);
  const uint64_t before = stage_.Head(attempt.service);
  for (size_t i = 0; i < kEntriesAMinute + kTurnedAwayMore; ++i) {
    const std::string status = StatusOf(Send(attempt));
    if (status == (i < kEntriesAMinute ? "denied" : "busy")) continue;
    Find("in a flood, number " + std::to_string(i + 1) + " gets " + status + ": " +
         Describe(attempt, casting_, MonitorNow()));
  }
  attempt.row = &table_.At("envelope.status");
  if (StatusOf(Send(attempt)) != "ok") Find("in a flood, what is allowed is not served");
  passes(2 * kMinute);
  CheckCounts(who, stage_.Since(attempt.service, before));
}

std::string Trial::FloodingSomebody() {
  for (const auto& [id, key] : casting_.keys) {
    if (key == "valid" && !id.starts_with("svc_") && draw_.Below(4) == 0) return id;
  }
  return "";
}

void Trial::CheckCounts(const std::string& who, const std::vector<EntryHeader>& entries) {
  size_t recorded = 0;
  size_t counts = 0;
  for (const auto& entry : entries) {
    recorded += entry.principal() == who ? 1 : 0;
    counts += entry.kind() == "turned_away" ? 1 : 0;
  }
  if (recorded == kEntriesAMinute && counts == 1) return;
  Find("a flood of " + NameOf(who) + " is recorded " + std::to_string(recorded) +
       " times and counted " + std::to_string(counts) + " times");
}

void Trial::Find(const std::string& what) {
  if (result_.findings.size() >= plan_.findings_at_most) return;
  result_.findings.push_back(what + "; again: SAMENSPEL_SEED=" + std::to_string(plan_.seed) +
                             " SAMENSPEL_ATTEMPTS=" + std::to_string(result_.attempts));
}

}  // namespace samenspel::battery
