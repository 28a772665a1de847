// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/floor/load.h"

#include <optional>

namespace samenspel::bench::floor_pipe {
namespace {

constexpr std::chrono::seconds kPatience(10);
constexpr size_t kReportBytes = 1024;

class Desk : public LoopClient {
 public:
  Desk(zmq::context_t& context, const PipeConfig& config)
      : intake_(Connected(context, config, kIntake)),
        meeting_(Connected(context, config, kMeeting)),
        audit_(Connected(context, config, kAudit)) {}

  bool Trip(uint64_t number) override {
    Send(intake_, MessageOf({kSubmit, number}) + std::string(kReportBytes, 'r'));
    const auto report = Done(intake_);
    if (!report) return false;
    return Awaited(meeting_, kMeeting, *report) && Awaited(audit_, kMeeting, *report) &&
           Awaited(audit_, kIntake, *report);
  }

 private:
  static zmq::socket_t Connected(zmq::context_t& context, const PipeConfig& config, Service to) {
    zmq::socket_t dealer(context, ZMQ_DEALER);
    dealer.set(zmq::sockopt::linger, 0);
    dealer.set(zmq::sockopt::rcvtimeo,
               static_cast<int>(std::chrono::milliseconds(kPatience).count()));
    dealer.set(zmq::sockopt::curve_serverkey, config.keys.server_public);
    dealer.set(zmq::sockopt::curve_publickey, config.keys.client_public);
    dealer.set(zmq::sockopt::curve_secretkey, config.keys.client_secret);
    dealer.connect(EndpointOf(config, to));
    return dealer;
  }
  static void Send(zmq::socket_t& socket, const std::string& message) {
    socket.send(zmq::buffer(message), zmq::send_flags::none);
  }
  // The report that the next answer is about.
  static std::optional<uint64_t> Done(zmq::socket_t& socket) {
    zmq::message_t message;
    if (!socket.recv(message)) return std::nullopt;
    Reader reader(message.to_string_view());
    if (reader.Number() != kDone) return std::nullopt;
    (void)reader.Number();
    return reader.Number();
  }
  static bool Awaited(zmq::socket_t& socket, Service by, uint64_t report) {
    Send(socket, MessageOf({kAwait, 0, by, report}));
    return Done(socket) == report;
  }

  zmq::socket_t intake_;
  zmq::socket_t meeting_;
  zmq::socket_t audit_;
};

}  // namespace

int RunLoad(const LoopOptions& options, const PipeConfig& config) {
  zmq::context_t context(1);
  return RunClosedLoop(options, [&](int) { return std::make_unique<Desk>(context, config); });
}

}  // namespace samenspel::bench::floor_pipe
