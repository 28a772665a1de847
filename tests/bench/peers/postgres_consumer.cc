// SPDX-License-Identifier: EUPL-1.2
#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "tests/bench/peers/postgres.h"
#include "tests/bench/peers/work.h"

namespace samenspel::bench::peers {
namespace {

constexpr std::chrono::microseconds kPoll(500);
constexpr int kNotifiedMs = 100;

volatile std::sig_atomic_t stopped = 0;

// Both arrays of one statement, as PostgreSQL writes them.
struct Batch {
  std::string reports;
  std::string meetings;
  std::string ids;  // For whoever waits.

  void Add(const std::string& id, std::string_view meeting) {
    constexpr char kDigits[] = "0123456789abcdef";
    reports += (reports.empty() ? "{" : ",") + id;
    ids += (ids.empty() ? "" : ",") + id;
    meetings += meetings.empty() ? "{\"\\\\x" : ",\"\\\\x";
    for (const char c : meeting) {
      meetings += kDigits[static_cast<unsigned char>(c) >> 4];
      meetings += kDigits[c & 15];
    }
    meetings += '"';
  }
};

uint64_t NumberIn(const char* big_endian) {
  uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | static_cast<unsigned char>(big_endian[i]);
  return number;
}

void PrepareAll(Database& database) {
  // The tables are empty when plans are made: without this they would be read from end to end.
  database.Do("SET enable_seqscan = off; SET enable_hashjoin = off");
  database.Prepare("take",
                   "SELECT id, body FROM report WHERE id IN "
                   "(SELECT report FROM outbox ORDER BY report LIMIT " +
                       std::to_string(kBatchMax) + ")");
  database.Prepare(
      "finish",
      "WITH taken AS (DELETE FROM outbox WHERE report = ANY($1::bigint[])), "
      "planned AS (SELECT * FROM unnest($1::bigint[], $2::bytea[]) AS p(report, body)), "
      "met AS (INSERT INTO meeting SELECT report, body FROM planned), "
      "noted AS (INSERT INTO audit (actor, what, report, digest) "
      "SELECT 'meeting', 'planned', report, sha256(body) FROM planned) "
      "SELECT pg_notify('done', $3)");
}

// Whether there was any.
bool TakeBatch(Database& database, Work& work) {
  const auto rows = database.Run("take", {}, true);
  const int count = PQntuples(rows.get());
  if (count == 0) return false;
  Batch batch;
  for (int row = 0; row < count; ++row) {
    const uint64_t id = NumberIn(PQgetvalue(rows.get(), row, 0));
    const std::string_view body(PQgetvalue(rows.get(), row, 1),
                                static_cast<size_t>(PQgetlength(rows.get(), row, 1)));
    batch.Add(std::to_string(id), work.Decide(id, body));
  }
  batch.reports += '}';
  batch.meetings += '}';
  (void)database.Run("finish", {{batch.reports}, {batch.meetings}, {batch.ids}});
  return true;
}

}  // namespace

int RunConsumer(const std::string& conninfo, Hears hears, int professionals) {
  std::signal(SIGTERM, [](int) { stopped = 1; });
  Work work(professionals);
  Database database(conninfo);
  PrepareAll(database);
  if (hears == Hears::kNotify) database.Do("LISTEN work");
  std::puts("ready");
  std::fflush(stdout);
  while (stopped == 0) {
    if (TakeBatch(database, work)) continue;
    if (hears == Hears::kNotify) {
      (void)database.Notified(kNotifiedMs);
    } else {
      std::this_thread::sleep_for(kPoll);
    }
  }
  return 0;
}

}  // namespace samenspel::bench::peers
