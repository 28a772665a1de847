// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <string>

#include "common/base/result.h"
#include "common/store/store.h"
#include "services/intake/daemon/desk_book.h"

namespace samenspel::intake {

/// Fills the desk book from what is stored: what waits for somebody at once, the past in pieces
/// between turns, so that a long past keeps nobody waiting when the daemon starts.
class BookLoader {
 public:
  ///   at_once  so many rows of the past are read by Begin as well
  ///   piece    and so many by each Continue
  explicit BookLoader(size_t at_once = 4'000, size_t piece = 100)
      : at_once_(at_once), piece_(piece) {}

  /// Every report that waits, with its case, and every case that was ever opened by break-glass.
  /// kCorrupt: one of their rows, or of any report, cannot be read.
  base::Status Begin(const store::Store& store, DeskBook& book);
  /// The next piece of the past. What was put into the book meanwhile is newer and stays.
  void Continue(const store::Store& store, DeskBook& book);
  /// Whether the book holds the whole past.
  bool done() const { return next_.empty(); }

 private:
  void Read(const store::Store& store, DeskBook& book, size_t rows);
  size_t at_once_;
  size_t piece_;
  std::string next_;  // Where the past goes on; empty: nowhere.
};

}  // namespace samenspel::intake
