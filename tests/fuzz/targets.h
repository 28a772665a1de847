// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <span>

#include "tests/fuzz/fuzz.h"

namespace samenspel::fuzz {

// What the network brings.
extern const Target kZap;
extern const Target kEnvelope;
extern const Target kRequestIntake;
extern const Target kRequestMeeting;
extern const Target kRequestEscalation;
extern const Target kRequestAudit;
extern const Target kFollowFrame;
extern const Target kFollowedEntry;

// What lies on a daemon's disk.
extern const Target kJournalEntry;
extern const Target kSealedBlob;
extern const Target kKeyBlock;
extern const Target kWatermark;
extern const Target kBackupNote;

// What was signed, and shown to somebody.
extern const Target kNote;
extern const Target kCheckpoint;
extern const Target kProofFile;

// What operators write.
extern const Target kDaemonConfig;
extern const Target kRegistryFile;
extern const Target kCrisismeterFile;
extern const Target kTermsFile;
extern const Target kTableFile;
extern const Target kAlarmsFile;

// What the command reads.
extern const Target kClientConfig;
extern const Target kFormJson;
extern const Target kRosterJson;
extern const Target kSpoolFile;
extern const Target kTimeText;

/// All of them.
std::span<const Target* const> AllTargets();

}  // namespace samenspel::fuzz
