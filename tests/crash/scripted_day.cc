// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/scripted_day.h"

#include "proto/common/v1/envelope.pb.h"

namespace samenspel::crash {
namespace {

constexpr int kCommandsAnHour = 60;

}  // namespace

ScriptedDay::ScriptedDay(uint64_t seed, int commands)
    : run_({.seed = seed,
            .hours = std::max(1, commands / kCommandsAnHour),
            .commands = commands,
            .calm = true}) {
  run_.world().OnTurn([this](size_t service, base::Instant now, const std::vector<bus::Input>& in,
                             const daemon::Turn& turn) {
    turns_[service].push_back({now, in, turn.out});
  });
  (void)run_.Play();  // What it finds is the simulation's affair.
}

std::unique_ptr<simulation::Machine> ScriptedDay::MachineOf(size_t service,
                                                            size_t write_buffer_bytes) {
  return run_.world().machine(service).Twin(write_buffer_bytes);
}

std::string ReplyTo(const std::string& id, const std::vector<bus::Output>& out) {
  for (const bus::Output& output : out) {
    common::v1::Answer answer;
    if (!answer.ParseFromString(output.bytes) || !answer.has_reply()) continue;
    if (answer.reply().request_id() == id) return answer.reply().SerializeAsString();
  }
  return "";
}

std::vector<RecordedRequest> ScriptedDay::Requests(size_t service) {
  const store::Store& store = run_.world().machine(service).store();
  std::vector<RecordedRequest> requests;
  for (size_t turn = 0; turn < turns_[service].size(); ++turn) {
    for (const bus::Input& input : turns_[service][turn].in) {
      common::v1::Envelope envelope;
      if (input.kind != bus::Input::Kind::kFrame || input.peer.socket != 0) continue;
      if (!envelope.ParseFromString(input.bytes) || !envelope.has_request()) continue;
      const std::string bytes = ReplyTo(envelope.request_id(), turns_[service][turn].out);
      common::v1::Reply reply;
      if (bytes.empty() || !reply.ParseFromString(bytes) || !reply.has_entry()) continue;
      const auto entry = store.Read(reply.entry().sequence());
      if (entry->header.request_id() != envelope.request_id()) continue;  // Not kept: a read.
      requests.push_back({turn, input, envelope.request_id(), bytes});
    }
  }
  return requests;
}

}  // namespace samenspel::crash
