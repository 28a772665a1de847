// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "services/meeting/domain/table.h"
#include "tests/bench/roster.h"
#include "tests/services/support/bench.h"

// What the benchmarks work on: the delivered rules, an invented region, and what it sends.
namespace samenspel::bench {

/// A file of deploy/config.
std::string Delivered(const std::string& name);

/// A red report with a full form, as samenspel-load sends it.
intake::v1::Request RedReport(uint64_t number = 1);
/// The bytes of its envelope.
std::string EnvelopeOf(const intake::v1::Request& request);

/// Intake over a store in memory, with the delivered rules adopted.
std::unique_ptr<support::Bench> Intake();
/// Entries of intake for `count` red reports, as they are sent to a follower.
std::vector<std::shared_ptr<const store::Stored>> EntriesOfReports(int count);

meeting::TableRules TableOf();

}  // namespace samenspel::bench
