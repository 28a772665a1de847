// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "common/base/instant.h"

namespace samenspel::support {

/// How a program is started. It inherits nothing but what stands here.
struct Program {
  std::vector<std::string> arguments;    ///< The first is the program's path.
  std::vector<std::string> environment;  ///< "NAME=value"
  std::string folder;                    ///< Working folder; empty: ours.
  std::string output;                    ///< File that both output streams are added to.
  std::string input = {};                ///< File that it reads from; empty: nothing to read.
};

/// A program that runs beside the test. Ends with this object, and with the thread that made it.
class Process {
 public:
  explicit Process(const Program& program);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }
  /// The exit code, or 128 and the number of the signal that ended it; nothing when it still runs
  /// after `wait`.
  std::optional<int> Wait(base::milliseconds wait);
  bool Runs() { return !Wait(base::milliseconds(0)); }
  void Signal(int number);
  /// kill -9. Returns when it is gone.
  void Kill();

  /// Stops the main thread and no other, as a hung daemon would: its connections stay up. Resume
  /// lets it go on; both by the same thread.
  void Hang();
  void Resume();

 private:
  pid_t id_ = -1;
  int life_ = -1;  // A pipe that the program holds open and nobody writes to: ends when it does.
  std::optional<int> ended_;
};

/// What a program that ran to its end left.
struct Outcome {
  int code = 0;        ///< As Process::Wait.
  std::string output;  ///< Both streams, as they came.
};

/// Runs a program to its end; one that takes longer than `wait` is killed (code 137). `output` of
/// the program is not used.
Outcome RunToEnd(const Program& program, base::milliseconds wait = base::milliseconds(60'000));

}  // namespace samenspel::support
