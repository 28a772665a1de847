// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/page.h"

#include <algorithm>

#include "common/base/ids.h"

namespace samenspel::escalation {
namespace {

constexpr size_t kPageMax = 200;
constexpr size_t kPageBytesMax = 400 * 1024;
constexpr size_t kKeyBytes = 9;  // Open or ended, and an instant.
constexpr char kOpen = 'a';
constexpr char kEnded = 'b';

std::string Sorting(char group, uint64_t number) {
  std::string key(kKeyBytes, group);
  for (size_t i = kKeyBytes - 1; i > 0; --i, number >>= 8) key[i] = static_cast<char>(number);
  return key;
}

}  // namespace

std::string PlaceOf(const v1::Alarm& alarm) {
  if (alarm.ended_at_ms() == 0) {
    return Sorting(kOpen, static_cast<uint64_t>(alarm.raised_at_ms())) + alarm.alarm();
  }
  return Sorting(kEnded, ~static_cast<uint64_t>(alarm.ended_at_ms())) + alarm.alarm();
}

std::string AlarmAt(const std::string& place) { return place.substr(kKeyBytes); }

bool IsOpenAt(const std::string& place) { return place[0] == kOpen; }

std::string AfterInstantOf(const std::string& place) {
  base::IdBytes last;
  last.fill(0xFF);
  return place.substr(0, kKeyBytes) + base::MakeId("alm", last);
}

bool PageOf::Read(const common::v1::Page& page) {
  limit_ = page.limit() == 0 ? kPageMax : std::min<size_t>(page.limit(), kPageMax);
  const std::string& after = page.after();
  if (after.empty()) return true;
  return after.size() > kKeyBytes && (after[0] == kOpen || after[0] == kEnded) &&
         base::IsId("alm", std::string_view(after).substr(kKeyBytes));
}

bool PageOf::Takes(const v1::Alarm& alarm) {
  const size_t size = alarm.ByteSizeLong();
  full_ = taken_ == limit_ || (taken_ > 0 && bytes_ + size > kPageBytesMax);
  if (full_) return false;
  ++taken_;
  bytes_ += size;
  last_ = PlaceOf(alarm);
  return true;
}

}  // namespace samenspel::escalation
