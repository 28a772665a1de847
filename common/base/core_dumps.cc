// SPDX-License-Identifier: EUPL-1.2
#include "common/base/core_dumps.h"

#include <sys/resource.h>

namespace samenspel::base {

// Collectors such as systemd-coredump, which the kernel hands a dump whatever the limit, look at
// the limit themselves. Lowering it needs no right, so it cannot fail.
void ForbidCoreDumps() {
  const rlimit none{0, 0};
  (void)setrlimit(RLIMIT_CORE, &none);
}

}  // namespace samenspel::base
