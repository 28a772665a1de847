// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>

#include "common/base/instant.h"
#include "common/store/watermark.h"

namespace samenspel::daemon {

/// The text beside a backup that says what it is (docs/formats/store.md).
inline constexpr const char* kBackupNote = "backup.txt";

struct BackupNote {
  std::string service;
  store::Head head;
  base::Instant made_at;
  std::string version;  ///< Of the program that made it.
};

std::string NoteText(const BackupNote& note);
/// Service and head of such a text; nothing when it is none.
std::optional<BackupNote> ParseNote(const std::string& text);

}  // namespace samenspel::daemon
