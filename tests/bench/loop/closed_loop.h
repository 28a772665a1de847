// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

namespace samenspel::bench {

/// One client of a closed loop, on a thread and with connections of its own.
class LoopClient {
 public:
  virtual ~LoopClient() = default;
  /// Makes the `number`th report; its time is not counted.
  virtual void Prepare(uint64_t number) { (void)number; }
  /// Sends the `number`th report of this run and waits until it is told that all is done. False: it
  /// failed.
  virtual bool Trip(uint64_t number) = 0;
};

struct LoopOptions {
  int clients = 1;
  double seconds = 3;
};

/// Each client makes one trip that does not count, so that all connections are up, waits for the
/// others, and then one trip after the other for so long. Prints one line: clients= reports=
/// failed= per_s= p50_ms= p99_ms=.
///   make  called on the client's own thread; null: it could not connect
/// Returns an exit code: 1 when a trip failed.
int RunClosedLoop(const LoopOptions& options,
                  const std::function<std::unique_ptr<LoopClient>(int client)>& make);

}  // namespace samenspel::bench
