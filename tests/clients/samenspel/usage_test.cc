// SPDX-License-Identifier: EUPL-1.2
// Help, and what is wrong with a command line: in the user's language, within the terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/samenspel/list_options.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/tree/help.h"
#include "clients/samenspel/tree/tree.h"
#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Of the library that reads the command line.
const std::vector<std::string> kItsWords{"required", "Required",   "REQUIRED",   "Usage",
                                         "Options",  "SUBCOMMAND", "Subcommand", "Positional",
                                         "not in",   "INT",        "Expected",   "Could not",
                                         "At Most",  "TEXT",       "argument"};

class Usage : public testing::Test {
 protected:
  Usage() {
    world.language = "";  // No --lang: what else decides.
    config = *world.files->Read(kConfigPath);
  }
  void Configure(const std::string& path, const std::string& language) {
    ASSERT_TRUE(world.files->Replace(path, "language = \"" + language + "\"\n" + config).ok());
  }
  std::string Said(const std::vector<std::string>& arguments) {
    EXPECT_EQ(world.Run(arguments), 2);
    return world.err();
  }
  FakeWorld world;
  std::string config;
};

TEST_F(Usage, SpeaksTheLanguageOfTheConfigBeforeTheLineCanBeRead) {
  EXPECT_THAT(Said({"report", "show"}), HasSubstr("ID (Kenmerk"));
  Configure(kConfigPath, "en");
  EXPECT_THAT(Said({"report", "show"}), AllOf(HasSubstr("ID (Id"), HasSubstr("is missing")));
  EXPECT_EQ(world.Run({"--help"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Usage: samenspel"));
  Configure("/other.toml", "nl");
  EXPECT_THAT(Said({"report", "show", "--config", "/other.toml"}), HasSubstr("ontbreekt"));
  EXPECT_THAT(Said({"--config=/other.toml", "bogus"}), HasSubstr("bogus ken ik hier niet"));
  EXPECT_THAT(Said({"report", "show", "--config", "/other.toml", "--lang", "en"}),
              HasSubstr("is missing"));
}

TEST_F(Usage, HasNoWordsOfTheLibraryInAnyFault) {
  Configure(kConfigPath, "nl");
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{},
                                             {"report"},
                                             {"report", "submit"},
                                             {"report", "show"},
                                             {"report", "show", "a", "b"},
                                             {"report", "hold", "x"},
                                             {"report", "hold", "x", "--step"},
                                             {"report", "hold", "x", "--step", "never"},
                                             {"queue", "--colour", "blauw"},
                                             {"queue", "--limit", "0"},
                                             {"claim", "x", "--version", "soon"},
                                             {"status", "--wait", "soon"},
                                             {"status", "--timeout", "5"},
                                             {"review"}}) {
    const std::string said = Said(bad);
    for (const std::string& word : kItsWords) {
      EXPECT_THAT(said, Not(HasSubstr(word))) << testing::PrintToString(bad);
    }
    EXPECT_THAT(said,
                AllOf(StartsWith("samenspel: "), HasSubstr("Typ: samenspel"), HasSubstr("--help")));
  }
}

TEST_F(Usage, NamesTheOptionItsValuesAndTheNearestCommand) {
  Configure(kConfigPath, "nl");
  EXPECT_THAT(Said({"queue", "--colour", "blauw"}),
              AllOf(HasSubstr("--colour: blauw kan hier niet. Kies uit: rood, oranje, groen."),
                    HasSubstr("Typ: samenspel queue --help")));
  EXPECT_THAT(Said({"report", "shw", "x"}),
              AllOf(HasSubstr("shw ken ik hier niet"), HasSubstr("Typ: samenspel report --help")));
  EXPECT_THAT(Said({"report"}), HasSubstr("Kies uit: submit, check"));
  EXPECT_THAT(Said({"report", "hold", "x"}), HasSubstr("--step (De eerste stap: 112, crisis_team"));
  EXPECT_THAT(Said({"queue", "--limit", "x"}),
              HasSubstr("--limit: x is geen geheel getal van 1 tot en met 200"));
  EXPECT_THAT(Said({"claim", "x", "--version", "y"}),
              HasSubstr("--version: y is geen geheel getal"));
}

TEST_F(Usage, TakesAColourInDutchTooWhateverTheLanguage) {
  for (const std::string language : {"nl", "en"}) {
    const Texts texts(language == "nl" ? Language::kDutch : Language::kEnglish);
    for (const std::string colour : {"rood", "red"}) {
      const auto read = ReadOptions({"queue", "--colour", colour}, texts);
      ASSERT_TRUE(std::holds_alternative<Options>(read)) << colour;
      EXPECT_EQ(ColourAsked(std::get<Options>(read).list), intake::v1::COLOUR_RED);
    }
  }
}

TEST_F(Usage, HelpIsACommandToo) {
  Configure(kConfigPath, "en");
  EXPECT_EQ(world.Run({"report", "submit", "--help"}), 0);
  const std::string asked = world.out();
  EXPECT_THAT(asked, HasSubstr("Usage: samenspel report submit [FILE] [OPTIONS]"));
  EXPECT_EQ(world.Run({"help", "report", "submit"}), 0);
  EXPECT_EQ(world.out(), asked);
  EXPECT_EQ(world.Run({"help"}), 0);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("Commands:"), HasSubstr("glossary")));
  EXPECT_THAT(Said({"help", "report", "bogus"}), HasSubstr("bogus is not known here"));
}

TEST_F(Usage, HelpShowsWhatAnOptionTakes) {
  Configure(kConfigPath, "nl");
  world.Run({"queue", "settle", "--help"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("De uitkomst: local_team,"), HasSubstr("(verplicht)"),
                                 HasSubstr("Gebruik: samenspel queue settle ID [OPTIES]")));
  world.Run({"queue", "--help"});
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("Alleen deze kleur: rood, oranje, groen"), HasSubstr("(1 - 200)")));
}

TEST_F(Usage, NoHelpIsWiderThanTheTerminal) {
  for (const Language language : {Language::kDutch, Language::kEnglish}) {
    const Texts texts(language);
    Options options;
    Tree tree(texts, options);
    for (const Node& node : NodesOf(tree.app())) {
      EXPECT_LE(WidestLine(HelpText(texts, node, 80)), 80U) << node.words;
    }
  }
}

TEST_F(Usage, TellsWhatIsWrongWithTheConfigInTheUsersLanguage) {
  world.language = "nl";
  const auto said = [&](const std::string& toml) {
    EXPECT_TRUE(world.files->Replace(kConfigPath, toml).ok());
    return Said({"status"});
  };
  EXPECT_THAT(said("purpose = \n"), HasSubstr(":1: dit is geen geldige TOML."));
  EXPECT_THAT(said("\nfoo = \"a\"\n"), HasSubstr(":2: de instelling foo bestaat niet."));
  EXPECT_THAT(said("spool = 3\n"), HasSubstr("spool moet tekst tussen aanhalingstekens zijn"));
  EXPECT_THAT(said("[server.intake]\nendpoint = \"e\"\n"),
              HasSubstr("bij server.intake horen endpoint en key"));
  EXPECT_THAT(said("[server.gossip]\n"), HasSubstr("de dienst gossip bestaat niet"));
  EXPECT_THAT(said("purpose = \"audit\"\n"), HasSubstr("waar uw geheime sleutel ligt"));
  EXPECT_THAT(Said({"status", "--config", "/nowhere.toml"}),
              HasSubstr("--config: /nowhere.toml: bestaat niet."));
}

// Exit codes: a file that is not there is the command line's fault, not a daemon's answer.
TEST_F(Usage, NamesTheFileAndTheOptionOfALocalFault) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  World outside{.in = in,
                .out = out,
                .err = err,
                .environment = {},
                .files = *world.files,
                .clock = world.clock,
                .entropy = world.entropy,
                .connect = {},
                .pause = {}};
  Options options;
  options.target = "/data/export";
  options.change.result = "/data/result.json";
  options.keys.registry = "/nonexist";
  const Texts texts(Language::kDutch);
  const auto said = [&](base::Code code, const std::string& message) {
    err.str("");
    EXPECT_EQ(Printer(outside, options, texts, false).Fail(base::Status(code, message)), 2);
    return err.str();
  };
  using base::Code;
  EXPECT_EQ(said(Code::kIo, "create /data/export/README.txt.new: Permission denied"),
            "samenspel: /data/export/README.txt: u mag hier niet lezen of schrijven.\n");
  EXPECT_EQ(said(Code::kIo, "list /nonexist: No such file or directory"),
            "samenspel: --registry: /nonexist: bestaat niet.\n");
  EXPECT_EQ(said(Code::kNotFound, "open /data/result.json: No such file or directory"),
            "samenspel: --result: /data/result.json: bestaat niet.\n");
  EXPECT_EQ(said(Code::kIo, "write /data/result.json: Input/output error"),
            "samenspel: --result: /data/result.json: Input/output error.\n");
}

TEST_F(Usage, KnowsAKeyThatIsNotInTheRegistryFromARegistryThatIsNotThere) {
  world.language = "en";
  ASSERT_EQ(world.Run({"keys", "new", "--id", kPrincipal, "--employer", "org_a", "--function", "f",
                       "--role", "r", "--registry", "/registry", "--secrets", "/new"}),
            0)
      << world.err();
  EXPECT_EQ(world.Run({"keys", "revoke", kColleague, "--registry", "/registry"}), 3);
  EXPECT_THAT(world.err(), HasSubstr("is not in the registry"));
}

}  // namespace
}  // namespace samenspel::cli
