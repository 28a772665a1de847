// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/meeting/daemon/meeting_service.h"

namespace samenspel::meeting {
namespace {

using daemon::Decided;

class MeetingRoster : public MeetingService {
 protected:
  MeetingRoster() { FillRoster(); }

  std::string Roster() {
    v1::Request request;
    request.mutable_show_roster();
    return bench_.Ask(support::By(kManager, kDesk), request).response;
  }
  std::string Coverage(const std::string& role = "region_manager") {
    v1::Request request;
    request.mutable_show_coverage()->set_until_ms(base::ToMs(bench_.now + minutes(700)));
    return bench_.Ask(support::By(kManager, kDesk, {role}), request).response;
  }
};

TEST_F(MeetingRoster, NamesADeputyWhoIsRegistered) {
  const Decided unknown = RegisterProfessional(0, kDesk, "", ProfessionalId(7));
  EXPECT_EQ(unknown.status, common::v1::STATUS_INVALID);
  EXPECT_EQ(unknown.reasons.at(0).code(), "unknown_professional");
  EXPECT_EQ(unknown.reasons.at(0).field(), "professional.deputy");
  EXPECT_EQ(RegisterProfessional(0, kDesk, "", ProfessionalId(0)).status,
            common::v1::STATUS_INVALID);  // Not oneself.
  EXPECT_EQ(RegisterProfessional(0, kDesk, "", ProfessionalId(1)).status, common::v1::STATUS_OK);
  v1::Response response;
  ASSERT_TRUE(response.ParseFromString(Roster()));
  EXPECT_EQ(response.roster_shown().lines(0).professional().deputy(), ProfessionalId(1));
}

TEST_F(MeetingRoster, RefusesShiftsThatOverlapAndKeepsThoseThereWere) {
  const std::string before = Roster();
  v1::Request request;
  request.mutable_set_shifts()->set_professional(ProfessionalId(0));
  for (const int from : {0, 59}) {
    v1::Shift& shift = *request.mutable_set_shifts()->add_shifts();
    shift.set_from_ms(base::ToMs(bench_.now + minutes(from)));
    shift.set_until_ms(base::ToMs(bench_.now + minutes(from + 60)));
  }
  const Decided refused = Manage(request);
  EXPECT_EQ(refused.status, common::v1::STATUS_INVALID);
  EXPECT_EQ(refused.reasons.at(0).code(), "shifts_overlap");
  EXPECT_EQ(Roster(), before);
}

TEST_F(MeetingRoster, NamesTheHolesOfTheTableInForce) {
  v1::Response response;
  ASSERT_TRUE(response.ParseFromString(Coverage()));
  const v1::CoverageShown& shown = response.coverage_shown();
  EXPECT_EQ(shown.functions_size(), 16);
  EXPECT_EQ(shown.functions(0), kFunctions[0]);
  ASSERT_GE(shown.holes_size(), 2);
  EXPECT_EQ(shown.holes(0).only(), ProfessionalId(0));
  EXPECT_EQ(shown.holes(0).from_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(shown.holes(0).until_ms(), base::ToMs(bench_.now + minutes(600)));
  EXPECT_EQ(shown.holes(1).cause(), v1::MISSING_CAUSE_NOBODY_ON_DUTY);
  EXPECT_EQ(shown.holes(1).from_ms(), base::ToMs(bench_.now + minutes(600)));
  EXPECT_EQ(shown.holes(1).until_ms(), base::ToMs(bench_.now + minutes(700)));
  EXPECT_EQ(shown.holes(shown.holes_size() - 1).cause(), v1::MISSING_CAUSE_NOBODY_HOLDS);
}

TEST_F(MeetingRoster, TellsADeskNothingOfMeetingsByItsHoles) {  // Invariant 10
  const std::string desk = Coverage("desk_worker");
  EXPECT_EQ(desk, Coverage());
  HearGraded(intake::v1::COLOUR_RED);
  EXPECT_EQ(Coverage("desk_worker"), desk);
  EXPECT_NE(Coverage("duty_manager"), desk);
  EXPECT_EQ(Coverage("duty_manager"), Coverage());
}

TEST_F(MeetingRoster, TellsNamesToWhoeverReadsIds) {
  v1::Request request;
  for (const std::string& id : {ProfessionalId(3), std::string(kDesk), ProfessionalId(9)}) {
    request.mutable_show_names()->add_ids(id);
  }
  v1::Response response;
  ASSERT_TRUE(response.ParseFromString(bench_.Ask(support::By(kManager, kDesk), request).response));
  ASSERT_EQ(response.names_shown().names_size(), 2);
  EXPECT_EQ(response.names_shown().names(0).name(), "Persoon 3");
  EXPECT_EQ(response.names_shown().names(1).name(), "Wijkteam De Brug");
}

TEST_F(MeetingRoster, ShowsTheSameAfterARestart) {  // Invariant 8
  HearGraded(intake::v1::COLOUR_RED);
  RegisterProfessional(0, kDesk, "", ProfessionalId(1));
  const std::string roster = Roster();
  const std::string coverage = Coverage();
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Roster(), roster);
  EXPECT_EQ(Coverage(), coverage);
}

}  // namespace
}  // namespace samenspel::meeting
