// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>

#include "proto/intake/v1/requests.pb.h"

namespace samenspel::demo {

/// The `number`th report of a series about invented families: always the same for equal arguments,
/// always one that intake accepts, always about at least one child, now and then with a secret
/// part. Each can be made without those before it.
///   colour  what the crisismeter should say: red answers yes to one knock-out indicator, green no
///   to all, amber
///           leaves some unknown
intake::v1::SubmitReport Invent(uint64_t seed, uint64_t number, intake::v1::Colour colour);

/// Nine digits that pass the eleven-test, from the range 9999xxxxx that tests use.
///   number  counts through the range; any value is fine
std::string InventedBsn(uint64_t number);

}  // namespace samenspel::demo
