// SPDX-License-Identifier: EUPL-1.2
// Data keys of a running daemon: made ahead, copied, and never given out twice.
#include "common/daemon/core_turn.h"
#include "common/daemon/journal.h"

namespace samenspel::daemon {
namespace {

using base::Instant;

constexpr seal::KeyNumber kKeysAhead = 128;
constexpr base::milliseconds kCopyKeysAgain{60'000};

}  // namespace

// Before anything else is decided on a restored copy.
void Core::RecordEpoch(TurnState& turn) {
  if (store_.head().epoch == store_.last_epoch()) return;
  Decided decided;
  decided.version = keys_.last() + 1;
  RecordOwn(turn, std::move(decided), kEpochKind, "");
}

// Keys are made ahead, in a turn that nobody waits for where there is one.
void Core::RefillKeys(TurnState& turn) {
  store::Batch batch = store_.Begin();
  const seal::KeyNumber next = View(store_, batch, keys_, entropy_).next_key();
  const bool idle = turn.requests.empty();
  if (keys_.NeedsBlock(next, idle ? kKeysAhead : kKeysAhead / 4)) {
    const base::Status added = keys_.AddBlock();
    if (!added.ok()) log_(LogLevel::kError, "event=keys_not_made why=\"" + added.message() + "\"");
  }
  if (idle) CopyKeys(turn.now);
}

// A copy that cannot be written is no reason to stop.
void Core::CopyKeys(Instant now) {
  // Time may have gone back.
  if (copy_keys_at_ && now < *copy_keys_at_ && *copy_keys_at_ <= now + kCopyKeysAgain) return;
  const base::Status copied = keys_.UpdateCopy();
  if (copied.ok()) {
    if (copy_keys_at_) log_(LogLevel::kInfo, "event=keys_copied");
    copy_keys_at_.reset();
    return;
  }
  copy_keys_at_ = now + kCopyKeysAgain;
  log_(LogLevel::kError, "event=keys_not_copied why=\"" + copied.message() + "\"");
}

}  // namespace samenspel::daemon
