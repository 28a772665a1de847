// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/fake_services.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AuditShow : public testing::Test {
 protected:
  // Lets audit's daemon lie.
  void Tamper(const std::function<void(audit::v1::EntriesShown&)>& change) {
    world.answer = [this, change](const std::string& service,
                                  const common::v1::Envelope& envelope) {
      auto reply = services.Answer(service, envelope);
      audit::v1::Response response;
      EXPECT_TRUE(response.ParseFromString(reply->response()));
      change(*response.mutable_entries_shown());
      reply->set_response(response.SerializeAsString());
      return reply;
    };
  }
  void ExpectAlarm() {
    EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 1);
    EXPECT_THAT(world.err(), HasSubstr("THE PROOF DOES NOT HOLD"));
    EXPECT_THAT(world.out(), HasSubstr("DOES NOT HOLD"));
    EXPECT_THAT(world.out(), Not(HasSubstr("each proof holds")));
  }

  FakeWorld world;
  FakeServices services{world};
};

TEST_F(AuditShow, ShowsOneEntryWithItsProof) {
  EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr("Sat 21 Nov"));
  EXPECT_THAT(world.out(), HasSubstr("intake:12"));
  EXPECT_THAT(world.out(), HasSubstr("you: sent a report in"));
  EXPECT_THAT(world.out(), HasSubstr("→ report received"));
  EXPECT_THAT(world.out(), HasSubstr("All 1 entries were checked"));
}

// Whoever asks who read the file is answered with a name (P.75).
TEST_F(AuditShow, NamesWhoAsked) {
  constexpr char kReader[] = "pro_0000000000000000000000000b";
  constexpr char kTheirs[] = "org_0000000000000000000000000b";
  services.log.who = kReader;
  services.log.organisation = kTheirs;
  world.roster = {{kReader, "Imani Kersenboom"}, {kTheirs, "Wijkteam Maasveen"}};
  const uint64_t leaf = services.log.Append("intake", 15, "show_report", 5);
  world.answer = [&](const std::string&, const common::v1::Envelope&) {
    audit::v1::Response response;
    *response.mutable_entries_shown() = services.log.Show({leaf});
    return FakeWorld::Answer(ReplyWith(response));
  };
  EXPECT_EQ(world.Run({"audit", "show", kReport}), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr("Imani Kersenboom (Wijkteam Maasveen): looked at the report"));
}

TEST_F(AuditShow, AsksForTheEpochThatIsNamed) {
  for (const auto& [text, epoch] :
       {std::pair<std::string, uint64_t>{"intake:12", 1}, {"intake:2:12", 2}}) {
    world.sent.clear();
    world.Run({"audit", "show", text});
    audit::v1::Request request;
    ASSERT_TRUE(request.ParseFromString(world.SentTo("audit").at(0).envelope.request()));
    EXPECT_EQ(request.show_entries().entry().epoch(), epoch);
    EXPECT_EQ(request.show_entries().entry().sequence(), 12U);
  }
}

TEST_F(AuditShow, ReadsAllPagesOfAStream) {
  for (const std::string& ref : {std::string(kReport), std::string(kCase), std::string(kMdo)}) {
    EXPECT_EQ(world.Run({"audit", "show", ref, "--json"}), 0);
    const json object = json::parse(world.out());
    EXPECT_EQ(object["entries"].size(), 3U);
    EXPECT_EQ(object["proven"], true);
  }
}

TEST_F(AuditShow, RefusesAReferenceThatIsNone) {
  for (const std::string bad :
       {"intake", "intake:", "intake:0", "intake:0:1", "intake:1:2:3", "intake::1", "intake:x",
        "intake:-1", "desk:1", "rpt_1", "2026-004711-K", "pro_00000000000000000000000001",
        "intake:99999999999999999999"}) {
    EXPECT_EQ(world.Run({"audit", "show", bad}), 2) << bad;
  }
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(AuditShow, DoesNotShowAnythingThatItCannotCheck) {
  world.environment.erase("SAMENSPEL_AUDIT_KEY");
  EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(AuditShow, RaisesTheAlarmForAChangedEntry) {
  Tamper([](auto& shown) {
    common::v1::EntryHeader header;
    header.ParseFromString(shown.entries(0).header());
    header.set_principal("pro_00000000000000000000000002");
    shown.mutable_entries(0)->set_header(header.SerializeAsString());
  });
  ExpectAlarm();
}

TEST_F(AuditShow, RaisesTheAlarmForAnotherPlaceInTheLog) {
  Tamper([](auto& shown) { shown.mutable_entries(0)->set_leaf(1); });
  ExpectAlarm();
}

TEST_F(AuditShow, RaisesTheAlarmForAChangedPath) {
  Tamper([](auto& shown) { (*shown.mutable_entries(0)->mutable_path(0))[5] ^= 1; });
  ExpectAlarm();
  Tamper([](auto& shown) { shown.mutable_entries(0)->clear_path(); });
  ExpectAlarm();
}

TEST_F(AuditShow, RaisesTheAlarmForAChangedCheckpoint) {
  Tamper([](auto& shown) {
    std::string note = shown.checkpoint();
    note.replace(note.find("\n3\n"), 3, "\n4\n");
    shown.set_checkpoint(note);
  });
  ExpectAlarm();
  Tamper([](auto& shown) { shown.clear_checkpoint(); });
  ExpectAlarm();
}

TEST_F(AuditShow, RaisesTheAlarmForAnHonestProofOfAnotherEntry) {
  Tamper([this](auto& shown) { shown = services.log.Show({1}); });
  ExpectAlarm();
}

TEST_F(AuditShow, RaisesTheAlarmForAnotherLogsSignature) {
  Tamper([](auto& shown) {
    std::string note = shown.checkpoint();
    note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
    shown.set_checkpoint(note);
  });
  ExpectAlarm();
}

TEST_F(AuditShow, SaysThatThereIsNothing) {
  Tamper([](auto& shown) { shown.clear_entries(); });
  EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 3);
}

TEST_F(AuditShow, EndsWhenADaemonAlwaysSaysMore) {
  Tamper([](auto& shown) { shown.set_more(true); });
  EXPECT_EQ(world.Run({"audit", "show", kReport}), 0);
}

TEST_F(AuditShow, PassesTheRefusalOn) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
  };
  EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 5);
  EXPECT_THAT(world.err(), HasSubstr("you may not ask this"));
}

TEST_F(AuditShow, SaysThatAuditIsAway) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(world.Run({"audit", "show", "intake:12"}), 6);
  EXPECT_THAT(world.err(), HasSubstr("audit at audit does not answer"));
}

}  // namespace
}  // namespace samenspel::cli
