// SPDX-License-Identifier: EUPL-1.2
// Simulates as long as one wants: many seeds, several processes, one line of progress.
#include <CLI/CLI.hpp>
#include <iostream>

#include "tests/simulation/campaign.h"

int main(int argc, char** argv) {
  samenspel::simulation::Campaign::Options options;
  CLI::App app("samenspel-simulate: the four daemons on simulated time, network and disks");
  app.add_option("--seed", options.first_seed, "first seed")->capture_default_str();
  app.add_option("--seeds", options.seeds, "how many, from there on")->capture_default_str();
  app.add_option("--total-hours", options.total_hours,
                 "as many seeds as it takes for so many simulated hours");
  app.add_option("--hours", options.hours, "simulated hours of faults a run")
      ->capture_default_str()
      ->check(CLI::Range(1, 24 * 14));
  app.add_option("--commands", options.commands,
                 "commands of people a run; one a minute when not given");
  app.add_option("--faults", options.faults, "only these of a run's faults, by number")
      ->delimiter(',');
  app.add_option("--twice", options.twice_every,
                 "one run in so many is done twice, to see that it is the same")
      ->capture_default_str();
  app.add_option("--jobs", options.jobs, "processes at a time")->capture_default_str();
  app.add_flag("--shrink", options.shrink, "cut a failing run down");
  app.add_flag("--list", options.list, "name the faults of the run");
  CLI11_PARSE(app, argc, argv);
  return samenspel::simulation::Campaign(options, std::cout).Run();
}
