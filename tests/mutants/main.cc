// SPDX-License-Identifier: EUPL-1.2
// Lets each deliberate fault loose, in a process of its own: it must be noticed. Where there is
// none, nothing may be.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/mutants/hunt.h"

int main(int argc, char** argv) {
  samenspel::mutants::Options options;
  bool list = false;
  CLI::App app("samenspel-mutants: is each deliberate fault noticed?");
  app.add_option("--seed", options.first_seed, "first seed")->capture_default_str();
  app.add_option("--seeds", options.seeds, "seeds a mutant at most")
      ->capture_default_str()
      ->check(CLI::Range(uint64_t{1}, samenspel::mutants::kSeedsMax));
  app.add_option("--hours", options.hours, "simulated hours of faults a seed")
      ->capture_default_str()
      ->check(CLI::Range(1, 24 * 14));
  app.add_option("--jobs", options.jobs, "processes at a time")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--only", options.only, "one of them, by name; none: one that does nothing");
  app.add_flag("--list", list, "name them, and who is to notice each");
  CLI11_PARSE(app, argc, argv);
  if (list) return samenspel::mutants::List(std::cout);
  return samenspel::mutants::Hunt(options, std::cout).Run();
}
