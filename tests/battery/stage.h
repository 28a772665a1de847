// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/bus/registry.h"
#include "proto/common/v1/entry.pb.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::battery {

inline constexpr const char* kServices[] = {"intake", "meeting", "escalation", "audit"};
inline constexpr size_t kIntake = 0;
inline constexpr size_t kMeeting = 1;
inline constexpr size_t kEscalation = 2;
inline constexpr size_t kAudit = 3;

/// Four daemons, and the connections of everybody to each of them, which stay up.
class Stage {
 public:
  virtual ~Stage() = default;
  /// What came back; nothing when nothing does.
  virtual std::optional<common::v1::Answer> Ask(const std::string& who, size_t service,
                                                const common::v1::Envelope& envelope) = 0;
  /// The registry of all services from now on.
  virtual void Use(const std::vector<bus::Principal>& principals) = 0;
  /// Until each service has followed all that the others hold.
  virtual void Settle() = 0;
  virtual base::Instant Now() = 0;
  /// The newest entry of a service's journal, and all after one; only where journals can be read.
  virtual bool ReadsJournals() const { return false; }
  virtual uint64_t Head(size_t /*service*/) { return 0; }
  virtual std::vector<common::v1::EntryHeader> Since(size_t /*service*/, uint64_t /*sequence*/) {
    return {};
  }
};

}  // namespace samenspel::battery
