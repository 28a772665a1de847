// SPDX-License-Identifier: EUPL-1.2
// Daemons of the last release and of today in one region.
#include <regex>

#include "tests/support/ask.h"
#include "tests/support/changed.h"
#include "tests/upgrade/former.h"
#include "tests/upgrade/reporters.h"

namespace samenspel::upgrade {
namespace {

using support::Changed;
using support::Region;

struct Mix {
  const char* service;
  bool alone;  ///< It is the only one of the last release; otherwise the only one of today.
};

void PrintTo(const Mix& mix, std::ostream* out) {
  *out << (mix.alone ? "the former " : "today's ") << mix.service;
}

std::string NameOf(const testing::TestParamInfo<Mix>& info) {
  const std::string who = info.param.alone ? "Former_" : "Todays_";
  return who + info.param.service + "_among_the_others";
}

class Together : public Upgrade, public testing::WithParamInterface<Mix> {};

// Somebody must be rung at once when nobody is named for the child.
void RingAtOnce(const Region& region) {
  const std::string terms = region.folder() + "/config/terms.toml";
  support::WriteFile(terms, Changed(support::ReadFile(terms), "first_step_minutes = 10",
                                    "first_step_minutes = 0"));
}

std::string Say(const Region& region, const char* who, const std::vector<std::string>& words) {
  const support::Outcome outcome = support::RunToEnd(region.Client(who, words));
  EXPECT_EQ(outcome.code, 0) << words[0] << " " << words[1] << ":\n" << outcome.output;
  return outcome.output;
}

// What was followed shows when it has arrived.
void AwaitSaid(const Region& region, const std::vector<std::string>& words,
               const std::string& what) {
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  std::string said;
  while (std::chrono::steady_clock::now() < end) {
    said = Say(region, "desk-vt", words);
    if (said.find(what) != std::string::npos) return;
  }
  ADD_FAILURE() << "never heard of: " << what << "\n" << said;
}

// As desks do it, with today's client: the answer of each service shows that it heard of the
// others'.
void PlayRedReport(const Region& region) {
  const std::string form = support::SourcePath("deploy/demo/reports/red-toddler.json");
  const std::string answer = Say(region, "desk-vt", {"report", "submit", form});
  std::smatch number;
  ASSERT_TRUE(std::regex_search(answer, number, std::regex("[0-9]{4}-[0-9]{6}-[A-Z]"))) << answer;
  const std::string kase = number.str();
  AwaitSaid(region, {"meeting", "show", kase}, "Meeting ");
  AwaitSaid(region, {"alarm", "list"}, "nobody for the child");
  (void)Say(region, "desk-vt", {"report", "hold", kase, "--who", "Noor", "--step", "crisis_team"});
  AwaitSaid(region, {"alarm", "list", "--all"}, "the first step was put down");
  AwaitSaid(region, {"report", "show", kase}, "Meeting ");
  region.Settle();
  const std::string log = Say(region, "auditor", {"audit", "show", kase});
  for (const char* service : {"intake", "meeting", "escalation"}) {
    EXPECT_NE(log.find(service), std::string::npos) << log;
  }
}

TEST_P(Together, ARedReportIsPlannedAlarmedAndAuditedAndAllFollowsAreLevel) {
  Region region;
  for (const std::string_view service : support::kServices) {
    const bool named = service == GetParam().service;
    if (named == GetParam().alone) InstallFormer(region, service);
  }
  RingAtOnce(region);
  region.Start();
  region.LoadRoster(30, 2);
  PlayRedReport(region);
  region.Settle();
  region.StopAll();
  for (const std::string_view service : support::kServices) region.Install(service, "");
  faults::ExpectAllWhole(region);
  faults::ExpectTheLogHoldsEachEntryOnce(region);
  faults::ExpectAuditKeepsEachEntryAsItWas(region);
}

INSTANTIATE_TEST_SUITE_P(EachService, Together,
                         testing::Values(Mix{"intake", true}, Mix{"intake", false},
                                         Mix{"meeting", true}, Mix{"meeting", false},
                                         Mix{"escalation", true}, Mix{"escalation", false},
                                         Mix{"audit", true}, Mix{"audit", false}),
                         NameOf);

}  // namespace
}  // namespace samenspel::upgrade
