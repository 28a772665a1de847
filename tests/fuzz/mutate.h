// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/fuzz/fuzz.h"

namespace samenspel::fuzz {

/// Changes up to `size` bytes in place within room for `size_max`, and says how many there are
/// then: libFuzzer's own mutation.
using MutateBytes = size_t (*)(uint8_t* data, size_t size, size_t size_max);

/// An input of this shape with one thing changed: a field, a header, or the pieces it is made of;
/// now and then any bytes, since not all that arrives is a message. The same for the same seed, as
/// far as `bytes` is.
std::string Mutated(const Shape& shape, std::string input, size_t size_max, uint32_t seed,
                    MutateBytes bytes);

}  // namespace samenspel::fuzz
