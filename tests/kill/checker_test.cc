// SPDX-License-Identifier: EUPL-1.2
// The checker must itself notice what it is there for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "common/store/bytes.h"
#include "common/store/store.h"
#include "proto/intake/v1/events.pb.h"
#include "tests/kill/rig.h"
#include "tests/support/raw_rows.h"
#include "tests/support/store_place.h"

namespace samenspel::kill {
namespace {

using common::v1::EntryHeader;
using support::ReadFile;
using support::WriteFile;
using testing::HasSubstr;

constexpr int kFound = 1;
constexpr int kWrongUse = 2;
constexpr size_t kChanges = 60;

/// A good run, of which each case spoils a copy.
class Checker : public testing::Test {
 protected:
  void SetUp() override {
    rig_.Start();
    rig_.BeginLoad();
    rig_.load().pace().Allow(kChanges);
    rig_.EndAndCheck();
    ASSERT_FALSE(HasFailure());
    lines_ = Value(ParseRecord(ReadFile(rig_.record())));
    std::filesystem::copy(data(), data() + ".good", std::filesystem::copy_options::recursive);
  }

  // After `spoil` the checker says `expected`; afterwards all is well again.
  void ExpectNoticed(const std::string& expected, const std::function<void()>& spoil) {
    SCOPED_TRACE(expected);
    const std::string record = ReadFile(rig_.record());
    spoil();
    const support::Outcome checked = rig_.Check();
    EXPECT_EQ(checked.code, kFound);
    EXPECT_THAT(checked.output, HasSubstr(expected));
    WriteFile(rig_.record(), record);
    std::filesystem::remove_all(data());
    std::filesystem::copy(data() + ".good", data(), std::filesystem::copy_options::recursive);
  }

  void ChangeLine(const std::function<void(Answered&)>& change) {
    std::string text;
    for (Answered line : lines_) {
      if (line.request_id == lines_.front().request_id) change(line);
      text += LineOf(line);
    }
    WriteFile(rig_.record(), text);
  }

  void ChangeRow(const std::string& service, const std::string& column, const std::string& key,
                 const support::RowChange& change) {
    const auto disk = store::Disk::Real();
    support::ChangeRow(*disk, data() + "/" + service, column, key, change);
  }

  // Appends a copy of the first entry that `chosen` wants, changed by `change`, as the store would.
  void AppendLike(const std::string& service, const std::function<bool(const EntryHeader&)>& chosen,
                  const std::function<void(EntryHeader&)>& change = {}) {
    const auto disk = store::Disk::Real();
    const auto opened =
        Value(store::Store::Open(support::StoreConfigIn(rig_.region().folder(), service), *disk));
    for (uint64_t sequence = 1; sequence <= opened->head().sequence; ++sequence) {
      const auto entry = opened->Read(sequence);
      if (!chosen(entry->header)) continue;
      EntryHeader header = entry->header;
      if (change) change(header);
      store::Batch batch = opened->Begin();
      batch.Append(header, entry->sealed);
      ASSERT_EQ(opened->Commit(std::move(batch)), store::CommitResult::kAcked);
      return;
    }
    FAIL() << "no such entry";
  }

  template <class T>
  static T Value(base::Result<T> result) {
    if (!result.ok()) throw std::runtime_error(result.status().message());
    return std::move(*result);
  }
  std::string data() const { return folder_ + "/data"; }

  Rig rig_{1, 30};
  const std::string folder_ = rig_.region().folder();
  std::vector<Answered> lines_;
};

TEST_F(Checker, NoticesWhatWasLostDoubledOrChanged) {
  ExpectNoticed("acknowledged and lost",
                [&] { ChangeLine([](Answered& line) { line.request_id.back() ^= 1; }); });
  ExpectNoticed("has another status than was answered", [&] {
    ChangeLine([](Answered& line) { line.status = common::v1::STATUS_REFUSED; });
  });
  ExpectNoticed("holds another answer than was given",
                [&] { ChangeLine([](Answered& line) { line.digest.back() ^= 1; }); });
  ExpectNoticed("stands at another place than was answered",
                [&] { ChangeLine([](Answered& line) { ++line.sequence; }); });
  ExpectNoticed("acknowledged and lost",
                [&] { ChangeLine([](Answered& line) { line.principal += "x"; }); });
  ExpectNoticed("is about something else than was answered",
                [&] { ChangeLine([](Answered& line) { line.stream = "rpt_none"; }); });

  const std::string key = store::BigEndian(lines_.front().sequence);
  const std::string place = ":" + std::to_string(lines_.front().sequence);
  ExpectNoticed("intake" + place + " is missing",
                [&] { ChangeRow("intake", "journal", key, [](auto& row) { row.reset(); }); });
  ExpectNoticed("intake" + place + " differs from audit's copy", [&] {
    ChangeRow("audit", "copy", "intake/" + key, [](auto& row) { *row += '\0'; });
  });
  ExpectNoticed("row of stream", [&] {
    ChangeRow("intake", "state", lines_.front().stream, [](auto& row) { row.reset(); });
  });

  const auto answered = [](const EntryHeader& header) { return !header.request_id().empty(); };
  ExpectNoticed("repeats the request of", [&] { AppendLike("intake", answered); });
  ExpectNoticed("the log lacks 1 entries", [&] { AppendLike("intake", answered); });
  ExpectNoticed("repeats the effect of", [&] {
    AppendLike("meeting", [](const EntryHeader& header) { return header.has_cause(); });
  });
  ExpectNoticed("which is not there", [&] {
    AppendLike(
        "meeting", [](const EntryHeader& header) { return header.has_cause(); },
        [](EntryHeader& header) { header.mutable_cause()->set_sequence(1'000'000); });
  });
  ExpectNoticed("rpt_unheard is red and has 0 meetings", [&] {
    AppendLike("intake", answered, [](EntryHeader& header) {
      intake::v1::Event event;
      event.mutable_report_graded()->set_report("rpt_unheard");
      event.mutable_report_graded()->mutable_grade()->set_colour(intake::v1::COLOUR_RED);
      header.set_request_id("another request.");
      header.clear_events();
      header.add_events()->set_payload(event.SerializeAsString());
    });
  });
}

TEST(CheckerUse, RefusesWhatIsNoRecord) {
  const support::ScratchFolder folder;
  const std::string record = folder.path() + "/record";
  const auto check = [&] {
    return support::RunToEnd({{SAMENSPEL_KILL_CHECKER, record, folder.path()}, {}, {}, {}});
  };
  EXPECT_EQ(check().code, kWrongUse);
  WriteFile(record, "intake 00 somebody\n");
  const support::Outcome outcome = check();
  EXPECT_EQ(outcome.code, kWrongUse);
  EXPECT_THAT(outcome.output, HasSubstr("line 1 of the record is none"));
}

}  // namespace
}  // namespace samenspel::kill
