// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "clients/demo/region.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/simulation/person.h"

namespace samenspel::simulation {

/// One report: what was sent, and what became of it as its sender saw it.
struct Story {
  intake::v1::Colour colour;
  intake::v1::SubmitReport form;
  std::string sender;
  std::string organisation;
  bool received = false;
  intake::v1::ReportReceived answer;
  common::v1::Ref entry;
  int awaits_open = 0;
};

/// Who plays in a run: a manager who sets up the region, desks that report, somebody who may not,
/// and an auditor who checks the log.
class Crowd {
 public:
  struct Size {
    uint64_t seed;
    int reports;
    Micros between_reports;
    Micros patience;
  };
  static constexpr int kProfessionals = 12;
  static constexpr int kDays = 14;

  /// Everybody of the region with this seed, the services included.
  static std::vector<bus::Principal> Principals(const demo::Region& region);

  Crowd(World& world, const demo::Region& region, Size size);

  /// Plans the whole fault phase from now on.
  void Begin();
  /// Everything that was begun is answered.
  bool IsDone() const { return reports_sent_ == size_.reports && notes_.open.empty(); }
  /// One more look at the log, after all has come to rest.
  void LookOnceMore() { CheckLog(); }

  const Notes& notes() const { return notes_; }
  const std::deque<Story>& stories() const { return stories_; }
  uint64_t log_checks() const { return log_checks_; }
  uint64_t refused_strangers() const { return refused_strangers_; }

 private:
  void SetUp(size_t step);
  std::vector<meeting::v1::Request> RequestsOf(size_t step) const;
  void Report(int number);
  void Received(Story& story, const std::string& id, const common::v1::Reply& reply);
  void Hold(Story& story);
  void AwaitAll(Story& story);
  void Awaited(Story& story, size_t server, const std::string& by,
               const common::v1::Awaited& awaited);
  void Look(Story& story);
  void Misuse(Story& story, const std::string& id);
  void Intrude();
  void CheckLog();
  void CheckConsistency();
  void SeeCheckpoint(const std::string& note, bool proven);
  Person& SenderOf(const Story& story);

  World& world_;
  const demo::Region& region_;
  Size size_;
  Notes notes_;
  support::SeededEntropy chance_;
  std::vector<std::unique_ptr<Person>> desks_;
  std::unique_ptr<Person> manager_;
  std::unique_ptr<Person> member_;
  std::unique_ptr<Person> auditor_;
  std::deque<Story> stories_;
  int reports_sent_ = 0;
  std::vector<common::v1::Ref> audited_;  // Entries that audit said it holds.
  uint64_t log_size_ = 0;
  std::string log_root_;
  uint64_t log_checks_ = 0;
  uint64_t refused_strangers_ = 0;
};

}  // namespace samenspel::simulation
