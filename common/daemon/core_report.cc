// SPDX-License-Identifier: EUPL-1.2
// What operators see: status and log lines.
#include "common/daemon/core_turn.h"

namespace samenspel::daemon {

common::v1::ServiceStatus Core::Status(base::Instant now, bool with_work) const {
  common::v1::ServiceStatus status;
  status.set_service(std::string(service_->name()));
  status.set_version(config_.version);
  status.set_started_at_ms(base::ToMs(started_at_));
  status.mutable_head()->set_epoch(store_.head().epoch);
  status.mutable_head()->set_sequence(store_.head().sequence);
  status.mutable_head()->set_hash(store_.head().hash);
  status.set_now_ms(base::ToMs(now));
  status.set_clock_off_ms(clock_off_.count());
  for (const Follower& follower : followers_) *status.add_follows() = follower.Status();
  for (auto& follower : leader_.Followers()) *status.add_followers() = std::move(follower);
  const auto add = [&](const std::string& name, uint64_t value) {
    status.add_counters()->set_name(name);
    status.mutable_counters()->rbegin()->set_value(value);
  };
  for (const auto& [name, value] : counters_) add(name, value);
  add("connections_cut", link_.connections_cut);
  add("frames_malformed", link_.malformed_messages);
  add("frames_unproven", link_.unproven_frames);
  add("handshakes_failed", link_.handshakes_failed);
  add("sends_failed", link_.sends_failed);
  add("disk_low", disk_low_ ? 1 : 0);
  add("registry_refused", registry_refused_ ? 1 : 0);
  if (!with_work) return status;
  for (const auto& [name, value] : service_->Counters(now)) add(name, value);
  return status;
}

void Core::LogDecision(const store::Stored& entry) const {
  const auto& header = entry.header;
  std::string line = "event=decided sequence=" + std::to_string(header.sequence()) +
                     " kind=" + header.kind() + " principal=" + header.principal() +
                     " outcome=" + common::v1::Status_Name(header.outcome());
  for (const auto& reason : header.reasons()) line += " reason=" + reason.code();
  if (header.events_size() > 0) line += " stream=" + header.events(0).stream();
  const bool well = header.outcome() == common::v1::STATUS_OK;
  log_(well ? LogLevel::kInfo : LogLevel::kWarning, line);
}

void Core::LogTroubles() {
  for (size_t i = 0; i < followers_.size(); ++i) {
    if (followers_[i].trouble() == troubles_logged_[i]) continue;
    troubles_logged_[i] = followers_[i].trouble();
    log_(troubles_logged_[i].empty() ? LogLevel::kInfo : LogLevel::kError,
         "event=follow service=" + followers_[i].service() + " trouble=\"" + troubles_logged_[i] +
             "\"");
  }
}

}  // namespace samenspel::daemon
