// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/config.h"
#include "clients/samenspel/tree/tree.h"

namespace samenspel::cli {
namespace {

std::vector<std::string> Roles() {
  return {"desk_worker",     "table_member", "duty_manager", "region_manager",
          "privacy_officer", "auditor",      "operator",     "service"};
}

void AddAudit(Tree& tree) {
  CLI::App* audit = tree.Thing("audit");
  CLI::App* show = tree.Verb(audit, "show", "help.audit.show", AuditShow);
  tree.AddOperand(show, "REF", tree.options().target, "help.ref");
  tree.Verb(audit, "verify", "help.audit.verify", AuditVerify);
  CLI::App* copy = tree.Verb(audit, "export", "help.audit.export", AuditExport);
  tree.AddOperand(copy, "DIR", tree.options().target, "help.audit.folder");
}

void AddKeys(Tree& tree) {
  CLI::App* keys = tree.Thing("keys");
  Options& options = tree.options();
  KeysOptions& to = options.keys;
  CLI::App* make = tree.Verb(keys, "new", "help.keys.new", KeysNew);
  tree.Add(make, "--id", options.target, "help.keys.id")->required()->type_name("ID");
  tree.Add(make, "--employer", to.employer, "help.keys.employer")->required()->type_name("ORG");
  tree.Add(make, "--organisation", to.organisation, "help.keys.organisation")->type_name("ORG");
  auto* function = tree.Add(make, "--function", to.function, "help.keys.function");
  tree.Suggest(function->required()->type_name("CODE"), Tree::CodesOf("function"));
  auto* role = tree.Add(make, "--role", to.roles, "help.keys.role");
  tree.Suggest(role->required()->type_name("CODE"), Roles());
  tree.Within(tree.Add(make, "--days", to.days, "help.keys.days"), 1, 3650)->type_name("N");
  tree.Add(make, "--service", to.service, "help.keys.service");
  tree.Add(make, "--if-missing", to.if_missing, "help.keys.if_missing");
  tree.Add(make, "--secrets", to.secrets, "help.keys.secrets")->required()->type_name("DIR");
  CLI::App* list = tree.Verb(keys, "list", "help.keys.list", KeysList);
  CLI::App* revoke = tree.Verb(keys, "revoke", "help.keys.revoke", KeysRevoke);
  tree.AddOperand(revoke, "ID", options.target, "help.keys.id");
  CLI::App* rotate = tree.Verb(keys, "rotate", "help.keys.rotate", KeysRotate);
  tree.AddOperand(rotate, "ID", options.target, "help.keys.id");
  tree.Add(rotate, "--secrets", to.secrets, "help.keys.secrets")->required()->type_name("DIR");
  tree.Add(rotate, "--switch", to.change, "help.keys.switch");
  tree.Add(rotate, "--finish", to.finish, "help.keys.finish");
  tree.Add(rotate, "--cancel", to.cancel, "help.keys.cancel");
  CLI::App* log = tree.Verb(keys, "audit-key", "help.keys.audit_key", KeysAuditKey);
  tree.Add(log, "--origin", to.origin, "help.keys.origin")->required()->type_name("NAME");
  for (CLI::App* verb : {make, list, revoke, rotate, log}) {
    tree.Add(verb, "--registry", to.registry, "help.keys.registry")->required()->type_name("DIR");
    verb->parse_complete_callback([&options] { options.needs_config = false; });
  }
}

void AddStatus(Tree& tree) {
  CLI::App* status = tree.Verb(&tree.app(), "status", "help.status", ShowStatus);
  tree.Within(tree.Add(status, "--wait", tree.options().wait_s, "help.status.wait"), 0, 3600)
      ->type_name("SECONDS");
  status->parse_complete_callback([&tree] { tree.options().needs_purpose = false; });
}

void AddClock(Tree& tree) {
  CLI::App* clock = tree.Thing("clock");
  tree.Alone(clock, Clock);
  CLI::App* accept = tree.Verb(clock, "accept", "help.clock.accept", ClockAccept);
  auto* service =
      tree.Add(accept, "--service", tree.options().operate.service, "help.clock.service");
  tree.Choose(service, {std::begin(kServices), std::end(kServices)})->type_name("NAME");
  for (CLI::App* verb : {clock, accept}) {
    verb->parse_complete_callback([&tree] { tree.options().needs_purpose = false; });
  }
}

void AddRegion(Tree& tree) {
  Options& options = tree.options();
  RegionOptions& to = options.region;
  CLI::App* demo = tree.Verb(tree.Thing("region"), "demo", "help.region.demo", RegionDemo);
  tree.Add(demo, "--seed", to.seed, "help.region.seed")->type_name("N");
  tree.Within(tree.Add(demo, "--professionals", to.professionals, "help.region.professionals"), 4,
              20000)
      ->type_name("N");
  tree.Within(tree.Add(demo, "--days", to.days, "help.region.days"), 1, 400)->type_name("N");
  tree.Add(demo, "--print", to.print, "help.region.print");
  demo->parse_complete_callback([&options] {
    options.needs_config = !options.region.print;
    options.needs_purpose = false;  // It has one of its own.
  });
}

}  // namespace

void AddOperate(Tree& tree) {
  AddAudit(tree);
  AddKeys(tree);
  AddStatus(tree);
  AddClock(tree);
  AddRegion(tree);
}

}  // namespace samenspel::cli
