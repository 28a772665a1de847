// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "common/tlog/merkle.h"
#include "common/tlog/note_key.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/entry.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {

inline constexpr char kReport[] = "rpt_00000000000000000000000007";
inline constexpr char kMdo[] = "mdo_00000000000000000000000008";
inline constexpr char kCase[] = "2026-004711-J";

/// A small audit log with real proofs.
class FakeLog {
 public:
  FakeLog();
  /// Appends an entry and gives its leaf.
  uint64_t Append(const std::string& service, uint64_t sequence, const std::string& kind,
                  uint32_t event);
  /// The leaves asked for, each with its proof under one signed checkpoint.
  audit::v1::EntriesShown Show(const std::vector<uint64_t>& leaves) const;
  std::string Key() const { return key_.verifier().Text(); }
  std::string who = kPrincipal;  ///< Of what is appended from now on.
  std::string organisation;

 private:
  base::Result<std::string> NodeAt(int level, uint64_t index) const;
  tlog::SigningKey key_;
  std::vector<std::string> headers_;
};

/// Intake, meeting and audit after one red report: everything works.
class FakeServices {
 public:
  explicit FakeServices(FakeWorld& world);
  FakeWorld::Answer Answer(const std::string& service, const common::v1::Envelope& envelope);

  FakeLog log;
  meeting::v1::Mdo mdo;
  intake::v1::Colour colour = intake::v1::COLOUR_RED;
  bool provisional = false;
  int64_t first_step_due_ms = 0;
  int64_t settle_due_ms = 0;

 private:
  common::v1::Reply Asked(const std::string& service, const std::string& request);
  common::v1::Reply AuditAsked(const std::string& request);
  common::v1::Reply Awaited(const common::v1::Await& await);
};

}  // namespace samenspel::cli
