// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/tree.h"

#include <algorithm>
#include <charconv>

namespace samenspel::cli {

Tree::Tree(const Texts& texts, Options& options)
    : texts_(texts), options_(options), app_(texts.Say("help.app"), "samenspel") {
  app_.require_subcommand(1);
  app_.set_help_flag("-h,--help", Say("help.help"));
  app_.set_version_flag("--version", std::string(kVersion), Say("help.version"));
  AddGlobal();
  AddDaily(*this);
  AddOperate(*this);
  AddOversee(*this);
}

CLI::App* Tree::Thing(const std::string& name) {
  CLI::App* thing = app_.add_subcommand(name, Say("help." + name));
  thing->require_subcommand(1)->fallthrough();
  return thing;
}

void Tree::Alone(CLI::App* thing, Action run) {
  thing->require_subcommand(0, 1);
  thing->callback([this, thing, run] {
    if (thing->get_subcommands().empty()) options_.run = run;
  });
}

CLI::App* Tree::Verb(CLI::App* under, const std::string& name, const std::string& help,
                     Action run) {
  CLI::App* verb = under->add_subcommand(name, Say(help));
  verb->fallthrough();
  verb->callback([this, run] { options_.run = run; });
  return verb;
}

CLI::Option* Tree::ChooseWord(CLI::Option* option, const std::vector<std::string>& shown,
                              const Words& words) {
  std::string list;
  std::string said;
  for (const std::string& one : shown) {
    list += (list.empty() ? "" : ",") + one;
    said += (said.empty() ? "" : ", ") + one;
  }
  const auto check = [this, said, words](std::string& value) {
    const auto known = std::ranges::find(words, value, &Words::value_type::first);
    if (known == words.end()) {
      return texts_.Say("usage.not_a_choice", {{"value", value}, {"choices", said}});
    }
    value = known->second;
    return std::string();
  };
  return option->transform(CLI::Validator(check, "{" + list + "}"));
}

CLI::Option* Tree::Choose(CLI::Option* option, const std::vector<std::string>& codes) {
  Words words;
  for (const std::string& code : codes) words.emplace_back(code, code);
  return ChooseWord(option, codes, words);
}

CLI::Option* Tree::Suggest(CLI::Option* option, const std::vector<std::string>& codes) {
  std::string list;
  for (const std::string& code : codes) list += (list.empty() ? "" : ",") + code;
  return option->type_name(option->get_type_name() + ":~{" + list + "}");
}

std::vector<std::string> Tree::CodesOf(std::string_view kind) {
  return Texts(Language::kEnglish).Codes(kind);
}

CLI::Option* Tree::ChooseColour(CLI::Option* option) {
  const Texts dutch(Language::kDutch);
  std::vector<std::string> shown;
  Words words;
  for (const std::string code : {"red", "amber", "green"}) {
    shown.push_back(texts_.Word("colour", code));
    words.emplace_back(code, code);
    words.emplace_back(shown.back(), code);
    words.emplace_back(dutch.Word("colour", code), code);
  }
  return ChooseWord(option, shown, words);
}

CLI::Option* Tree::Within(CLI::Option* option, int least, int most) {
  const auto check = [this, least, most](std::string& value) {
    int number = 0;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, number);
    const bool good = error == std::errc() && stop == end && number >= least && number <= most;
    if (good) return std::string();
    return texts_.Say(
        "usage.not_in_range",
        {{"value", value}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
  };
  return option->check(CLI::Validator(check, std::to_string(least) + " - " + std::to_string(most)));
}

void Tree::AddGlobal() {
  Add(&app_, "--json", options_.json, "help.json");
  Add(&app_, "-q,--quiet", options_.quiet, "help.quiet");
  Add(&app_, "--no-color", options_.no_color, "help.no_color");
  Choose(Add(&app_, "--lang", options_.language, "help.lang"), {"nl", "en"})->type_name("CODE");
  Add(&app_, "--config", options_.config, "help.config")->type_name("FILE");
  Suggest(Add(&app_, "--purpose", options_.purpose, "help.purpose")->type_name("CODE"),
          CodesOf("purpose_word"));
  Within(Add(&app_, "--timeout", options_.timeout_s, "help.timeout"), 1, 600)->type_name("SECONDS");
}

}  // namespace samenspel::cli
