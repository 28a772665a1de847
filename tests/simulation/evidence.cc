// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/evidence.h"

#include <algorithm>

#include "common/daemon/replay.h"
#include "common/store/bytes.h"

namespace samenspel::simulation {
namespace {

using store::Column;

Entries ReadJournal(const store::Store& store) {
  Entries entries;
  store.Scan(Column::kJournal, "", "", [&](std::string_view, std::string_view row) {
    entries.push_back(store::ParseStored(row));
    return true;
  });
  return entries;
}

Entries ReadCopies(const store::Store& store, const std::string& service) {
  Entries entries;
  store.Scan(Column::kCopy, service + "/", "", [&](std::string_view, std::string_view row) {
    entries.push_back(store::ParseStored(row));
    return true;
  });
  return entries;
}

// Every row of every column, one after another.
std::string AllRows(const store::Store& store) {
  std::string all;
  for (const Column column : {Column::kJournal, Column::kState, Column::kPrivate, Column::kIndex,
                              Column::kDedup, Column::kCursor, Column::kCopy}) {
    store.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
      all += key;
      all += value;
      return true;
    });
  }
  return all;
}

std::vector<std::string> FamilyTexts(const Story& story) {
  std::vector<std::string> texts = {story.form.private_().address(),
                                    story.form.private_().happening().text(),
                                    story.form.secret().secret_location()};
  for (const auto& child : story.form.private_().children()) texts.push_back(child.bsn());
  std::erase(texts, "");
  return texts;
}

}  // namespace

Evidence Collect(World& world, const Crowd& crowd, const demo::Region& region) {
  Evidence evidence;
  for (size_t i = 0; i < kMachines; ++i) {
    evidence.journals[i] = ReadJournal(world.machine(i).store());
    evidence.copies[i] = ReadCopies(world.machine(kAudit).store(), kServices[i]);
  }
  evidence.acknowledged = crowd.notes().acknowledged;
  evidence.stories.assign(crowd.stories().begin(), crowd.stories().end());
  evidence.region = region;
  evidence.ended_at = world.timeline().instant();
  return evidence;
}

Findings CheckAll(const Evidence& evidence) {
  Findings all;
  for (const auto check : {CheckChains, CheckAcknowledged, CheckEffects, CheckMeetings,
                           CheckBookings, CheckFirstSteps, CheckLog}) {
    Findings some = check(evidence);
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

Findings CheckReplay(World& world) {
  Findings findings;
  for (size_t i = 0; i < kMachines; ++i) {
    Machine& machine = world.machine(i);
    const base::Status verified = daemon::Verify(machine.store(), machine.keys(), machine.entropy(),
                                                 [&] { return machine.MakeService(); });
    if (!verified.ok()) findings.push_back(machine.service() + ": " + verified.message());
  }
  return findings;
}

Findings CheckPrivacy(World& world, const Evidence& evidence) {
  Findings findings;
  for (size_t i = 0; i < kMachines; ++i) {
    Machine& machine = world.machine(i);
    const std::string seen = AllRows(machine.store()) + machine.log();
    for (const Story& story : evidence.stories) {
      for (const std::string& text : FamilyTexts(story)) {
        if (seen.find(text) == std::string::npos) continue;
        findings.push_back(machine.service() + " shows family data of " + story.answer.report());
      }
    }
  }
  return findings;
}

}  // namespace samenspel::simulation
