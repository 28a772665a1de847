// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <sys/types.h>

#include <cstddef>

namespace samenspel::attack {

/// What a process holds; nothing when it has ended.
struct Vitals {
  size_t memory_kb = 0;  ///< Its share of the memory it uses (Pss).
  size_t descriptors = 0;
};
Vitals VitalsOf(pid_t process);

/// Lets this process open as many files as the hard limit allows; false: fewer than `wanted`.
bool RaiseDescriptorLimit(size_t wanted);

}  // namespace samenspel::attack
