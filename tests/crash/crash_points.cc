// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/crash_points.h"

#include <algorithm>

#include "common/daemon/replay.h"
#include "common/daemon/view.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::crash {
namespace {

using base::Status;
using simulation::DiskFault;
using simulation::Machine;
using simulation::Tail;
using store::Column;

constexpr uint64_t kVerifyOneIn = 24;
constexpr uint64_t kCutAgainOneIn = 24;
constexpr uint64_t kCutWhileStartingOneIn = 4;
constexpr uint64_t kOnceMoreOneIn = 4;
constexpr uint64_t kPowerGoesTooOneIn = 2;
constexpr size_t kFirstAnswersAsked = 2;
constexpr std::chrono::seconds kDown{1};
constexpr size_t kFindingsMax = 20;

constexpr Column kColumns[] = {Column::kJournal, Column::kState,  Column::kPrivate, Column::kIndex,
                               Column::kDedup,   Column::kCursor, Column::kCopy};

// Every row of every column.
std::string DigestOf(const store::Store& store) {
  std::string all;
  for (const Column column : kColumns) {
    std::string rows;
    store.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
      rows += store::BigEndian(key.size());
      rows += key;
      rows += store::BigEndian(value.size());
      rows += value;
      return true;
    });
    all += tlog::Sha256(rows);
  }
  return tlog::Sha256(all);
}

common::v1::Status StatusOf(const std::string& reply) {
  common::v1::Reply parsed;
  parsed.ParseFromString(reply);
  return parsed.status();
}

const char* NameOf(Tail tail) {
  switch (tail) {
    case Tail::kDropped:
      return "dropped";
    case Tail::kKept:
      return "kept";
    case Tail::kTorn:
      return "torn";
    case Tail::kScrambled:
      return "scrambled";
  }
  return "";
}

}  // namespace

CrashPoints::CrashPoints(ScriptedDay& day, size_t service, size_t write_buffer_bytes, Choice choice)
    : day_(day),
      service_(service),
      write_buffer_bytes_(write_buffer_bytes),
      choice_(choice),
      chance_(choice.seed),
      requests_(day.Requests(service)),
      machine_(day.MachineOf(service, write_buffer_bytes)) {
  if (!Record()) Found("the day does not go twice in the same way");
  if (choice.operations > 0) stride_ = std::max<uint64_t>(1, operations_ / choice.operations);
}

CrashPoints::~CrashPoints() = default;

base::Instant CrashPoints::TimeOf(size_t milestone) const {
  const auto& turns = day_.turns(service_);
  return milestone == 0 ? support::kMorning : turns.at(milestone - 1).now;
}

// Lives through the day until it ends or a turn fails. `done` is raised at each milestone, before
// the next operation.
Status CrashPoints::Play(Machine& machine, size_t& done) const {
  SAMENSPEL_RETURN_IF_ERROR(machine.Start(TimeOf(0)));
  done = 1;
  for (const RecordedTurn& turn : day_.turns(service_)) {
    SAMENSPEL_RETURN_IF_ERROR(machine.Step(turn.now, turn.in).fault);
    ++done;
  }
  return base::Ok();
}

// The undisturbed day, to compare with.
bool CrashPoints::Record() {
  const auto machine = day_.MachineOf(service_, write_buffer_bytes_);
  simulation::SimulatedDisk& disk = machine->simulated_disk();
  const uint64_t before = disk.operations();
  const auto note = [&] {
    operations_ = disk.operations() - before;
    milestones_.push_back({machine->store().head(), DigestOf(machine->store())});
  };
  if (!machine->Start(TimeOf(0)).ok()) return false;
  note();
  for (const RecordedTurn& turn : day_.turns(service_)) {
    const daemon::Turn again = machine->Step(turn.now, turn.in);
    if (!again.fault.ok() ||
        !std::ranges::equal(again.out, turn.out, {}, &bus::Output::bytes, &bus::Output::bytes)) {
      return false;
    }
    note();
  }
  return true;
}

void CrashPoints::CutPower() {
  const auto machine = day_.MachineOf(service_, write_buffer_bytes_);
  simulation::SimulatedDisk& disk = machine->simulated_disk();
  const uint64_t before = disk.operations();
  size_t done = 0;
  disk.Tell([&](uint64_t operation, const simulation::Image& now) {
    if (!Takes(operation - before) || findings_.size() >= kFindingsMax) return;
    const Point point{operation - before, done, now};
    for (const Tail tail : simulation::kTails) Try(point, tail);
  });
  const Status played = Play(*machine, done);
  if (!played.ok()) Found("the day ended early: " + played.message());
}

void CrashPoints::Try(const Point& point, Tail tail) {
  const std::string what =
      "operation " + std::to_string(point.operation) + ", tail " + NameOf(tail);
  machine_->Stop();
  machine_->simulated_disk().Become(simulation::Image(point.image));
  machine_->simulated_disk().PowerOn(tail);
  const bool collect = chance_.OneIn(kCutAgainOneIn);
  if (!StartAgain(point, what, collect)) return;
  Check(point, what);
  // Power that goes again while it starts.
  for (; !while_starting_.empty(); while_starting_.pop_front()) {
    const Point& again = while_starting_.front();
    const Tail next = simulation::kTails[chance_.Below(std::size(simulation::kTails))];
    const std::string then =
        what + ", again at " + std::to_string(again.operation) + ", tail " + NameOf(next);
    machine_->Stop();
    machine_->simulated_disk().Become(simulation::Image(again.image));
    machine_->simulated_disk().PowerOn(next);
    ++cut_while_starting_;
    if (StartAgain(again, then, false)) Check(again, then);
  }
}

bool CrashPoints::StartAgain(const Point& point, const std::string& what, bool collect) {
  ++points_;
  const uint64_t before = machine_->simulated_disk().operations();
  if (collect) {
    machine_->simulated_disk().Tell([&](uint64_t operation, const simulation::Image& now) {
      if (!chance_.OneIn(kCutWhileStartingOneIn)) return;
      while_starting_.push_back({operation - before, point.done, now});
    });
  }
  const Status started = machine_->Start(TimeOf(point.done > 0 ? point.done - 1 : 0) + kDown);
  machine_->simulated_disk().Tell(nullptr);
  if (started.ok()) return true;
  machine_->Stop();
  Found(what + ": does not start: " + started.message());
  return false;
}

void CrashPoints::Check(const Point& point, const std::string& what) {
  CheckRows(point, what);
  CheckKeys(what);
  CheckRetries(point, what);
  if (chance_.OneIn(kVerifyOneIn)) {
    ++verified_;
    const Status verified = daemon::Verify(machine_->store(), machine_->keys(), machine_->entropy(),
                                           [&] { return machine_->MakeService(); });
    if (!verified.ok()) Found(what + ": " + verified.message());
  }
  if (chance_.OneIn(kOnceMoreOneIn)) CheckOnceMore(point, what);
  machine_->Stop();
}

// What was acknowledged, and of the turn under way all or nothing. Rows that come without an entry
// are not synced and may be of any turn since that entry.
void CrashPoints::CheckRows(const Point& point, const std::string& what) {
  const store::Head head = machine_->store().head();
  const store::Head acknowledged =
      point.done == 0 ? store::Head{} : milestones_[point.done - 1].head;
  const size_t under_way = std::min(point.done, milestones_.size() - 1);
  if (head != acknowledged && head != milestones_[under_way].head) {
    return Found(what + ": the head is at " + std::to_string(head.sequence) + ", acknowledged is " +
                 std::to_string(acknowledged.sequence));
  }
  if (head != acknowledged) ++ahead_;
  const std::string rows = DigestOf(machine_->store());
  for (size_t i = under_way + 1; i-- > 0;) {
    if (milestones_[i].rows == rows && milestones_[i].head == head) return;
    if (milestones_[i].head.sequence < head.sequence) break;
  }
  if (point.done == 0 && head.sequence == 0) return;
  Found(what + ": rows are not those of entry " + std::to_string(head.sequence));
}

void CrashPoints::CheckKeys(const std::string& what) {
  store::Batch batch = machine_->store().Begin();
  const daemon::View view(machine_->store(), batch, machine_->keys(), machine_->entropy());
  if (view.next_key() > machine_->keys().last() + 1) {
    Found(what + ": the data uses key " + std::to_string(view.next_key() - 1) +
          ", the key store ends at " + std::to_string(machine_->keys().last()));
  }
}

// The clients come again with what they sent last.
void CrashPoints::CheckRetries(const Point& point, const std::string& what) {
  const uint64_t found = machine_->store().head().sequence;
  const auto unanswered = std::ranges::find_if(
      requests_, [&](const auto& request) { return request.turn + 1 >= point.done; });
  const auto first =
      unanswered - std::min<ptrdiff_t>(kFirstAnswersAsked, unanswered - requests_.begin());
  for (auto at = first; at != requests_.end() && at->turn + 1 <= point.done; ++at) {
    const bool was_there = milestones_[at->turn + 1].head.sequence <= found;
    Retry(*at, at->turn + 1 < point.done, was_there, what);
  }
}

void CrashPoints::Retry(const RecordedRequest& request, bool answered, bool was_there,
                        const std::string& what) {
  const base::Instant now = day_.turns(service_)[request.turn].now + 2 * kDown;
  const auto ask = [&] {
    const daemon::Turn turn = machine_->Step(now, {&request.input, 1});
    if (!turn.fault.ok()) Found(what + ": a retry ends the process: " + turn.fault.message());
    return ReplyTo(request.id, turn.out);
  };
  const store::Store& store = machine_->store();
  const auto entries = [&](uint64_t after) {
    int count = 0;
    for (uint64_t n = after + 1; n <= store.head().sequence; ++n) {
      if (store.Read(n)->header.request_id() == request.id) ++count;
    }
    return count;
  };
  const uint64_t before = store.head().sequence;
  const std::string reply = ask();
  if (reply.empty()) return Found(what + ": no answer to a retry");
  if (answered && reply != request.reply) {
    Found(what + ": a retry of what was answered gets another answer");
  }
  // What came in the same turn may be missing now, so that it is refused for another reason, and
  // such answers are not kept.
  const int new_entries = entries(before);
  const bool as_recorded = StatusOf(reply) == StatusOf(request.reply);
  if (new_entries > (was_there ? 0 : 1)) Found(what + ": a retry takes effect twice");
  if (as_recorded && !was_there && new_entries == 0) Found(what + ": a retry takes no effect");
  const uint64_t then = store.head().sequence;
  const std::string again = ask();
  if ((was_there || new_entries == 1) && again != reply) {
    Found(what + ": a second retry gets another answer");
  }
  if (entries(then) != 0) Found(what + ": a second retry takes effect again");
}

// Whatever was answered since is as durable as what was before.
void CrashPoints::CheckOnceMore(const Point& point, const std::string& what) {
  const store::Head head = machine_->store().head();
  machine_->simulated_disk().PowerCut();
  machine_->Stop();
  machine_->simulated_disk().PowerOn(Tail::kDropped);
  if (!StartAgain(point, what + ", and once more", false)) return;
  if (machine_->store().head() != head) Found(what + ": loses what it answered after it came back");
}

void CrashPoints::Fail(DiskFault fault) {
  for (uint64_t operation = 1; operation <= operations_; ++operation) {
    if (!Takes(operation) || findings_.size() >= kFindingsMax) continue;
    machine_ = day_.MachineOf(service_, write_buffer_bytes_);
    simulation::SimulatedDisk& disk = machine_->simulated_disk();
    const uint64_t before = disk.operations();
    disk.FailAt(before + operation, fault);
    Point point{.operation = operation, .done = 0, .image = {}};
    const Status ended = Play(*machine_, point.done);
    // One that goes on after the fault, as with keys that could not be made ahead, draws other
    // chances from there on than on the recorded day: then only its own day can be held against it.
    const bool went_otherwise =
        ended.ok() && machine_->store().head() != milestones_[point.done - 1].head;
    const store::Head head = ended.ok() ? machine_->store().head() : store::Head();
    machine_->Stop();
    if (!ended.ok()) ++stopped_by_fault_;
    disk.ForgetPlans();
    disk.MakeRoom();
    std::string what = "fault at operation " + std::to_string(operation);
    if (chance_.OneIn(kPowerGoesTooOneIn)) {
      const Tail tail = simulation::kTails[chance_.Below(std::size(simulation::kTails))];
      what += std::string(" and no power, tail ") + NameOf(tail);
      disk.PowerOn(tail);
    }
    if (!StartAgain(point, what, false)) continue;
    if (!went_otherwise) {
      Check(point, what);
    } else if (machine_->store().head() != head) {
      Found(what + ": loses what it answered");
    }
  }
}

}  // namespace samenspel::crash
