// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/tree.h"

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

void Tree::AddGlobal() {
  Add(&app_, "--json", options_.json, "help.json");
  Add(&app_, "-q,--quiet", options_.quiet, "help.quiet");
  Add(&app_, "--no-color", options_.no_color, "help.no_color");
  Add(&app_, "--lang", options_.language, "help.lang")
      ->check(CLI::IsMember({"nl", "en"}))
      ->type_name("nl|en");
  Add(&app_, "--config", options_.config, "help.config")->type_name("FILE");
  Add(&app_, "--purpose", options_.purpose, "help.purpose")->type_name("CODE");
  Add(&app_, "--timeout", options_.timeout_s, "help.timeout")
      ->check(CLI::Range(1, 600))
      ->type_name("SECONDS");
}

}  // namespace samenspel::cli
