// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/loop/closed_loop.h"

// The same flow on PostgreSQL, as a user would build it: report, audit row and outbox row in one
// commit; a consumer that takes from the outbox, and writes meeting, audit rows and the emptied
// outbox in one commit, which notifies whoever submitted.
namespace samenspel::bench::peers {

/// How the consumer hears of new rows in the outbox.
enum class Hears {
  kNotify,  ///< The submitter's commit notifies it.
  kPoll,    ///< It looks every half millisecond.
};

/// One connection. What fails ends the process with the server's words: figures of a broken run
/// are worth nothing.
class Database {
 public:
  explicit Database(const std::string& conninfo);

  using Rows = std::unique_ptr<PGresult, decltype(&PQclear)>;
  struct Value {
    std::string_view bytes;
    bool binary = false;
  };
  void Do(const std::string& sql);
  void Prepare(const std::string& name, const std::string& sql);
  Rows Run(const std::string& name, const std::vector<Value>& values, bool binary_rows = false);
  /// Payloads of the notifications that came; waits at most so long for the first.
  std::vector<std::string> Notified(int wait_ms);

 private:
  Rows Checked(PGresult* result);
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

/// Drops and creates all tables.
void SetUpTables(const std::string& conninfo);

/// Grades and plans until SIGTERM.
int RunConsumer(const std::string& conninfo, Hears hears, int professionals);

/// Clients that submit a report and wait until they are told of its meeting.
int RunDesks(const LoopOptions& options, const std::string& conninfo, Hears hears, uint64_t seed);

/// Clients that append 1 KiB each to a table whose trigger chains the rows by SHA-256.
int RunChain(const LoopOptions& options, const std::string& conninfo);

}  // namespace samenspel::bench::peers
