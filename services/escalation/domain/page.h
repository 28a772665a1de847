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
bool IsOpenAt(const std::string& place);
/// A place after all alarms that were raised, or ended, at the same instant. It names none of them.
std::string AfterInstantOf(const std::string& place);

/// Cuts a list that is walked in the order of PlaceOf: up to a number of alarms and of bytes.
class PageOf {
 public:
  /// False: the place to go on from cannot be read.
  bool Read(const common::v1::Page& page);
  /// Whether this alarm, the next of the list, stands on the page. After a no the page is full.
  bool Takes(const v1::Alarm& alarm);
  /// The place to go on from; empty: this was the last page.
  ///   until  where the walk stopped when the page was not full; empty: at the end of the list
  std::string Next(const std::string& until) const { return full_ ? last_ : until; }

 private:
  size_t limit_ = 0;
  size_t taken_ = 0;
  size_t bytes_ = 0;
  std::string last_;
  bool full_ = false;
};

}  // namespace samenspel::escalation
