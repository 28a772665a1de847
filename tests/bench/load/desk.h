// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/bus/client.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/bench/load/access.h"

namespace samenspel::bench {

using SteadyClock = std::chrono::steady_clock;

/// What became of one report. Times count from when it was due to be sent.
struct Trip {
  std::string error;  ///< Empty: all went well. "unavailable", "no_answer", "denied", ...
  std::string where;  ///< What was asked then: "submit", "plan", "audit", "close".
  std::chrono::microseconds acked{0};
  std::chrono::microseconds planned{0};  ///< Only for red.
  std::chrono::microseconds audited{0};
};

/// One desk worker with connections of their own to intake, meeting and audit. One thread.
class Desk {
 public:
  /// Starts connecting.
  ///   patience  with each answer
  static base::Result<std::unique_ptr<Desk>> Open(const Access& access,
                                                  base::milliseconds patience);

  /// Whether all three services answer.
  bool Greet();

  /// Sends a report, waits until its meeting is planned (red) and until the log holds what intake
  /// and meeting wrote of it.
  ///   close  then names a first step, claims and settles it; of this no time is kept
  Trip Send(const intake::v1::Request& report, bool red, SteadyClock::time_point due, bool close);

  /// Any request of meeting; the error as in Trip.
  std::string AskMeeting(const meeting::v1::Request& request, meeting::v1::Response& response);

 private:
  explicit Desk(base::milliseconds patience) : patience_(patience) {}
  common::v1::Envelope New();
  std::string Call(const std::string& service, const common::v1::Envelope& envelope,
                   common::v1::Reply& reply);
  /// Until `at` holds what `by` made of the entry.
  std::string Await(const std::string& at, const common::v1::Ref& cause, const std::string& by);
  std::string Close(const std::string& report, bool red);
  std::string AskIntake(const intake::v1::Request& request);

  const base::milliseconds patience_;
  std::string purpose_;
  base::SystemClock clock_;
  base::SystemEntropy entropy_;
  std::map<std::string, std::unique_ptr<bus::Client>, std::less<>> clients_;
};

}  // namespace samenspel::bench
