// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>

#include "common/daemon/service.h"
#include "proto/audit/v1/events.pb.h"

namespace samenspel::audit {

inline constexpr const char* kReadStream = "!read";

/// Reading the log is logged (NEN 7513).
inline daemon::NewEvent ReadMark(const daemon::Caller& caller, const std::string& what, int entries,
                                 base::Instant now) {
  auto event = std::make_shared<v1::Event>();
  v1::LogRead& read = *event->mutable_log_read();
  read.set_reader(caller.principal);
  read.set_purpose(caller.purpose);
  read.set_what(what);
  read.set_entries(static_cast<uint64_t>(entries));
  read.set_at_ms(base::ToMs(now));
  daemon::NewEvent made;
  made.stream = kReadStream;
  made.event = std::move(event);
  return made;
}

}  // namespace samenspel::audit
