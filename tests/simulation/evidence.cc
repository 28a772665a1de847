// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/evidence.h"

#include <algorithm>
#include <bitset>
#include <unordered_map>

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

// Finds many texts in one pass: whoever shares their first bytes is compared whole.
class Texts {
 public:
  void Add(const std::string& text, const std::string& owner) {
    if (text.size() < kStart) return;
    by_start_[StartOf(text)].push_back({text, owner});
    perhaps_.set(BitOf(StartOf(text)));
  }
  std::vector<std::string> OwnersIn(std::string_view all) const {
    std::vector<std::string> owners;
    for (size_t at = 0; at + kStart <= all.size(); ++at) {
      const uint64_t start = StartOf(all.substr(at));
      if (!perhaps_.test(BitOf(start))) continue;
      const auto found = by_start_.find(start);
      if (found == by_start_.end()) continue;
      for (const auto& [text, owner] : found->second) {
        if (all.substr(at).starts_with(text)) owners.push_back(owner);
      }
    }
    return owners;
  }

 private:
  static constexpr size_t kStart = 8;
  static constexpr int kBits = 16;
  static uint64_t StartOf(std::string_view text) { return store::FromBigEndian(text); }
  static size_t BitOf(uint64_t start) { return (start * 0x9e3779b97f4a7c15) >> (64 - kBits); }
  struct Text {
    std::string text;
    std::string owner;
  };
  std::unordered_map<uint64_t, std::vector<Text>> by_start_;
  std::bitset<1 << kBits> perhaps_;  // Hardly any place is worth looking up.
};

}  // namespace

Evidence Collect(World& world, const Crowd& crowd) {
  Evidence evidence;
  for (size_t i = 0; i < kMachines; ++i) {
    evidence.journals[i] = ReadJournal(world.machine(i).store());
    evidence.copies[i] = ReadCopies(world.machine(kAudit).store(), kServices[i]);
  }
  evidence.acknowledged = crowd.notes().acknowledged;
  evidence.turned_away = crowd.notes().turned_away;
  evidence.stories.assign(crowd.stories().begin(), crowd.stories().end());
  return evidence;
}

Findings CheckAll(const Evidence& evidence) {
  Findings all;
  for (const auto check :
       {CheckChains, CheckAcknowledged, CheckTurnedAway, CheckKeys, CheckStories, CheckCopies}) {
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
  Texts texts;
  for (const Story& story : evidence.stories) {
    for (const std::string& text : FamilyTexts(story)) texts.Add(text, story.answer.report());
  }
  for (size_t i = 0; i < kMachines; ++i) {
    Machine& machine = world.machine(i);
    for (const std::string& report : texts.OwnersIn(AllRows(machine.store()) + machine.log())) {
      findings.push_back(machine.service() + " shows family data of " + report);
    }
  }
  return findings;
}

}  // namespace samenspel::simulation
