// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/seats.h"

#include <atomic>
#include <map>
#include <thread>

#include "clients/demo/region.h"
#include "tests/bench/load/desk.h"

namespace samenspel::bench {
namespace {

using meeting::v1::Request;
using meeting::v1::Response;

constexpr base::milliseconds kPatience{60'000};
constexpr uint64_t kRegionSeed = 1;  // That of deploy/up.sh.
constexpr int kManagers = 32;        // Who load a roster at once.
constexpr std::chrono::hours kDuty{72};

base::Status Failed(const std::string& what, const std::string& error) {
  return {base::Code::kUnavailable, what + ": " + error};
}

base::Status AddMeetings(Desk& desk, int64_t since_ms,
                         std::map<std::string, meeting::v1::Mdo>& all) {
  Request request;
  request.mutable_list_mdos()->set_from_ms(since_ms);
  request.mutable_list_mdos()->mutable_page()->set_limit(200);
  for (;;) {
    Response response;
    const std::string error = desk.AskMeeting(request, response);
    if (!error.empty()) return Failed("list meetings", error);
    for (const auto& one : response.mdos_listed().mdos()) all[one.mdo()] = one;
    if (response.mdos_listed().next().empty()) return base::Ok();
    request.mutable_list_mdos()->mutable_page()->set_after(response.mdos_listed().next());
  }
}

base::Result<std::vector<meeting::v1::RosterLine>> RosterIn(Desk& desk, const Window& window) {
  std::vector<meeting::v1::RosterLine> lines;
  Request request;
  request.mutable_show_roster()->set_from_ms(window.from_ms);
  request.mutable_show_roster()->set_until_ms(window.until_ms);
  request.mutable_show_roster()->set_on_duty(true);
  request.mutable_show_roster()->mutable_page()->set_limit(200);
  for (;;) {
    Response response;
    const std::string error = desk.AskMeeting(request, response);
    if (!error.empty()) return Failed("show roster", error);
    for (const auto& line : response.roster_shown().lines()) lines.push_back(line);
    if (response.roster_shown().next().empty()) return lines;
    request.mutable_show_roster()->mutable_page()->set_after(response.roster_shown().next());
  }
}

// Who is on duty for a load, and when.
std::vector<std::vector<Request>> RosterRequests(int per_seat) {
  const auto people = static_cast<int>(std::size(demo::kSeatFunctions)) * per_seat;
  const auto today = std::chrono::floor<std::chrono::days>(base::SystemClock().Wall());
  const auto region = demo::Generate(kRegionSeed, people, 1, today);
  std::vector<std::vector<Request>> requests(2);
  for (int i = 0; i < people; ++i) {
    const auto& person = region.professionals[static_cast<size_t>(i)];
    *requests[0].emplace_back().mutable_register_professional()->mutable_professional() = person;
    auto& shifts = *requests[1].emplace_back().mutable_set_shifts();
    shifts.set_professional(person.id());
    auto& shift = *shifts.add_shifts();
    shift.set_from_ms(base::ToMs(today));
    shift.set_until_ms(base::ToMs(today + kDuty));
  }
  return requests;
}

base::Status SendAll(const Access& manager, const std::vector<Request>& requests) {
  std::atomic<size_t> next{0};
  std::mutex mutex;
  base::Status failed;
  const auto work = [&] {
    const auto desk = Desk::Open(manager, kPatience);
    std::string error = desk.ok() ? "" : desk.status().message();
    for (size_t i = next++; error.empty() && i < requests.size(); i = next++) {
      Response response;
      error = (*desk)->AskMeeting(requests[i], response);
    }
    const std::lock_guard lock(mutex);
    if (!error.empty()) failed = Failed("load the roster", error);
  };
  std::vector<std::thread> managers;
  managers.reserve(kManagers);
  for (int i = 0; i < kManagers; ++i) managers.emplace_back(work);
  for (std::thread& one : managers) one.join();
  return failed;
}

}  // namespace

SeatTime SeatUse::all() const {
  SeatTime sum;
  for (const auto& [function, time] : by_function) {
    sum.on_duty_ms += time.on_duty_ms;
    sum.booked_ms += time.booked_ms;
  }
  return sum;
}

std::string SeatUse::scarcest() const {
  std::string scarcest;
  double most = -1;
  for (const auto& [function, time] : by_function) {
    if (time.Part() <= most) continue;
    most = time.Part();
    scarcest = function;
  }
  return scarcest;
}

base::Result<SeatUse> FindSeatUse(const std::vector<Access>& accesses, int64_t since_ms) {
  std::map<std::string, meeting::v1::Mdo> known;
  std::unique_ptr<Desk> last;
  for (const Access& access : accesses) {
    auto desk = Desk::Open(access, kPatience);
    if (!desk.ok()) return desk.status();
    const base::Status added = AddMeetings(**desk, since_ms, known);
    if (!added.ok()) return added;
    last = std::move(*desk);
  }
  SeatUse use;
  std::vector<meeting::v1::Mdo> all;
  std::vector<meeting::v1::Mdo> own;
  for (auto& [id, one] : known) {
    if (one.convened_at_ms() >= since_ms) own.push_back(one);
    all.push_back(std::move(one));
  }
  use.meetings = own.size();
  for (const auto& one : own) use.without_start += one.starts_at_ms() == 0 ? 1 : 0;
  use.window = WindowOf(own);
  if (use.window.until_ms == 0) return use;
  const auto roster = RosterIn(*last, use.window);
  if (!roster.ok()) return roster.status();
  use.by_function = SeatTimes(*roster, all, use.window);
  return use;
}

base::Status LoadRoster(const Access& manager, int per_seat) {
  for (const auto& requests : RosterRequests(per_seat)) {
    const base::Status sent = SendAll(manager, requests);
    if (!sent.ok()) return sent;
  }
  return base::Ok();
}

}  // namespace samenspel::bench
