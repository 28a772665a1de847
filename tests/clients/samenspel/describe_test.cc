// SPDX-License-Identifier: EUPL-1.2
// What describes the command itself: completion and manual.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "clients/samenspel/tree/tree.h"
#include "clients/samenspel/tree/walk.h"
#include "tests/clients/samenspel/fake_world.h"
#include "tests/support/scratch.h"

namespace samenspel::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

class Described : public testing::Test {
 protected:
  std::string Output(const std::string& command) {
    FILE* pipe = popen(("cd " + folder + " && " + command).c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    std::string text;
    char piece[4096];
    while (size_t size = fread(piece, 1, sizeof piece, pipe)) text.append(piece, size);
    EXPECT_EQ(pclose(pipe), 0) << command;
    return text;
  }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder + "/" + name) << text;
  }

  FakeWorld world;
  support::ScratchFolder scratch;
  const std::string folder = scratch.path();
};

class Completion : public Described {
 protected:
  Completion() {
    EXPECT_EQ(world.Run({"completion", "bash"}), 0);
    Write("completion.sh", world.out());
    Write("form one.json", "{}");
    Write("notes.txt", "");
    std::filesystem::create_directory(folder + "/registry");
  }
  // What bash offers for the last of these words.
  std::vector<std::string> Offered(const std::vector<std::string>& words) {
    std::string script = "source ./completion.sh; COMP_WORDS=(";
    for (const std::string& word : words) script += "'" + word + "' ";
    script += "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _samenspel; ";
    script += "printf \"%s\\n\" \"${COMPREPLY[@]}\"";
    Write("ask.sh", script);
    std::istringstream lines(Output("bash --norc ask.sh"));
    std::vector<std::string> offered;
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty()) offered.push_back(line);
    }
    return offered;
  }
};

TEST_F(Completion, OffersThingsVerbsAndOptions) {
  EXPECT_THAT(Offered({"samenspel", "report", "l"}), ElementsAre("list"));
  EXPECT_THAT(Offered({"samenspel", ""}), IsSupersetOf({"report", "audit", "roster"}));
  EXPECT_THAT(Offered({"samenspel", "-"}), IsSupersetOf({"--json", "--lang"}));
  EXPECT_THAT(Offered({"samenspel", "aud"}), ElementsAre("audit"));
  EXPECT_THAT(Offered({"samenspel", "audit", ""}), IsSupersetOf({"show", "verify", "export"}));
  EXPECT_THAT(Offered({"samenspel", "roster", "show", "--on"}), ElementsAre("--on-duty"));
  EXPECT_THAT(Offered({"samenspel", "roster", "show", "--js"}), ElementsAre("--json"));
}

TEST_F(Completion, PassesOverOptionsAndTheirValues) {
  EXPECT_THAT(Offered({"samenspel", "--purpose", "audit", "report", "sub"}), ElementsAre("submit"));
  EXPECT_THAT(Offered({"samenspel", "--json", "audit", "ver"}), ElementsAre("verify"));
}

TEST_F(Completion, OffersFilesFoldersAndFixedValues) {
  EXPECT_THAT(Offered({"samenspel", "report", "submit", "form"}), ElementsAre("form one.json"));
  EXPECT_THAT(Offered({"samenspel", "audit", "export", "re"}), ElementsAre("registry"));
  EXPECT_THAT(Offered({"samenspel", "--config", "no"}), ElementsAre("notes.txt"));
  EXPECT_THAT(Offered({"samenspel", "keys", "list", "--registry", ""}), ElementsAre("registry"));
  EXPECT_THAT(Offered({"samenspel", "--lang", ""}), ElementsAre("nl", "en"));
  EXPECT_THAT(Offered({"samenspel", "--purpose", "priv"}), ElementsAre("privacy_review"));
  EXPECT_THAT(Offered({"samenspel", "meeting", "show", "form"}), Not(Contains("form one.json")));
}

TEST_F(Completion, OffersTheValuesThatAnOptionTakesAndNoPlaceholders) {
  EXPECT_THAT(Offered({"samenspel", "report", "hold", "x", "--step", ""}),
              ElementsAre("112", "crisis_team", "hospital", "safe_place", "home", "none"));
  EXPECT_THAT(Offered({"samenspel", "queue", "--colour", ""}),
              ElementsAre("red", "amber", "green"));
  EXPECT_THAT(Offered({"samenspel", "queue", "settle", "x", "--outcome", "v"}),
              ElementsAre("veilig_thuis"));
  EXPECT_THAT(Offered({"samenspel", "report", "list", "--sort", "c"}),
              ElementsAre("colour", "case"));
  EXPECT_THAT(Offered({"samenspel", "meeting", "list", "--sort", "c"}), ElementsAre("case"));
  EXPECT_THAT(Offered({"samenspel", "alarm", "list", "--kind", "term"}),
              ElementsAre("term_near", "term_passed"));
  EXPECT_THAT(Offered({"samenspel", "report", "hold", "x", "--who", ""}), ElementsAre("me"));
  EXPECT_THAT(Offered({"samenspel", "report", "hold", "x", "--note-file", "no"}),
              ElementsAre("notes.txt"));
  EXPECT_THAT(Offered({"samenspel", "policy", "explain", "me", "show_r"}),
              ElementsAre("show_report"));
  EXPECT_THAT(Offered({"samenspel", "purpose", "set", "au"}), ElementsAre("audit"));
  EXPECT_THAT(Offered({"samenspel", "roster", "show", "--function", "duty"}),
              ElementsAre("duty_manager"));
  world.language = "nl";
  EXPECT_EQ(world.Run({"completion", "bash"}), 0);
  Write("completion.sh", world.out());
  EXPECT_THAT(Offered({"samenspel", "queue", "--colour", "r"}), ElementsAre("rood"));
}

TEST_F(Completion, OffersFilesWhereAFileBelongsAndOptionsOnlyAfterADash) {
  EXPECT_THAT(Offered({"samenspel", "report", "submit", ""}),
              testing::UnorderedElementsAre("ask.sh", "completion.sh", "form one.json", "notes.txt",
                                            "registry"));
  EXPECT_THAT(Offered({"samenspel", "report", "submit", "-"}), Contains("--retry"));
  EXPECT_THAT(Offered({"samenspel", "report", "submit", "form one.json", ""}),
              Contains("--retry"));  // The file is there already.
  EXPECT_THAT(Offered({"samenspel", "report", ""}), Not(Contains("--json")));
  EXPECT_THAT(Offered({"samenspel", "meeting", "show", ""}), testing::IsEmpty());  // An id.
  EXPECT_THAT(Offered({"samenspel", "meeting", "show", "--h"}), ElementsAre("--help"));
}

TEST_F(Described, ManualShowsEachCommandAndOption) {
  EXPECT_EQ(world.Run({"manual"}), 0);
  Write("manual.scd", world.out());
  // Groff's marks and escapes taken away: what a reader sees.
  const std::string page = Output(
      "scdoc < manual.scd | sed -e 's/\\\\f[BIR]//g' -e 's/\\\\-/-/g' -e 's/\\\\_/_/g' "
      "-e 's/\\\\&//g'");
  EXPECT_THAT(page, HasSubstr(".TH \"samenspel\" \"1\""));
  const Texts texts(Language::kEnglish);
  Options options;
  Tree tree(texts, options);
  int commands = 0;
  for (const Node& node : NodesOf(tree.app())) {
    if (IsCommand(node)) {
      EXPECT_THAT(page, HasSubstr("samenspel " + node.words));
      ++commands;
    }
    for (const auto& option : OptionsOf(*node.app)) {
      for (const std::string& name : option.names) EXPECT_THAT(page, HasSubstr(name));
    }
  }
  EXPECT_GT(commands, 25);
  for (const std::string words : {"NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS"}) {
    EXPECT_THAT(page, HasSubstr(words));
  }
}

TEST_F(Described, ManualSpeaksDutchToo) {
  world.language = "nl";
  EXPECT_EQ(world.Run({"manual"}), 0);
  Write("manual.scd", world.out());
  EXPECT_THAT(Output("scdoc < manual.scd"), HasSubstr("OPDRACHTEN"));
}

}  // namespace
}  // namespace samenspel::cli
