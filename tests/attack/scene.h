// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/attack/honest.h"
#include "tests/attack/raw_peer.h"
#include "tests/attack/vitals.h"
#include "tests/support/region.h"

namespace samenspel::attack {

/// A region under attack. The bounds are those of the requirements: whoever works honestly is
/// answered within a second, a daemon's memory grows by less than 32 MB, and its descriptors are as
/// many as before.
class Attack : public testing::Test {
 protected:
  static constexpr base::milliseconds kServedWithin{1000};
  static constexpr size_t kGrowthKb = 32'000;
  static constexpr const char* kHonest = "desk-vt";

  void SetUp() override { Begin({"intake"}); }
  /// Starts these daemons, and lets each work until its memory is what it is at work.
  void Begin(std::vector<std::string> services);

  /// What `attack` does while somebody works at `service`, and what must be true then and after.
  void Under(const std::function<void()>& attack, const std::string& service = "intake");
  /// Ends the daemons: the journal of `service` holds what came from whoever is named and from the
  /// services themselves, and nothing else.
  void ExpectEntriesOnlyBy(const std::vector<std::string>& members,
                           const std::string& service = "intake");

  uint16_t PortOf(std::string_view service = "intake") const {
    return region_.PortOf(service).number();
  }
  const std::string& KeyOf(std::string_view service = "intake") const {
    return region_.PrincipalOf(std::string(service)).curve_key;
  }
  /// Both halves of a member's key.
  bus::CurveKeys KeysOf(const std::string& member) const;
  RawPeer PeerWith(const bus::CurveKeys& keys, std::string_view service = "intake") const;
  uint64_t HeadOf(const std::string& service) const;

  support::Region region_;

 private:
  void ExpectUndisturbed(const Experience& experience, const Vitals& before,
                         const std::string& service);
};

/// A key that stands in no registry.
bus::CurveKeys StrangersKeys();
/// A report in an envelope of its own, as bytes.
std::string ReportBytes(uint64_t number);

}  // namespace samenspel::attack
