// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/instant.h"

namespace samenspel::daemon {

/// How long things may wait. Configuration, so that a long simulation can stretch them.
struct Terms {
  base::milliseconds lazy{
      20};  ///< What is not urgent waits at most this long, on either side of a follow.
  base::milliseconds beat{1000};     ///< Both sides of a follow show life this often.
  base::milliseconds silence{3000};  ///< Nothing heard for this long: a follower asks again.
  base::milliseconds refused{2000};  ///< A refused or broken follow is tried again after this.
  base::milliseconds lag{60'000};    ///< A follower that is not level for this long is reported.
  base::milliseconds await_max{60'000};  ///< No Await is kept longer.
};

constexpr size_t kFrameEntriesMax = 256;
constexpr size_t kFrameBytesMax = 512 * 1024;
constexpr size_t kFrameWindow = 64;     ///< Frames a follower lets wait.
constexpr size_t kPendingCommit = 512;  ///< Followed entries that no longer wait for company.

}  // namespace samenspel::daemon
