// SPDX-License-Identifier: EUPL-1.2
// The peers: the same flow on other servers (docs/performance.md, "Side by side").
#include <CLI/CLI.hpp>
#include <map>

#include "tests/bench/peers/amqp.h"
#include "tests/bench/peers/postgres.h"

int main(int argc, char** argv) {
  namespace peers = samenspel::bench::peers;
  const std::map<std::string, peers::Hears> hears_names{{"notify", peers::Hears::kNotify},
                                                        {"poll", peers::Hears::kPoll}};
  std::string conninfo;
  int port = 5672;
  int professionals = 2000;
  uint64_t seed = 1;
  peers::Hears hears = peers::Hears::kNotify;
  samenspel::bench::LoopOptions options;
  CLI::App app("samenspel-peer: the flow of a red report on PostgreSQL or RabbitMQ");
  app.require_subcommand(1);
  auto* pg_setup = app.add_subcommand("pg-setup", "drops and creates the tables");
  auto* pg_consume = app.add_subcommand("pg-consume", "grades and plans until SIGTERM");
  auto* pg_load = app.add_subcommand("pg-load", "closed loop, one line of figures");
  auto* pg_chain = app.add_subcommand("pg-chain", "the same for a log chained by a trigger");
  for (CLI::App* command : {pg_setup, pg_consume, pg_load, pg_chain}) {
    command->add_option("--database", conninfo, "as libpq takes it")->required();
  }
  for (CLI::App* command : {pg_consume, pg_load}) {
    command->add_option("--hears", hears)->transform(CLI::CheckedTransformer(hears_names));
  }
  auto* rabbit_setup = app.add_subcommand("rabbit-setup", "makes the queues, empty");
  auto* rabbit_consume = app.add_subcommand("rabbit-consume", "grades and plans until SIGTERM");
  auto* rabbit_load = app.add_subcommand("rabbit-load", "closed loop, one line of figures");
  for (CLI::App* command : {rabbit_setup, rabbit_consume, rabbit_load}) {
    command->add_option("--port", port);
  }
  for (CLI::App* command : {pg_consume, rabbit_consume}) {
    command->add_option("--professionals", professionals, "of the roster");
  }
  for (CLI::App* command : {pg_load, pg_chain, rabbit_load}) {
    command->add_option("--clients", options.clients)->check(CLI::Range(1, 1024));
    command->add_option("--seconds", options.seconds);
    command->add_option("--seed", seed, "of the invented families");
  }
  CLI11_PARSE(app, argc, argv);
  if (pg_setup->parsed()) return peers::SetUpTables(conninfo), 0;
  if (pg_consume->parsed()) return peers::RunConsumer(conninfo, hears, professionals);
  if (pg_load->parsed()) return peers::RunDesks(options, conninfo, hears, seed);
  if (pg_chain->parsed()) return peers::RunChain(options, conninfo);
  if (rabbit_setup->parsed()) return peers::SetUpQueues(port), 0;
  if (rabbit_consume->parsed()) return peers::RunRabbitConsumer(port, professionals);
  return peers::RunRabbitDesks(options, port, seed);
}
