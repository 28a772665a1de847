// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "proto/common/v1/envelope.pb.h"
#include "tests/battery/cases.h"
#include "tests/battery/table.h"

namespace samenspel::battery {

/// One thing that somebody tries. All that it depends on has a name here.
struct Attempt {
  const Row* row = nullptr;
  size_t service = kIntake;
  std::string who;
  std::string purpose;
  std::string behalf = "none";  ///< none, self, allowed, forbidden, nobody
  std::string on_behalf_of;
  std::string target = "none";  ///< In which words: report, number, no_such, malformed, ...
  std::string word;             ///< The target itself.
  Case* about = nullptr;        ///< Null: about no case.
  const OpeningFact* opening = nullptr;
  const AlarmFact* alarm = nullptr;
  std::string asked_about;  ///< Of explain_access: whose access; empty: their own.
  common::v1::Ref entry;    ///< What is awaited, or looked up in the log.
};

/// As it goes over the wire; `id` is its request id.
common::v1::Envelope EnvelopeOf(const Attempt& attempt, const std::string& id);

}  // namespace samenspel::battery
