// SPDX-License-Identifier: EUPL-1.2
// Replaying a journal gives the stored state (invariant 8).
#include "common/daemon/replay.h"

#include "common/store/bytes.h"
#include "tests/common/daemon/core_test.h"
#include "tests/support/raw_rows.h"

namespace samenspel::daemon {
namespace {

using store::Column;
using testing::HasSubstr;

/// A day on which everything happened once: reports, reading, refusals, meetings, a change of
/// registry, reading the log.
class ReplayTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    region_.Start();
    region_.Run(milliseconds(200));
    SetUpRegion(region_);
    for (uint64_t i = 0; i < 12; ++i) {
      region_.Send("intake", From("pro_anna", Ask(i, Report(i % 2 == 0))));
      region_.Run(milliseconds(37));
    }
    intake::v1::Response response;
    for (const auto& reply : region_.replies) {
      if (reply.request_id() == IdOf(0) && !reply.response().empty()) {
        EXPECT_TRUE(response.ParseFromString(reply.response()));
      }
    }
    report_ = response.report_received().report();
    region_.Send("intake", From("pro_bert", Ask(100, Show(report_))));
    region_.Send("intake", From("pro_carla", Ask(101, Show(report_))));
    region_.Send("intake", From("pro_dirk", Ask(102, Report(true))));
    region_.Send("intake", From("pro_anna", Ask(103, intake::v1::Request())));
    region_.Run(milliseconds(70'000));
    region_.Restart(GetParam());
    region_.Send("intake", From("pro_anna", Ask(104, Report(true))));
    region_.Run(milliseconds(500));
    rig().Kill();
  }
  Rig& rig() { return region_.rig(GetParam()); }
  std::string folder() const { return std::string("/") + GetParam(); }

  base::Status Verified() {
    rig().OpenForMaintenance();
    base::Status status = Verify(rig().store(), rig().keys(), rig().entropy(), rig().maker());
    rig().Kill();
    return status;
  }
  void Change(const std::string& column, const std::string& key, const support::RowChange& change) {
    support::ChangeRow(rig().watched().disk(), folder(), column, key, change);
  }
  std::vector<std::string> Keys(const std::string& column) {
    return support::KeysOf(rig().watched().disk(), folder(), column);
  }
  /// All rows that follow from the journal; sealed ones opened.
  std::map<std::string, std::string> Derived() {
    rig().OpenForMaintenance();
    std::map<std::string, std::string> rows;
    for (const Column column : {Column::kState, Column::kIndex, Column::kDedup}) {
      rig().store().Scan(column, "", "", [&](std::string_view key, std::string_view value) {
        rows[std::to_string(static_cast<int>(column)) + std::string(key)] = value;
        return true;
      });
    }
    store::Batch batch = rig().store().Begin();
    View view(rig().store(), batch, rig().keys(), rig().entropy());
    rig().store().Scan(Column::kPrivate, "", "", [&](std::string_view key, std::string_view) {
      rows["private " + std::string(key)] = view.OpenSealed(key).value_or("none");
      return true;
    });
    rig().Kill();
    return rows;
  }
  void RebuildIt() {
    rig().OpenForMaintenance();
    const base::Status status =
        Rebuild(rig().store(), rig().keys(), rig().entropy(), rig().maker());
    EXPECT_TRUE(status.ok()) << status.message();
    rig().Kill();
  }

  RegionRig region_;
  std::string report_;
};

INSTANTIATE_TEST_SUITE_P(Of, ReplayTest, testing::Values("intake", "meeting", "audit"),
                         [](const auto& about) { return std::string(about.param); });

TEST_P(ReplayTest, VerifyAcceptsWhatADayLeft) {
  const base::Status status = Verified();
  EXPECT_TRUE(status.ok()) << status.message();
}

TEST_P(ReplayTest, VerifyChangesNothing) {
  const auto before = Derived();
  EXPECT_FALSE(before.empty());
  ASSERT_TRUE(Verified().ok());
  EXPECT_EQ(Derived(), before);
}

TEST_P(ReplayTest, VerifyFindsAChangedRow) {
  constexpr size_t kOfAColumn = 8;
  for (const char* column : {"state", "index", "dedup"}) {
    const auto keys = Keys(column);
    for (size_t i = 0; i < keys.size(); i += 1 + keys.size() / kOfAColumn) {
      std::optional<std::string> whole;
      Change(column, keys[i], [&](auto& row) {
        whole = row;
        row->empty() ? row->push_back('x') : void(row->back() ^= 1);
      });
      EXPECT_EQ(Verified().code(), base::Code::kCorrupt) << column << " " << keys[i];
      Change(column, keys[i], [&](auto& row) { row = whole; });
    }
  }
  EXPECT_TRUE(Verified().ok());
}

TEST_P(ReplayTest, VerifyFindsAMissingRow) {
  for (const char* column : {"state", "index", "dedup"}) {
    const auto keys = Keys(column);
    if (keys.empty()) continue;
    std::optional<std::string> whole;
    Change(column, keys.back(), [&](auto& row) {
      whole = row;
      row.reset();
    });
    EXPECT_THAT(Verified().message(), HasSubstr("differs")) << column;
    Change(column, keys.back(), [&](auto& row) { row = whole; });
  }
}

TEST_P(ReplayTest, VerifyFindsARowTooMany) {
  for (const char* column : {"state", "index", "dedup"}) {
    Change(column, "zzz_invented", [](auto& row) { row = "invented"; });
    EXPECT_THAT(Verified().message(), HasSubstr("zzz_invented")) << column;
    Change(column, "zzz_invented", [](auto& row) { row.reset(); });
  }
  EXPECT_TRUE(Verified().ok());
}

TEST_P(ReplayTest, VerifyFindsADamagedEntry) {
  Change("journal", store::BigEndian(2), [](auto& row) { (*row)[row->size() / 2] ^= 1; });
  EXPECT_EQ(Verified().code(), base::Code::kCorrupt);
}

TEST_P(ReplayTest, RebuildDerivesTheSameAgain) {
  const auto before = Derived();
  RebuildIt();
  EXPECT_EQ(Derived(), before);
  EXPECT_TRUE(Verified().ok());
}

TEST_P(ReplayTest, RebuildMendsWhatWasDamaged) {
  const auto before = Derived();
  for (const char* column : {"state", "index", "dedup"}) {
    const auto keys = Keys(column);
    if (!keys.empty()) Change(column, keys.front(), [](auto& row) { row.reset(); });
    Change(column, "zzz_invented", [](auto& row) { row = "invented"; });
  }
  EXPECT_FALSE(Verified().ok());
  RebuildIt();
  EXPECT_EQ(Derived(), before);
}

TEST_P(ReplayTest, RebuildRefusesADamagedJournalAndLeavesAllAsItIs) {
  const auto before = Derived();
  std::optional<std::string> whole;
  Change("journal", store::BigEndian(2), [&](auto& row) {
    whole = row;
    (*row)[row->size() / 2] ^= 1;
  });
  rig().OpenForMaintenance();
  EXPECT_EQ(Rebuild(rig().store(), rig().keys(), rig().entropy(), rig().maker()).code(),
            base::Code::kCorrupt);
  rig().Kill();
  Change("journal", store::BigEndian(2), [&](auto& row) { row = whole; });
  EXPECT_EQ(Derived(), before);
}

TEST_P(ReplayTest, ServesAgainAfterARebuild) {
  RebuildIt();
  region_.Reconnect(GetParam());
  region_.replies.clear();
  region_.Send("intake", From("pro_anna", Ask(2, Report(true))));
  region_.Send("intake", From("pro_anna", Ask(200, Report(true))));
  region_.Run(milliseconds(1000));
  ASSERT_EQ(region_.replies.size(), 2U);
  EXPECT_LT(region_.replies[0].entry().sequence(), region_.replies[1].entry().sequence() - 5)
      << "the first answer, not a second report";
}

using ReplayIntakeTest = ReplayTest;
INSTANTIATE_TEST_SUITE_P(Of, ReplayIntakeTest, testing::Values("intake"));

TEST_P(ReplayIntakeTest, VerifyFindsFamilyDataOfAnotherReport) {
  const auto keys = Keys("private");
  ASSERT_GE(keys.size(), 2U);
  rig().OpenForMaintenance();
  {
    // Sealed rightly, but not what the journal says.
    store::Batch batch = rig().store().Begin();
    View view(rig().store(), batch, rig().keys(), rig().entropy());
    intake::v1::SubmitReport other;
    other.mutable_private_()->set_address("another address");
    view.SaveSealed(keys[0], "org_north", other);
    ASSERT_EQ(rig().store().Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  rig().Kill();
  EXPECT_THAT(Verified().message(), HasSubstr("sealed state of stream " + keys[0] + " differs"));
}

TEST_P(ReplayIntakeTest, VerifyFindsFamilyDataThatCannotBeOpened) {
  const auto keys = Keys("private");
  Change("private", keys[1], [](auto& row) { row->back() ^= 1; });
  EXPECT_THAT(Verified().message(), HasSubstr("sealed state of stream " + keys[1] + " differs"));
}

TEST_P(ReplayIntakeTest, VerifyFindsMissingFamilyData) {
  const auto keys = Keys("private");
  Change("private", keys[0], [](auto& row) { row.reset(); });
  EXPECT_THAT(Verified().message(), HasSubstr("sealed state of stream " + keys[0] + " differs"));
}

TEST_P(ReplayIntakeTest, VerifyAcceptsErasedFamilyData) {
  rig().OpenForMaintenance();
  ASSERT_TRUE(rig().keys().Destroy(1).ok());
  rig().Kill();
  const base::Status status = Verified();
  EXPECT_TRUE(status.ok()) << status.message();
}

}  // namespace
}  // namespace samenspel::daemon
