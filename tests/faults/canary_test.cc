// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/canary.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "common/tlog/base64.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using support::Outcome;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kDays = 3;
constexpr int kProfessionals = 30;

class Canary : public testing::Test {
 protected:
  // The form lies outside the region, as it would on the desk's own disk.
  std::string WriteForm() const {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(marked_.form, &json).ok());
    support::WriteFile(desk_.path() + "/form.json", json);
    return desk_.path() + "/form.json";
  }

  // Runs the command while looking at the arguments of all processes.
  Outcome Type(const std::vector<std::string>& words) const {
    support::Program program = region_.Client("desk-vt", words);
    program.output = desk_.path() + "/out";
    std::filesystem::remove(program.output);
    support::Process client(program);
    while (client.Runs()) EXPECT_THAT(search_.FindInArguments(), IsEmpty());
    return {*client.Wait(support::kPatience), support::ReadFile(program.output)};
  }

  // Words about the family go in by a file or standard input, never by an argument.
  void Hold(const std::string& report) {
    const auto& told = marked_.first_step;
    support::WriteFile(desk_.path() + "/note", told.note());
    support::WriteFile(desk_.path() + "/who", told.who() + "\n");
    support::Program program =
        region_.Client("desk-vt", {"report", "hold", report, "--step", "safe_place", "--who", "-",
                                   "--note-file", desk_.path() + "/note"});
    program.input = desk_.path() + "/who";
    const Outcome held = support::RunToEnd(program);
    EXPECT_EQ(held.code, 0) << held.output;
  }

  void ExpectNoneOnDisk() const { EXPECT_THAT(search_.FindBelow(region_.folder()), IsEmpty()); }

  // Blocks of RocksDB may be compressed: look at what they hold as well.
  void ExpectNoneInAnyRow() const {
    for (const std::string_view service : support::kServices) {
      const support::StoppedStore store(region_, service);
      for (int column = 0; column <= static_cast<int>(store::Column::kCopy); ++column) {
        store->Scan(static_cast<store::Column>(column), "", "",
                    [&](std::string_view key, std::string_view value) {
                      EXPECT_EQ(search_.FindIn(key), "") << service << " column " << column;
                      EXPECT_EQ(search_.FindIn(value), "") << service << " column " << column;
                      return true;
                    });
      }
    }
  }

  support::ScratchFolder desk_;
  support::Region region_;
  const MarkedForm marked_ = MarkEveryText();
  const CanarySearch search_{marked_.canaries};
};

TEST_F(Canary, OfNoPrivateTextIsFoundAnywhereAfterTheTrip) {
  const std::string form = WriteForm();
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  region_.Daemon("intake").Kill();
  EXPECT_EQ(Type({"--timeout", "1", "report", "submit", form}).code, 6);
  ASSERT_FALSE(std::filesystem::is_empty(region_.folder() + "/spool/desk-vt"));
  ExpectNoneOnDisk();  // The report lies in the spool now.

  region_.Launch("intake");
  const Outcome sent = Type({"--json", "report", "submit", "--retry"});
  EXPECT_EQ(sent.code, 0) << sent.output;
  EXPECT_EQ(Type({"report", "submit", form}).code, 0);
  for (const std::string_view service : support::kServices) {
    region_.Daemon(service).Kill();
    region_.Launch(service);
  }
  const Outcome again = Type({"report", "submit", form});
  EXPECT_EQ(again.code, 0) << again.output;
  EXPECT_TRUE(std::filesystem::is_empty(region_.folder() + "/spool/desk-vt"));

  // So there is something to find: who may read the report is shown every text.
  const size_t at = again.output.find("rpt_");
  ASSERT_NE(at, std::string::npos) << again.output;
  const std::string report = again.output.substr(at, 30);
  Hold(report);
  const Outcome shown = Type({"report", "show", report});
  EXPECT_EQ(shown.code, 0);
  for (const std::string& canary : marked_.canaries) EXPECT_THAT(shown.output, HasSubstr(canary));

  ExpectNoneOnDisk();
  region_.StopAll();
  for (const std::string_view service : support::kServices) {
    EXPECT_EQ(region_.RunDaemon(service, {"--verify"}).code, 0);
  }
  ExpectNoneOnDisk();
  ExpectNoneInAnyRow();
  ExpectNoneOnDisk();  // Opening the stores wrote the write-ahead log out into tables.
}

TEST_F(Canary, MarksEveryTextOfTheForm) {
  // Private: happening, child now, reporter 3, child name, bsn, tonight, adult 4, address. Secret:
  // place, hidden reporter 3. First step: who, note.
  EXPECT_THAT(marked_.canaries, SizeIs(19));
}

TEST_F(Canary, IsFoundInEveryShape) {
  const std::string& canary = marked_.canaries.front();
  for (const char* before : {"", "a", "bc", "def"}) {
    const std::string text = before + canary + "!";
    EXPECT_NE(search_.FindIn(tlog::EncodeBase64(text)), "") << before;
    EXPECT_NE(search_.FindIn(text), "");
  }
  std::string wide = "x";
  for (const char c : canary) wide += {c, '\0'};
  EXPECT_NE(search_.FindIn(wide), "");
  EXPECT_EQ(search_.FindIn(canary.substr(1)), "");
}

TEST_F(Canary, IsFoundInAFileAndInAFileName) {
  const std::string& canary = marked_.canaries.back();
  std::filesystem::create_directory(desk_.path() + "/deep");
  support::WriteFile(desk_.path() + "/deep/log", "something " + canary + "\n");
  support::WriteFile(desk_.path() + "/deep/" + canary, "");
  EXPECT_THAT(search_.FindBelow(desk_.path()), SizeIs(2));
}

TEST_F(Canary, IsFoundInTheArgumentsOfAProcess) {
  const support::Process shell({{"/bin/sh", "-c", "read -r line < /dev/zero", marked_.canaries[0]},
                                {},
                                {},
                                desk_.path() + "/out"});
  std::vector<std::string> found;
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  while (found.empty() && std::chrono::steady_clock::now() < end) found = search_.FindInArguments();
  EXPECT_THAT(found, SizeIs(1));
}

}  // namespace
}  // namespace samenspel::faults
