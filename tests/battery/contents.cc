// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/contents.h"

#include <functional>

#include "proto/escalation/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/battery/cast.h"

namespace samenspel::battery {
namespace {

using Strings = std::set<std::string>;
using Faults = std::vector<std::string>;

template <class Response>
Response ResponseIn(const common::v1::Reply& reply) {
  Response response;
  response.ParseFromString(reply.response());
  return response;
}

// Exactly those of the cases whose state is known that fit must be in the list.
void Compare(const Scene& scene, const Strings& listed,
             const std::function<bool(const Case&)>& fits,
             const std::function<std::string(const Case&)>& id, const char* list, Faults& faults) {
  for (const Case& one : scene.cases) {
    if (one.spent || id(one).empty()) continue;
    const bool stands = listed.contains(id(one));
    if (stands == fits(one)) continue;
    faults.push_back(std::string(list) + (stands ? " tells of " : " leaves out ") + one.label);
  }
}

template <class Lines>
Strings ReportsIn(const Lines& lines) {
  Strings ids;
  for (const auto& line : lines) ids.insert(line.report());
  return ids;
}

std::string ReportOf(const Case& one) { return one.report; }

void CheckLists(const Attempt& attempt, const common::v1::Reply& reply, const Scene& scene,
                const Monitor& monitor, const Asker& asker, Faults& faults) {
  const auto knows = [&](const Case& one) { return monitor.Knows(asker, one); };
  const auto in_queue = [&](const Case& one) {
    return !one.settled && asker.organisation == one.ownership.desk() && knows(one);
  };
  if (attempt.row->kind() == "list_reports") {
    const auto listed = ResponseIn<intake::v1::Response>(reply).reports_listed();
    Compare(scene, ReportsIn(listed.lines()), knows, ReportOf, "the list", faults);
  } else if (attempt.row->kind() == "list_queue") {
    const auto listed = ResponseIn<intake::v1::Response>(reply).reports_listed();
    Compare(scene, ReportsIn(listed.lines()), in_queue, ReportOf, "the queue", faults);
  } else if (attempt.row->kind() == "show_mine") {
    const auto mine = ResponseIn<intake::v1::Response>(reply).mine_shown();
    const auto owns = [&](const Case& one) {
      return !one.settled && one.ownership.owner() == asker.person && knows(one);
    };
    Compare(scene, ReportsIn(mine.owned()), owns, ReportOf, "what is owned", faults);
    Strings more = ReportsIn(mine.offered());
    more.merge(ReportsIn(mine.unclaimed()));
    more.merge(ReportsIn(mine.unconfirmed()));
    for (const Case& one : scene.cases) {
      if (!one.spent && more.contains(one.report) && !knows(one)) {
        faults.push_back("what waits tells of " + one.label);
      }
    }
  } else if (attempt.row->kind() == "list_mdos") {
    Strings ids;
    const auto listed = ResponseIn<meeting::v1::Response>(reply).mdos_listed();
    for (const auto& mdo : listed.mdos()) ids.insert(mdo.mdo());
    const auto sees = [&](const Case& one) { return knows(one) || monitor.HasSeat(asker, one); };
    Compare(
        scene, ids, sees, [](const Case& one) { return one.mdo; }, "the meetings", faults);
  } else if (attempt.row->kind() == "list_alarms") {
    Strings ids;
    const auto listed = ResponseIn<escalation::v1::Response>(reply).alarms_listed();
    for (const auto& alarm : listed.alarms()) ids.insert(alarm.alarm());
    const auto check = [&](const AlarmFact& alarm, const Case* about) {
      const bool stands = ids.contains(alarm.id);
      if (stands == monitor.SeesAlarm(asker, alarm, about)) return;
      faults.push_back(std::string("the alarms ") + (stands ? "tell of " : "leave out ") +
                       (about == nullptr ? "one of no case" : about->label));
    };
    for (const AlarmFact& alarm : scene.caseless) check(alarm, nullptr);
    for (const Case& one : scene.cases) {
      if (one.spent) continue;
      for (const AlarmFact& alarm : one.alarms) check(alarm, &one);
    }
  }
}

// Which of a case's canaries this reader may find in this answer.
Strings Allowed(const Attempt& attempt, const Case& one, const Monitor& monitor,
                const Asker& asker) {
  const std::string kind = attempt.row->kind();
  if (kind == "show_report" && attempt.about == &one) {
    Strings allowed = {"-private"};
    if (monitor.InCircle(asker, one)) allowed.insert("-place");
    if (monitor.ByRight(asker, one) && asker.organisation == one.keeper) {
      allowed.insert("-reporter");
    }
    return allowed;
  }
  const bool reviews = kind == "show_mine" && attempt.purpose == "privacy_review" &&
                       asker.Has("privacy_officer") && asker.organisation == one.keeper;
  return reviews ? Strings{"-reason"} : Strings{};
}

}  // namespace

Strings ShownOf(const Attempt& attempt, const common::v1::Reply& reply) {
  Strings shown;
  if (attempt.row->kind() != "show_report") return shown;
  const auto report = ResponseIn<intake::v1::Response>(reply).report_shown();
  if (report.has_private_()) shown.insert("private");
  if (report.has_secret()) shown.insert("secret");
  return shown;
}

Faults FaultsOf(const Attempt& attempt, const std::string& status, const common::v1::Reply& reply,
                const Scene& scene, const Monitor& monitor, const Asker& asker) {
  Faults faults;
  const std::string bytes = reply.SerializeAsString();
  for (const Case& one : scene.cases) {
    const Strings allowed = status == "ok" ? Allowed(attempt, one, monitor, asker) : Strings{};
    for (const char* part : {"-private", "-place", "-reporter", "-reason"}) {
      const bool stands = bytes.find(one.canary + part) != std::string::npos;
      if (stands && !allowed.contains(part)) faults.push_back(one.label + part + " leaks");
      const bool due = allowed.contains(part) && part != std::string("-reason") &&
                       (one.secret || part == std::string("-private"));
      if (!stands && due) faults.push_back(one.label + part + " is withheld");
    }
  }
  const bool refused = status != "ok" && status != "conflict";
  if (refused && reply.body_case() == common::v1::Reply::kResponse && !reply.response().empty()) {
    faults.push_back("a refusal shows something");
  }
  if (status == "ok") CheckLists(attempt, reply, scene, monitor, asker, faults);
  return faults;
}

}  // namespace samenspel::battery
