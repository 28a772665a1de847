// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/tree.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

// Works on what this machine has: no config, so no purpose either.
void WithoutConfig(Tree& tree, CLI::App* verb) {
  verb->parse_complete_callback([&tree] { tree.options().needs_config = false; });
}

// Asks nothing of a service that a purpose is checked for.
void WithoutPurpose(Tree& tree, CLI::App* verb) {
  verb->parse_complete_callback([&tree] { tree.options().needs_purpose = false; });
}

std::vector<std::string> IntakeRequests() {
  std::vector<std::string> names;
  const auto& requests = *intake::v1::Request::descriptor();
  names.reserve(static_cast<size_t>(requests.field_count()));
  for (int i = 0; i < requests.field_count(); ++i) names.push_back(requests.field(i)->name());
  return names;
}

void AddTimes(Tree& tree, CLI::App* verb) {
  tree.Add(verb, "--from", tree.options().operate.from, "help.roster.from")->type_name("TIME");
  tree.Add(verb, "--until", tree.options().operate.until, "help.roster.until")->type_name("TIME");
}

void AddRoster(Tree& tree) {
  OperateOptions& to = tree.options().operate;
  CLI::App* roster = tree.Thing("roster");
  CLI::App* load = tree.Verb(roster, "load", "help.roster.load", RosterLoad);
  tree.AddOperand(load, "FILE", tree.options().target, "help.roster.file");
  WithoutPurpose(tree, load);
  CLI::App* show = tree.Verb(roster, "show", "help.roster.show", RosterShow);
  tree.Suggest(tree.Add(show, "--function", to.function, "help.roster.function")->type_name("CODE"),
               Tree::CodesOf("function"));
  tree.Add(show, "--organisation", to.organisation, "help.roster.organisation")->type_name("ID");
  tree.Add(show, "--on-duty", to.on_duty, "help.roster.on_duty");
  tree.Add(show, "--ids", to.ids, "help.roster.ids");
  AddTimes(tree, show);
  CLI::App* coverage = tree.Verb(roster, "coverage", "help.roster.coverage", RosterCoverage);
  tree.Within(tree.Add(coverage, "--weeks", to.weeks, "help.roster.weeks"), 1, 13)->type_name("N");
  AddTimes(tree, coverage);
}

void AddPolicy(Tree& tree) {
  OperateOptions& to = tree.options().operate;
  CLI::App* policy = tree.Thing("policy");
  tree.Alone(policy, Policy);
  policy->parse_complete_callback([&tree, policy] {
    if (policy->get_subcommands().empty()) tree.options().needs_config = false;
  });
  CLI::App* explain = tree.Verb(policy, "explain", "help.policy.explain", PolicyExplain);
  tree.Suggest(tree.AddOperand(explain, "WHO", tree.options().target, "help.policy.who"), {"me"});
  tree.Suggest(tree.AddOperand(explain, "WHAT", to.what, "help.policy.what"), IntakeRequests());
  tree.AddOperand(explain, "CASE", to.in_case, "help.policy.case");
}

void AddSettings(Tree& tree) {
  CLI::App* config = tree.Thing("config")->description(tree.Say("help.settings"));
  CLI::App* show = tree.Verb(config, "show", "help.config.show", ConfigShow);
  tree.Add(show, "--origin", tree.options().operate.origin, "help.config.origin");
  WithoutPurpose(tree, show);
  CLI::App* purpose = tree.Thing("purpose");
  tree.Alone(purpose, PurposeShow);
  WithoutPurpose(tree, purpose);
  tree.Verb(purpose, "show", "help.purpose.show", PurposeShow);
  CLI::App* set = tree.Verb(purpose, "set", "help.purpose.set", PurposeSet);
  tree.Suggest(tree.AddOperand(set, "CODE", tree.options().target, "help.purpose.code"),
               Tree::CodesOf("purpose_word"));
  tree.Verb(purpose, "forget", "help.purpose.forget", PurposeForget);
}

void AddHelp(Tree& tree) {
  CLI::App* glossary = tree.Verb(&tree.app(), "glossary", "help.glossary", Glossary);
  tree.Add(glossary, "TERM", tree.options().target, "help.glossary.term")->type_name("");
  CLI::App* completion = tree.Thing("completion");
  CLI::App* bash = tree.Verb(completion, "bash", "help.completion.bash", CompletionBash);
  CLI::App* manual = tree.Verb(&tree.app(), "manual", "help.manual", ShowManual);
  CLI::App* help = tree.Verb(&tree.app(), "help", "help.command", ShowHelp);
  tree.Add(help, "COMMAND", tree.options().operate.words, "help.command.words")->type_name("");
  for (CLI::App* verb : {glossary, bash, manual, help}) WithoutConfig(tree, verb);
}

void AddTop(Tree& tree) {
  OperateOptions& to = tree.options().operate;
  CLI::App* top = tree.Verb(&tree.app(), "top", "help.top", Top);
  tree.Within(tree.Add(top, "--interval", to.interval_s, "help.top.interval"), 1, 3600)
      ->type_name("SECONDS");
  tree.Add(top, "--once", to.once, "help.top.once");
  WithoutPurpose(tree, top);
}

}  // namespace

void AddOversee(Tree& tree) {
  AddRoster(tree);
  AddPolicy(tree);
  AddSettings(tree);
  AddHelp(tree);
  AddTop(tree);
}

}  // namespace samenspel::cli
