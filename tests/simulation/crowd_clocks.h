// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>

#include "tests/simulation/crowd_stage.h"

namespace samenspel::simulation {

/// Operators who look at the clocks of the machines: they accept one that is right, at once or
/// late, now and then one that is wrong; and people who may not.
class Clocks {
 public:
  explicit Clocks(Stage& stage) : stage_(stage) {}

  /// An operator compares all services with a clock that they trust, and mostly settles what must
  /// be settled.
  void LookSome();
  /// Somebody accepts who may not, or where there is nothing to accept, or what is not so.
  void Meddle();
  /// An operator accepts wherever it is called for, now that all machines are right.
  void SettleAll();
  /// Nothing was left to settle at the last SettleAll that was answered.
  bool AllRight() const;

 private:
  struct Look {
    base::milliseconds off;  // Wall clock minus own time; 0: believed.
    bool right;              // The machine's clock is.
  };
  void Seen(Person& who, size_t server, const common::v1::ServiceStatus& status, bool at_once);
  Look LookAt(const common::v1::ServiceStatus& status) const;
  void AcceptNow(Person& who, size_t server, base::milliseconds off, const std::string& what);
  void Accept(Person& who, size_t server, base::milliseconds off, const std::string& what,
              const Rights& rights);
  void Forge(Person& who, size_t server, const common::v1::ServiceStatus& status);
  void Ask(Person& who, size_t server,
           std::function<void(const common::v1::ServiceStatus& status)> seen);

  Stage& stage_;
  std::array<bool, kMachines> right_{};  // At the last SettleAll.
};

}  // namespace samenspel::simulation
