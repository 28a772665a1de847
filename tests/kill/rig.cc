// SPDX-License-Identifier: EUPL-1.2
#include "tests/kill/rig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "clients/demo/region.h"
#include "tests/support/ask.h"
#include "tests/support/changed.h"

namespace samenspel::kill {
namespace {

constexpr base::milliseconds kAnsweredWithin{60'000};
constexpr base::milliseconds kCheckedWithin{600'000};
constexpr int kDays = 10;
constexpr const char* kDesks[] = {"desk-vt", "desk-vt2", "desk-gi"};
constexpr int kThreadsADesk = 2;

std::vector<std::string> TableNames() {
  std::vector<std::string> names;
  for (size_t i = 0; i < std::size(demo::kSeatFunctions); ++i) {
    names.push_back("table-" + std::to_string(i));
  }
  return names;
}

// One of the roster for each seat that is always there.
void EnterTableMembers(support::Region& region, int professionals) {
  const auto people = demo::Generate(support::kRegionSeed, professionals, 1, base::Instant{});
  const std::vector<std::string> names = TableNames();
  for (size_t i = 0; i < names.size(); ++i) {
    for (const auto& one : people.professionals) {
      if (one.functions(0) != demo::kSeatFunctions[i]) continue;
      if (one.id() == region.PrincipalOf("table-gi").id) continue;
      region.Enter(names[i], {one.id(), one.organisation(), one.functions(0), "table_member",
                              "child_safety", one.employer()});
      break;
    }
  }
}

}  // namespace

uint64_t Asked(const char* name, uint64_t usual) {
  const char* asked = std::getenv(name);
  return asked == nullptr ? usual : std::strtoull(asked, nullptr, 10);
}

Load::Load(const support::Region& region, uint64_t seed, const std::string& record)
    : shared_(record) {
  for (const char* desk : kDesks) colleagues_.push_back(region.PrincipalOf(desk).id);
  std::vector<std::unique_ptr<Person>> people;
  uint64_t number = seed * 1000;
  for (int i = 0; i < kThreadsADesk; ++i) {
    for (const char* desk : kDesks) {
      people.push_back(NewDeskWorker(region, desk, ++number, shared_, colleagues_));
    }
  }
  for (const std::string& name : TableNames()) {
    people.push_back(NewTableMember(region, name, ++number, shared_));
  }
  people.push_back(NewTableMember(region, "table-gi", ++number, shared_));
  people.push_back(NewDutyManager(region, "duty-vt", ++number, shared_));
  threads_.reserve(people.size());
  for (auto& person : people) {
    threads_.emplace_back([this, person = std::move(person)] {
      while (!shared_.pace.closed()) person->Round();
    });
  }
}

Load::~Load() { Finish(); }

void Load::Finish() {
  if (threads_.empty()) return;
  EXPECT_TRUE(shared_.pace.AwaitAll(kAnsweredWithin)) << "not every change was answered";
  shared_.pace.Close();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

Rig::Rig(uint64_t seed, int professionals)
    : dice_(seed), seed_(seed), professionals_(professionals) {
  // Whoever reports red and names nobody is rung at once, so that there is something to say yes to.
  const std::string terms = region_.folder() + "/config/terms.toml";
  support::WriteFile(terms, support::Changed(support::ReadFile(terms), "first_step_minutes = 10",
                                             "first_step_minutes = 0"));
  EnterTableMembers(region_, professionals_);
}

void Rig::Start() {
  region_.Start();
  region_.LoadRoster(professionals_, kDays);
}

void Rig::BeginLoad() { load_ = std::make_unique<Load>(region_, seed_, record()); }

support::Outcome Rig::Check() const {
  return support::RunToEnd({{SAMENSPEL_KILL_CHECKER, record(), region_.folder()}, {}, {}, {}},
                           kCheckedWithin);
}

std::string Rig::EndAndCheck() {
  std::string counts;
  if (load_) {
    load_->Finish();
    EXPECT_THAT(load_->shared().TakeTroubles(), testing::IsEmpty()) << "seed " << seed_;
    for (const auto& [what, count] : load_->shared().counts()) {
      counts += ", " + what + " " + std::to_string(count);
    }
    load_.reset();
  }
  region_.Settle();
  region_.StopAll();
  const support::Outcome checked = Check();
  EXPECT_EQ(checked.code, 0) << "seed " << seed_ << "\n" << checked.output;
  return checked.output + "load" + counts + "\n";
}

void Rig::ExpectAllRun() {
  for (const std::string_view service : support::kServices) {
    EXPECT_TRUE(region_.Daemon(service).Runs())
        << service << " has ended by itself, seed " << seed_ << ":\n"
        << region_.LogText(service);
  }
}

}  // namespace samenspel::kill
