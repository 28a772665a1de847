// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/own_time.h"

namespace samenspel::daemon {

using base::milliseconds;

OwnTime::OwnTime(base::Clock& clock, Core& core, Log log)
    : time_(clock, core.NotBefore()), core_(core), log_(std::move(log)) {}

base::Instant OwnTime::Now() {
  now_ = time_.Now();
  LogChange();
  core_.UseClock(time_.wall_off());
  return now_;
}

base::Instant OwnTime::After(const Turn& turn) {
  if (turn.clock_moves != milliseconds(0)) time_.Accept();
  now_ += turn.clock_moves;
  return now_;
}

void OwnTime::LogChange() {
  const milliseconds off = time_.wall_off();
  if ((off != milliseconds(0)) == disbelieved_) return;
  disbelieved_ = !disbelieved_;
  log_(disbelieved_ ? LogLevel::kError : LogLevel::kInfo,
       disbelieved_ ? "event=clock_disbelieved off_ms=" + std::to_string(off.count()) +
                          " consequence=\"own time goes on\""
                    : "event=clock_believed");
}

}  // namespace samenspel::daemon
