// SPDX-License-Identifier: EUPL-1.2
// The bare pipe: `samenspel-floor keys FILE`, then a `daemon` of each name, then `load`.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "tests/bench/floor/load.h"

namespace {

namespace pipes = samenspel::bench::floor_pipe;

int WriteKeys(const std::string& file) {
  std::ofstream out(file);
  for (int pair = 0; pair < 2; ++pair) {
    char public_key[41];
    char secret_key[41];
    if (zmq_curve_keypair(public_key, secret_key) != 0) return 1;
    out << public_key << '\n' << secret_key << '\n';
  }
  return out ? 0 : 1;
}

pipes::Keys ReadKeys(const std::string& file) {
  std::ifstream in(file);
  pipes::Keys keys;
  in >> keys.server_public >> keys.server_secret >> keys.client_public >> keys.client_secret;
  return keys;
}

}  // namespace

int main(int argc, char** argv) {
  std::string keys;
  std::string name;
  pipes::PipeConfig config;
  samenspel::bench::LoopOptions options;
  CLI::App app("samenspel-floor: the bare pipe of four daemons (docs/performance.md)");
  app.require_subcommand(1);
  auto* make = app.add_subcommand("keys", "writes new key pairs");
  make->add_option("file", keys)->required();
  auto* daemon = app.add_subcommand("daemon", "runs one of the four until SIGTERM");
  daemon->add_option("name", name)
      ->required()
      ->check(CLI::IsMember({"intake", "meeting", "escalation", "audit"}));
  daemon->add_option("--data", config.directory)->required();
  auto* load = app.add_subcommand("load", "closed loop, one line of figures");
  load->add_option("--clients", options.clients)->check(CLI::Range(1, 1024));
  load->add_option("--seconds", options.seconds);
  for (CLI::App* command : {daemon, load}) {
    command->add_option("--keys", keys)->required();
    command->add_option("--port-base", config.port_base)->required();
  }
  CLI11_PARSE(app, argc, argv);
  if (make->parsed()) return WriteKeys(keys);
  config.keys = ReadKeys(keys);
  if (load->parsed()) return pipes::RunLoad(options, config);
  while (pipes::kServiceNames[config.self] != name) {
    config.self = static_cast<pipes::Service>(config.self + 1);
  }
  pipes::Pipe(config).Run();
  return 0;
}
