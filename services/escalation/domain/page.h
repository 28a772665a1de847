// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "proto/common/v1/case.pb.h"
#include "proto/escalation/v1/requests.pb.h"

namespace samenspel::escalation {

/// The place of an alarm in a list, as bytes that sort: open ones first, longest open first; then
/// ended ones, newest first; then by id.
std::string PlaceOf(const v1::Alarm& alarm);

/// The id of the alarm at such a place.
std::string AlarmAt(const std::string& place);

/// Cuts a list that is walked in the order of PlaceOf: what comes after a place, up to a number of
/// alarms and of bytes.
class PageOf {
 public:
  /// False: the place to go on from cannot be read.
  bool Read(const common::v1::Page& page);
  /// Whether this alarm, the next of the list, stands on the page.
  bool Takes(const v1::Alarm& alarm);
  /// The place to go on from; empty: this was the last page.
  std::string Next() const { return more_ ? last_ : std::string(); }

 private:
  size_t limit_ = 0;
  std::string after_;
  size_t taken_ = 0;
  size_t bytes_ = 0;
  std::string last_;
  bool more_ = false;
};

}  // namespace samenspel::escalation
