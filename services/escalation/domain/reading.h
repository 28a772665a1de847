// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>

#include "services/escalation/domain/watches.h"

// One person who reads the files of many families in whose case they have no part: by right, as
// everybody of a desk may, and still to be asked about.
namespace samenspel::escalation {

/// Somebody read a family's file.
struct FileRead {
  std::string reader;        ///< "pro_..."
  std::string organisation;  ///< The one the reader acts for.
  std::string household;
  base::Instant at;
};

/// The stream of what one person reads.
std::string ReadingStream(const std::string& reader);

/// What is known of the reader from now on; nothing: as before, for the file was read before
/// within the time that the rules look back, or they have a part in the case by name (an opening by
/// break-glass is none).
///   cases  who may know of the household
std::optional<v1::HouseholdsRead> Noted(const AlarmRules& rules, const v1::HouseholdsRead& before,
                                        const common::v1::CaseList& cases, const FileRead& read);

/// That a privacy officer of the reader's organisation asks why; nothing: there is no reason to.
std::optional<Wanted> WantedOf(const AlarmRules& rules, const v1::HouseholdsRead& reading);

bool IsOfReading(const v1::Alarm& alarm);
/// Somebody said to be at it, and the time that the rules look back has passed since.
bool IsLookedInto(const v1::Alarm& alarm, int64_t now_ms);

}  // namespace samenspel::escalation
