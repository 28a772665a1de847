// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/watch.h"

#include "tests/simulation/model/alarms.h"
#include "tests/simulation/model/clocks.h"
#include "tests/simulation/model/copies.h"
#include "tests/simulation/model/effects.h"
#include "tests/simulation/model/journal.h"
#include "tests/simulation/model/log.h"
#include "tests/simulation/model/ownership.h"
#include "tests/simulation/model/readings.h"
#include "tests/simulation/model/rights.h"

namespace samenspel::simulation::model {

struct Watch::Rules {
  Rules(const std::string& origin, const tlog::VerifierKey& key) : log(notebook, origin, key) {}

  Notebook notebook;
  Journal journal{notebook};
  Effects effects{notebook, journal};
  RuleBook rule_book{notebook};
  People people{notebook};
  Clocks clocks{notebook, people};
  Reports reports{notebook, rule_book};
  Ownership ownership{notebook, reports};
  Tables tables{notebook, rule_book, reports};
  CaseLists lists{notebook};
  Rights rights{notebook, people, reports, tables, rule_book, lists};
  Readings readings{notebook, rule_book, lists};
  Copies copies{notebook, effects, reports, tables};
  Alarms alarms{notebook, rule_book, reports, copies};
  Log log;
  // Whoever looks at what was so before an entry goes before whoever takes the entry over.
  std::vector<Rule*> all = {&journal,  &effects, &rule_book, &people, &clocks, &ownership, &rights,
                            &readings, &reports, &tables,    &lists,  &copies, &alarms,    &log};
};

Watch::Watch(const std::string& origin, const tlog::VerifierKey& key)
    : rules_(std::make_unique<Rules>(origin, key)) {}

Watch::~Watch() = default;

void Watch::Committed(size_t service, const store::Stored& entry, base::Instant true_time) {
  const Seen seen(service, entry, true_time);
  for (Rule* rule : rules_->all) rule->Take(seen);
}

void Watch::Answered(const std::string& principal, size_t server, const common::v1::Reply& reply) {
  rules_->journal.Answered(principal, server, reply);
}

void Watch::Shown(const Reading& reading, base::Instant true_time) {
  rules_->rights.Shown(reading, true_time);
}

void Watch::LostMemory(size_t service) {
  for (Rule* rule : rules_->all) rule->Restarted(service);
}

void Watch::Started(size_t service) { rules_->clocks.Started(service); }

void Watch::ClockShows(size_t service, base::Instant wall, base::milliseconds since_boot) {
  rules_->clocks.Shows(service, wall, since_boot);
}

Findings Watch::TakeFindings() { return rules_->notebook.Take(); }

Findings Watch::AtEnd(base::Instant true_time) {
  for (Rule* rule : rules_->all) rule->AtEnd(true_time);
  return rules_->notebook.Take();
}

}  // namespace samenspel::simulation::model
