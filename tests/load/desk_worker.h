// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "common/bus/client.h"
#include "tests/load/ledger.h"

namespace samenspel::load {

/// Somebody at a desk who takes reports, looks what lies there, claims, hands over and settles, as
/// fast as the service answers.
class DeskWorker {
 public:
  ///   number  picks the dice and the invented families
  DeskWorker(std::string name, int number, std::unique_ptr<bus::Client> intake, Ledger& ledger,
             const std::vector<std::string>& colleagues);

  /// One round: a report is sent, the queue is read, and something is done with what lies there.
  void Round();
  size_t conflicts() const { return conflicts_; }

 private:
  struct Heard {
    common::v1::Status status = common::v1::STATUS_UNSPECIFIED;
    intake::v1::Response response;
  };
  Heard Ask(const intake::v1::Request& request, uint64_t expected_version = 0);
  void Send();
  void Claim();
  void Act();
  void Note(Ledger::Act act, const Heard& heard);
  bool Chance(int percent) { return static_cast<int>(dice_() % 100) < percent; }

  std::string name_;
  int number_;
  std::unique_ptr<bus::Client> intake_;
  Ledger& ledger_;
  const std::vector<std::string>& colleagues_;
  std::mt19937_64 dice_;
  uint64_t sent_ = 0;
  size_t conflicts_ = 0;
};

}  // namespace samenspel::load
