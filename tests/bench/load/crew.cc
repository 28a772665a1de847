// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/crew.h"

#include <atomic>
#include <thread>

#include "clients/demo/families.h"

namespace samenspel::bench {
namespace {

void Work(const CrewOptions& options, Desk& desk, const Jobs& next, Board& board) {
  while (const auto job = next()) {
    const auto [report, red] = ReportOf(options, job->number);
    std::this_thread::sleep_until(job->due);
    board.Add(desk.Send(report, red, job->due, options.close), job->due, red);
    if (options.pause.count() > 0) std::this_thread::sleep_for(options.pause);
  }
}

base::Result<std::vector<std::unique_ptr<Desk>>> OpenDesks(const CrewOptions& options,
                                                           const std::vector<Access>& accesses) {
  std::vector<std::unique_ptr<Desk>> desks;
  desks.reserve(static_cast<size_t>(options.desks));
  for (int i = 0; i < options.desks; ++i) {
    auto desk = Desk::Open(accesses[static_cast<size_t>(i) % accesses.size()], options.patience);
    if (!desk.ok()) return desk.status();
    desks.push_back(std::move(*desk));
  }
  for (const auto& desk : desks) {
    if (!desk->Greet()) return base::Status(base::Code::kUnavailable, "not all services answer");
  }
  return desks;
}

}  // namespace

std::pair<intake::v1::Request, bool> ReportOf(const CrewOptions& options, uint64_t number) {
  // Spread evenly: of each hundred so many, never in a row.
  const auto share = static_cast<uint64_t>(options.red_percent);
  const bool red = (number + 1) * share / 100 != number * share / 100;
  auto colour = number % 2 == 0 ? intake::v1::COLOUR_AMBER : intake::v1::COLOUR_GREEN;
  if (red) colour = intake::v1::COLOUR_RED;
  intake::v1::Request request;
  *request.mutable_submit_report() = demo::Invent(options.seed, number, colour);
  return {std::move(request), red};
}

base::Status RunCrew(const CrewOptions& options, const std::vector<Access>& accesses,
                     const std::function<void()>& started, const Jobs& next, Board& board) {
  const auto desks = OpenDesks(options, accesses);
  if (!desks.ok()) return desks.status();
  started();
  std::vector<std::thread> workers;
  workers.reserve(desks->size());
  for (const auto& desk : *desks) {
    workers.emplace_back([&, at = desk.get()] { Work(options, *at, next, board); });
  }
  for (std::thread& worker : workers) worker.join();
  return base::Ok();
}

}  // namespace samenspel::bench
