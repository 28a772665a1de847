// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "common/base/instant.h"

namespace samenspel::kill {

/// How much the load may do, and how far it is. Any thread.
class Pace {
 public:
  /// So many more changes may be made.
  void Allow(size_t more) {
    const std::lock_guard lock(mutex_);
    allowed_ += more;
    changed_.notify_all();
  }
  /// No more: whoever waits goes home.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

  /// Waits until a change is allowed, and takes it; false: it is over.
  bool Take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || taken_ < allowed_; });
    if (closed_) return false;
    ++taken_;
    return true;
  }
  /// For who has nothing to do at present: until some answer came, at most this long.
  void AwaitNews(base::milliseconds wait) {
    std::unique_lock lock(mutex_);
    const size_t before = answered_;
    changed_.wait_for(lock, wait, [&] { return closed_ || answered_ != before; });
  }
  /// Until it is over, at most this long.
  void Rest(base::milliseconds wait) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, wait, [&] { return closed_; });
  }

  void Answered() {
    const std::lock_guard lock(mutex_);
    ++answered_;
    changed_.notify_all();
  }
  size_t answered() const {
    const std::lock_guard lock(mutex_);
    return answered_;
  }
  /// Until `count` changes were answered in all (or all that are allowed), at most this long.
  bool AwaitAnswered(size_t count, base::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, wait, [&] { return answered_ >= std::min(count, allowed_); });
  }
  /// The same for all that are allowed.
  bool AwaitAll(base::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, wait, [&] { return answered_ >= allowed_; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  size_t allowed_ = 0;
  size_t taken_ = 0;
  size_t answered_ = 0;
  bool closed_ = false;
};

}  // namespace samenspel::kill
