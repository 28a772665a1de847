// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/options.h"

#include <CLI/CLI.hpp>

namespace samenspel::cli {
namespace {

constexpr const char* kVersion = "samenspel 0.1.0";

// Builds the tree of things and verbs; the verb that was typed fills in `options.command`.
class Tree {
 public:
  Tree(const Texts& texts, Options& options)
      : texts_(texts), options_(options), app_(texts.Say("help.app"), "samenspel") {
    app_.require_subcommand(1);
    app_.set_help_flag("-h,--help", texts_.Say("help.help"));
    app_.set_version_flag("--version", kVersion, texts_.Say("help.version"));
    AddGlobal();
    AddReport();
    AddMeetingAndAudit();
    AddKeys();
    AddStatus();
    AddRegion();
  }

  CLI::App& app() { return app_; }

 private:
  CLI::App* Thing(const std::string& name) {
    CLI::App* thing = app_.add_subcommand(name, texts_.Say("help." + name));
    thing->require_subcommand(1)->fallthrough();
    return thing;
  }

  CLI::App* Verb(CLI::App* thing, const std::string& name, const std::string& help,
                 Command command) {
    CLI::App* verb = thing->add_subcommand(name, texts_.Say(help));
    verb->fallthrough();
    verb->callback([this, command] { options_.command = command; });
    return verb;
  }

  template <class T>
  CLI::Option* Add(CLI::App* verb, const std::string& name, T& value, const std::string& help) {
    if constexpr (std::is_same_v<T, bool>) {
      return verb->add_flag(name, value, texts_.Say(help));
    } else {
      return verb->add_option(name, value, texts_.Say(help));
    }
  }

  void AddGlobal() {
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

  void AddReport() {
    CLI::App* report = Thing("report");
    CLI::App* submit = Verb(report, "submit", "help.report.submit", Command::kReportSubmit);
    auto* file = Add(submit, "FILE", options_.target, "help.report.file")->type_name("");
    Add(submit, "--retry", options_.retry, "help.report.retry");
    submit->callback([this, file] {
      if (!options_.retry && file->empty()) throw CLI::RequiredError("FILE");
      options_.command = Command::kReportSubmit;
    });
    CLI::App* show = Verb(report, "show", "help.report.show", Command::kReportShow);
    Add(show, "ID", options_.target, "help.id")->required()->type_name("");
  }

  void AddMeetingAndAudit() {
    CLI::App* meeting = Verb(Thing("meeting"), "show", "help.meeting.show", Command::kMeetingShow);
    Add(meeting, "ID", options_.target, "help.id")->required()->type_name("");
    CLI::App* audit = Verb(Thing("audit"), "show", "help.audit.show", Command::kAuditShow);
    Add(audit, "REF", options_.target, "help.ref")->required()->type_name("");
  }

  void AddKeys() {
    CLI::App* keys = Thing("keys");
    KeysOptions& to = options_.keys;
    CLI::App* make = Verb(keys, "new", "help.keys.new", Command::kKeysNew);
    Add(make, "--id", options_.target, "help.keys.id")->required()->type_name("ID");
    Add(make, "--employer", to.employer, "help.keys.employer")->required()->type_name("ORG");
    Add(make, "--organisation", to.organisation, "help.keys.organisation")->type_name("ORG");
    Add(make, "--function", to.function, "help.keys.function")->required()->type_name("CODE");
    Add(make, "--role", to.roles, "help.keys.role")->required()->type_name("CODE");
    Add(make, "--days", to.days, "help.keys.days")->check(CLI::Range(1, 3650))->type_name("N");
    Add(make, "--service", to.service, "help.keys.service");
    Add(make, "--if-missing", to.if_missing, "help.keys.if_missing");
    Add(make, "--secrets", to.secrets, "help.keys.secrets")->required()->type_name("DIR");
    CLI::App* list = Verb(keys, "list", "help.keys.list", Command::kKeysList);
    CLI::App* revoke = Verb(keys, "revoke", "help.keys.revoke", Command::kKeysRevoke);
    Add(revoke, "ID", options_.target, "help.keys.id")->required()->type_name("");
    CLI::App* log = Verb(keys, "audit-key", "help.keys.audit_key", Command::kKeysAuditKey);
    Add(log, "--origin", to.origin, "help.keys.origin")->required()->type_name("NAME");
    for (CLI::App* verb : {make, list, revoke, log}) {
      Add(verb, "--registry", to.registry, "help.keys.registry")->required()->type_name("DIR");
    }
  }

  void AddStatus() {
    CLI::App* status = app_.add_subcommand("status", texts_.Say("help.status"));
    status->fallthrough()->callback([this] { options_.command = Command::kStatus; });
    Add(status, "--wait", options_.wait_s, "help.status.wait")
        ->check(CLI::Range(0, 3600))
        ->type_name("SECONDS");
  }

  void AddRegion() {
    RegionOptions& to = options_.region;
    CLI::App* demo = Verb(Thing("region"), "demo", "help.region.demo", Command::kRegionDemo);
    Add(demo, "--seed", to.seed, "help.region.seed")->type_name("N");
    Add(demo, "--professionals", to.professionals, "help.region.professionals")
        ->check(CLI::Range(4, 20000))
        ->type_name("N");
    Add(demo, "--days", to.days, "help.region.days")->check(CLI::Range(1, 400))->type_name("N");
    Add(demo, "--print", to.print, "help.region.print");
  }

  const Texts& texts_;
  Options& options_;
  CLI::App app_;
};

// The library's own sentence names the argument but exists in English only, so it stands behind
// ours.
Early UsageError(const CLI::ParseError& error, const CLI::App& app, const Texts& texts) {
  const std::vector<std::string> unknown = app.remaining(true);
  if (!unknown.empty()) {
    return {kExitInvalid, texts.Say("usage.unknown", {{"argument", unknown.front()}}) + "\n"};
  }
  return {kExitInvalid, texts.Say("usage.wrong", {{"detail", error.what()}}) + "\n"};
}

}  // namespace

std::variant<Options, Early> ReadOptions(const std::vector<std::string>& arguments,
                                         const Texts& texts) {
  Options options;
  Tree tree(texts, options);
  try {
    tree.app().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForVersion&) {
    return Early{kExitOk, std::string(kVersion) + "\n"};
  } catch (const CLI::CallForHelp&) {
    return Early{kExitOk, tree.app().help()};
  } catch (const CLI::ParseError& error) {
    return UsageError(error, tree.app(), texts);
  }
  return options;
}

std::string LanguageAhead(const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) return arguments[i + 1];
    if (arguments[i].starts_with("--lang=")) return arguments[i].substr(7);
  }
  return {};
}

}  // namespace samenspel::cli
