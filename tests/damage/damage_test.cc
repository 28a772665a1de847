// SPDX-License-Identifier: EUPL-1.2
// Whatever happens to the disk of a daemon that is down: it is noticed before the daemon serves, or
// it did no harm; and what audit has copies of comes back.
#include "tests/damage/damage.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <thread>
#include <vector>

#include "tests/damage/base.h"

namespace samenspel::damage {
namespace {

using support::Outcome;
using support::ReadFile;
using support::WriteFile;

constexpr int kCannotGoOn = 3;
constexpr size_t kCasesAtLeast = 300;
constexpr size_t kWithTheDaemonAtLeast = 30;
constexpr size_t kEveryWithTheDaemon = 6;
constexpr double kHealedAtLeast = 0.95;

uint64_t FirstSeed() {
  const char* given = std::getenv("SAMENSPEL_SEED");
  return given == nullptr ? 20'261'122 : std::strtoull(given, nullptr, 10);
}

// How often on each of the eight journals.
int TimesOf(Kind kind) {
  switch (kind) {
    case Kind::kFlipTable:
    case Kind::kFlipLog:
      return 6;
    case Kind::kFlipManifest:
    case Kind::kZeroHalfPage:
      return 4;
    case Kind::kFlipKeys:
    case Kind::kCutLog:
    case Kind::kCutLogAtRecord:
      return 3;
    case Kind::kFlipWatermark:
    case Kind::kCutManifest:
    case Kind::kCutTable:
    case Kind::kRemoveTable:
    case Kind::kZeroHalfPageOfKeys:
      return 2;
    default:
      return 1;
  }
}

struct Case {
  Kind kind;
  std::string service;
  bool is_young;
  uint64_t seed;
  std::string what = {};  // That was damaged; empty: there was nothing of that kind.
  enum class Found { kDetected, kHarmless, kSilent, kEnded } found = Found::kHarmless;
  bool by_daemon = false;
  bool is_healed = false;
  std::string said = {};
};

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  uint64_t seed = FirstSeed();
  for (int kind = 0; kind < kKinds; ++kind) {
    for (const std::string_view service : support::kServices) {
      for (const bool is_young : {true, false}) {
        for (int i = 0; i < TimesOf(static_cast<Kind>(kind)); ++i) {
          cases.push_back({static_cast<Kind>(kind), std::string(service), is_young, seed++});
        }
      }
    }
  }
  return cases;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// One case in a folder of its own.
class Trial {
 public:
  Trial(BaseRegion& base, Case& one, std::string folder)
      : base_(base), case_(one), folder_(std::move(folder)) {
    const std::string& region = base.region().folder();
    const std::string from = (one.is_young ? base.base().young : base.base().old) + "/";
    CopyFolder(from + one.service, folder_ + "/data/" + one.service);
    CopyFolder(from + one.service + "-keys", folder_ + "/data/" + one.service + "-keys");
    CopyFolder(region + "/secrets/" + one.service, folder_ + "/secrets/" + one.service);
    std::string config = ReadFile(base.region().ConfigPath(one.service));
    config = Replaced(config, region + "/data/", folder_ + "/data/");
    WriteFile(ConfigPath(), Replaced(config, region + "/secrets/", folder_ + "/secrets/"));
  }
  ~Trial() { std::filesystem::remove_all(folder_); }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  std::string ConfigPath() const { return folder_ + "/" + case_.service + ".toml"; }
  Outcome Probe(const std::vector<std::string>& words) const {
    support::Program program{{SAMENSPEL_DAMAGE_PROBE, words[0], ConfigPath()}, {}, folder_, {}};
    program.arguments.insert(program.arguments.end(), words.begin() + 1, words.end());
    return RunToEnd(program);
  }
  /// What is stored; empty when it does not open.
  std::string Digest() const {
    const Outcome outcome = Probe({"open"});
    return outcome.code == 0 ? outcome.output : std::string();
  }
  bool Damaged() {
    std::mt19937_64 chance(case_.seed);
    const Place place{folder_, case_.service, base_.base().young, base_.base().old};
    if (case_.is_young && (case_.kind == Kind::kOldData || case_.kind == Kind::kOldDatabase)) {
      return false;
    }
    case_.what = Replaced(Damage(case_.kind, place, chance), folder_, "");
    return !case_.what.empty();
  }
  /// Started, and started again as systemd does: what it says must not come to differ.
  void Start(const std::string& whole) {
    using enum Case::Found;
    for (int start = 0; start < 2; ++start) {
      const Outcome outcome = Probe({"open"});
      if (outcome.code == 0) {
        if (start > 0 && case_.found != kHarmless) case_.said += "; then: it opens";
        case_.found = outcome.output == whole ? kHarmless : kSilent;
        if (case_.found == kSilent) return;
        continue;
      }
      case_.said = outcome.output;
      case_.found = outcome.code == kCannotGoOn ? kDetected : kEnded;
      if (case_.found == kEnded) return;
    }
  }
  void StartDaemon() {
    const Outcome outcome = support::RunToEnd(
        {{support::DaemonProgram(case_.service), "--config", ConfigPath()}, {}, folder_, {}});
    case_.by_daemon = true;
    EXPECT_EQ(outcome.code, kCannotGoOn) << case_.what << "\n" << outcome.output;
    EXPECT_EQ(outcome.output.rfind("samenspel-" + case_.service + ": ", 0), 0u) << outcome.output;
  }
  void Repair(const std::string& whole) {
    const std::string audit = (case_.is_young ? base_.base().young : base_.base().old) + "/audit";
    const Outcome outcome = Probe({"repair", audit});
    case_.said += "repair: " + outcome.output;
    if (outcome.code != 0) {
      EXPECT_EQ(outcome.code, kCannotGoOn) << case_.what << "\n" << case_.said;
      return;
    }
    case_.is_healed = Digest() == whole;
    EXPECT_TRUE(case_.is_healed) << "repaired, and not as it was: " << case_.what << "\n"
                                 << case_.said;
  }

 private:
  BaseRegion& base_;
  Case& case_;
  const std::string folder_;
};

class Battery : public testing::Test {
 protected:
  std::string Whole(const Case& one) const {
    return whole_.at(one.service + (one.is_young ? "/young" : "/old"));
  }
  void LearnWhole() {
    for (const std::string_view service : support::kServices) {
      for (const bool is_young : {true, false}) {
        Case one{Kind::kFlipLog, std::string(service), is_young, 0};
        const std::string digest = Trial(base_, one, scratch_.path() + "/whole").Digest();
        ASSERT_FALSE(digest.empty()) << service << " does not open undamaged";
        whole_[one.service + (is_young ? "/young" : "/old")] = digest;
      }
    }
  }
  void RunOne(Case& one, size_t number) {
    Trial trial(base_, one, scratch_.path() + "/" + std::to_string(number));
    if (!trial.Damaged()) return;
    trial.Start(Whole(one));
    if (one.found != Case::Found::kDetected) return;
    if (number % kEveryWithTheDaemon == 0) trial.StartDaemon();
    if (one.service != "audit") trial.Repair(Whole(one));
  }
  void RunAll() {
    std::atomic<size_t> next{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(2U, std::thread::hardware_concurrency()); ++i) {
      threads.emplace_back([&] {
        for (size_t number = next++; number < cases_.size(); number = next++) {
          RunOne(cases_[number], number);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::erase_if(cases_, [](const Case& one) { return one.what.empty(); });
  }
  size_t Count(const std::function<bool(const Case&)>& fits) const {
    return static_cast<size_t>(std::count_if(cases_.begin(), cases_.end(), fits));
  }
  void PrintTable() const {
    std::printf("seed %llu\n%-26s %6s %9s %9s %7s\n", static_cast<unsigned long long>(FirstSeed()),
                "kind", "cases", "detected", "harmless", "healed");
    for (int kind = 0; kind < kKinds; ++kind) {
      const auto of = [&](Case::Found found) {
        return Count([&](const Case& one) {
          return one.kind == static_cast<Kind>(kind) && one.found == found;
        });
      };
      const size_t healed = Count(
          [&](const Case& one) { return one.kind == static_cast<Kind>(kind) && one.is_healed; });
      std::printf("%-26s %6zu %9zu %9zu %7zu\n",
                  std::string(NameOf(static_cast<Kind>(kind))).c_str(),
                  of(Case::Found::kDetected) + of(Case::Found::kHarmless) +
                      of(Case::Found::kSilent) + of(Case::Found::kEnded),
                  of(Case::Found::kDetected), of(Case::Found::kHarmless), healed);
    }
  }

  support::ScratchFolder scratch_;
  BaseRegion base_;
  std::vector<Case> cases_ = AllCases();
  std::map<std::string, std::string> whole_;
};

std::string Named(const Case& one) {
  return std::string(NameOf(one.kind)) + ", " + one.service + (one.is_young ? " young" : " old") +
         ", seed " + std::to_string(one.seed) + ", " + one.what + ": " + one.said;
}

TEST_F(Battery, NoDamageIsSilentAndWhatAuditHasComesBack) {
  ASSERT_NO_FATAL_FAILURE(LearnWhole());
  RunAll();
  PrintTable();
  EXPECT_GE(cases_.size(), kCasesAtLeast);
  EXPECT_GE(Count([](const Case& one) { return one.by_daemon; }), kWithTheDaemonAtLeast);
  size_t repairable = 0;
  size_t healed = 0;
  for (const Case& one : cases_) {
    EXPECT_NE(one.found, Case::Found::kSilent) << "silent: " << Named(one);
    EXPECT_NE(one.found, Case::Found::kEnded) << "ended without a sentence: " << Named(one);
    if (one.found != Case::Found::kDetected) continue;
    EXPECT_FALSE(one.said.empty()) << Named(one);
    if (one.service == "audit" || !IsRepairable(one.kind)) continue;
    ++repairable;
    healed += one.is_healed ? 1 : 0;
    if (!one.is_healed) std::printf("not healed: %s\n", Named(one).c_str());
  }
  std::printf("healed %zu of %zu that can be repaired\n", healed, repairable);
  EXPECT_GE(static_cast<double>(healed), kHealedAtLeast * static_cast<double>(repairable));
}

}  // namespace
}  // namespace samenspel::damage
