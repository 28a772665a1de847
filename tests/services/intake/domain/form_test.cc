// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::SubmitReport WithChild(const std::string& birth_date, bool unborn = false) {
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->add_children()->set_birth_date(birth_date);
  form.mutable_private_()->mutable_children(0)->set_unborn(unborn);
  return form;
}

TEST(Form, AsksOnlyWhatHappensWhereTheChildIsAndWhoReports) {  // P.02
  EXPECT_THAT(Faults(v1::SubmitReport()),
              ElementsAre("missing private.happening", "missing private.child_now",
                          "missing private.reporter"));
}

TEST(Form, TakesUnknownForAllThree) {  // P.02
  v1::SubmitReport form;
  form.mutable_private_()->mutable_happening()->set_unknown(true);
  form.mutable_private_()->mutable_child_now()->set_unknown(true);
  form.mutable_private_()->mutable_reporter()->set_unknown(true);
  EXPECT_THAT(Faults(form), IsEmpty());
}

TEST(Form, TakesAnyOneThingAboutTheReporter) {  // P.02
  v1::Reporter by_name;
  v1::Reporter by_organisation;
  v1::Reporter by_phone;
  by_name.set_name("Juf Els");
  by_organisation.set_organisation("De Horizon");
  by_phone.set_phone("0612345678");
  for (const v1::Reporter& reporter : {by_name, by_organisation, by_phone}) {
    v1::SubmitReport form = QuietForm();
    *form.mutable_private_()->mutable_reporter() = reporter;
    EXPECT_THAT(Faults(form), IsEmpty());
  }
}

TEST(Form, TakesAHiddenReporterForTheReporter) {  // P.06
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->clear_reporter();
  form.mutable_secret()->mutable_hidden_reporter()->set_phone("0612345678");
  EXPECT_THAT(Faults(form), IsEmpty());
}

TEST(Form, RefusesWordsTogetherWithUnknown) {
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->mutable_happening()->set_unknown(true);
  form.mutable_private_()->mutable_child_now()->set_text("Bij oma");
  form.mutable_private_()->mutable_reporter()->set_unknown(true);
  form.mutable_secret()->mutable_hidden_reporter()->set_unknown(true);
  form.mutable_secret()->mutable_hidden_reporter()->set_name("Meester Jansen");
  EXPECT_THAT(
      Faults(form),
      ElementsAre("text_and_unknown private.happening", "text_and_unknown private.child_now",
                  "text_and_unknown private.reporter", "text_and_unknown secret.hidden_reporter"));
}

TEST(Form, AcceptsAChildOfWhomNothingIsKnown) {  // P.02
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->add_children();
  EXPECT_THAT(Faults(form), IsEmpty());
}

TEST(Form, AcceptsAnUnbornChildWithTheDateItIsExpected) {  // P.02
  EXPECT_THAT(Faults(WithChild("2027-03-01", true)), IsEmpty());
}

// A form of 256 KiB has room for so many empty answers; each is two faults.
TEST(Form, TellsNoMoreThanAHundredFaults) {
  v1::SubmitReport form;
  for (int i = 0; i < 130'000; ++i) form.add_answers();
  EXPECT_EQ(Faults(form).size(), 100U);
}

TEST(Form, RefusesABirthDateInTheFuture) {
  EXPECT_THAT(Faults(WithChild("2026-11-22")),
              ElementsAre("in_the_future private.children[0].birth_date"));
  EXPECT_THAT(Faults(WithChild("2026-11-21")), IsEmpty());
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->add_adults()->set_birth_date("1990-01-01");
  form.mutable_private_()->add_adults()->set_birth_date("2030-01-01");
  EXPECT_THAT(Faults(form), ElementsAre("in_the_future private.adults[1].birth_date"));
}

TEST(Form, RefusesWhatIsNoDate) {
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-10", "21-11-2026",
                           "2026/11/21", "yesterday", "2026-11-21 ", "-026-11-21"}) {
    EXPECT_THAT(Faults(WithChild(text)), ElementsAre("not_a_date private.children[0].birth_date"))
        << text;
    EXPECT_THAT(Faults(WithChild(text, true)),
                ElementsAre("not_a_date private.children[0].birth_date"))
        << text;
  }
  EXPECT_THAT(Faults(WithChild("2024-02-29")), IsEmpty());
}

TEST(Form, NamesTheChildWhoseBsnFails) {
  v1::SubmitReport form = QuietForm();
  for (const char* bsn : {"111222333", "", "111222334"}) {
    form.mutable_private_()->add_children()->set_bsn(bsn);
  }
  EXPECT_THAT(Faults(form), ElementsAre("bad_bsn private.children[2].bsn"));
}

TEST(Form, NamesAnswersThatCannotBeUsed) {
  v1::SubmitReport form = QuietForm();
  for (const char* indicator : {"weather", "injury"}) {
    form.add_answers()->set_indicator(indicator);
    form.mutable_answers()->rbegin()->set_value(v1::ANSWER_VALUE_YES);
  }
  form.mutable_answers(1)->clear_value();
  EXPECT_THAT(Faults(form),
              ElementsAre("missing answers[1].value", "unknown_indicator answers[3].indicator",
                          "answered_twice answers[4].indicator"));
}

TEST(Form, NamesAllFaultsAtOnce) {
  v1::SubmitReport form = WithChild("2027-01-01");
  form.mutable_private_()->mutable_children(0)->set_bsn("1");
  form.mutable_private_()->clear_happening();
  EXPECT_THAT(Faults(form), ElementsAre("missing private.happening",
                                        "in_the_future private.children[0].birth_date",
                                        "bad_bsn private.children[0].bsn"));
}

TEST(Form, NeverRepeatsWhatWasTyped) {
  const std::string canary = "Zonnestraal";
  v1::SubmitReport form = QuietForm();
  form.add_answers()->set_indicator(canary);
  form.mutable_private_()->mutable_happening()->set_text(canary);
  form.mutable_private_()->mutable_happening()->set_unknown(true);
  form.mutable_private_()->mutable_reporter()->set_unknown(true);
  v1::Child& child = *form.mutable_private_()->add_children();
  child.set_name(canary);
  child.set_birth_date(canary);
  child.set_bsn(canary);
  form.mutable_private_()->add_adults()->set_birth_date(canary);
  const auto reasons = FaultsOf(form, Rules(), std::chrono::year(2026) / 11 / 21);
  EXPECT_EQ(reasons.size(), 7u);
  for (const auto& reason : reasons) {
    EXPECT_EQ(reason.SerializeAsString().find(canary), std::string::npos) << reason.field();
  }
}

TEST(Bsn, PassesTheElevenTest) {
  for (const char* good : {"111222333", "123456782", "999990019", "010000008"}) {
    EXPECT_TRUE(IsBsn(good)) << good;
  }
}

TEST(Bsn, RefusesEveryOtherLastDigit) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    EXPECT_EQ(IsBsn(std::string("11122233") + digit), digit == '3') << digit;
  }
}

TEST(Bsn, RefusesWhatIsNotNineDigits) {
  for (const char* bad : {"", "000000000", "11122233", "1112223330", "11122233a", " 11222333",
                          "111.222.3", "+11222333"}) {
    EXPECT_FALSE(IsBsn(bad)) << bad;
  }
}

TEST(Bsn, CatchesASwapOfTwoDifferentNeighbours) {
  const std::string good = "123456782";
  for (size_t i = 0; i + 1 < good.size(); ++i) {
    std::string swapped = good;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(IsBsn(swapped)) << swapped;
  }
}

}  // namespace
}  // namespace samenspel::intake
