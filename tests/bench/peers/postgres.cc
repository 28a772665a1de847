// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/peers/postgres.h"

#include <poll.h>

#include <cstdio>
#include <cstdlib>

namespace samenspel::bench::peers {
namespace {

constexpr const char* kTables = R"(
  DROP TABLE IF EXISTS report, meeting, audit, outbox, chain, chain_head;
  CREATE TABLE report (id bigserial PRIMARY KEY, body bytea NOT NULL);
  CREATE TABLE meeting (report bigint PRIMARY KEY, body bytea NOT NULL);
  CREATE TABLE audit (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
                      actor text NOT NULL, what text NOT NULL, report bigint NOT NULL,
                      digest bytea NOT NULL);
  CREATE TABLE outbox (report bigint PRIMARY KEY);
  CREATE TABLE chain_head (hash bytea NOT NULL);
  INSERT INTO chain_head VALUES (sha256(''));
  CREATE TABLE chain (id bigserial PRIMARY KEY, hash bytea NOT NULL, body bytea NOT NULL);
  CREATE OR REPLACE FUNCTION chained() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE chain_head SET hash = sha256(hash || NEW.body) RETURNING hash INTO NEW.hash;
    RETURN NEW;
  END $$;
  CREATE TRIGGER chained BEFORE INSERT ON chain FOR EACH ROW EXECUTE FUNCTION chained();
)";

[[noreturn]] void GiveUp(const char* why) {
  std::fprintf(stderr, "postgres: %s\n", why);
  std::exit(2);
}

}  // namespace

Database::Database(const std::string& conninfo)
    : connection_(PQconnectdb(conninfo.c_str()), &PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) GiveUp(PQerrorMessage(connection_.get()));
}

Database::Rows Database::Checked(PGresult* result) {
  const auto status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    GiveUp(PQresultErrorMessage(result));
  }
  return {result, &PQclear};
}

void Database::Do(const std::string& sql) { (void)Checked(PQexec(connection_.get(), sql.c_str())); }

void Database::Prepare(const std::string& name, const std::string& sql) {
  (void)Checked(PQprepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
}

Database::Rows Database::Run(const std::string& name, const std::vector<Value>& values,
                             bool binary_rows) {
  std::vector<const char*> bytes;
  std::vector<int> lengths;
  std::vector<int> formats;
  bytes.reserve(values.size());
  lengths.reserve(values.size());
  formats.reserve(values.size());
  for (const Value& value : values) {
    bytes.push_back(value.bytes.data());
    lengths.push_back(static_cast<int>(value.bytes.size()));
    formats.push_back(value.binary ? 1 : 0);
  }
  return Checked(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()),
                                bytes.data(), lengths.data(), formats.data(), binary_rows ? 1 : 0));
}

std::vector<std::string> Database::Notified(int wait_ms) {
  std::vector<std::string> payloads;
  const auto take = [&] {
    while (PGnotify* one = PQnotifies(connection_.get())) {
      payloads.emplace_back(one->extra);
      PQfreemem(one);
    }
  };
  take();
  if (!payloads.empty()) return payloads;
  pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
  if (poll(&waiting, 1, wait_ms) > 0 && PQconsumeInput(connection_.get()) == 0) {
    GiveUp(PQerrorMessage(connection_.get()));
  }
  take();
  return payloads;
}

void SetUpTables(const std::string& conninfo) { Database(conninfo).Do(kTables); }

}  // namespace samenspel::bench::peers
