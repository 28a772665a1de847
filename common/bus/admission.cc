// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/admission.h"

#include <pthread.h>
#include <signal.h>

#include <array>
#include <cerrno>
#include <iterator>
#include <string>
#include <zmq_addon.hpp>

#include "common/bus/socket.h"
#include "common/bus/zap.h"

namespace samenspel::bus {
namespace {

constexpr const char* kZapAddress = "inproc://zeromq.zap.01";

// Signals are for the thread that runs the loop: it must wake from its wait.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Admission::Admission(zmq::context_t& context, const TokenMint& mint,
                     std::shared_ptr<const Registry> registry)
    : context_(context), mint_(mint), registry_(std::move(registry)), probe_(context, ZMQ_DEALER) {
  zmq::socket_t handler(context, ZMQ_REP);
  handler.set(zmq::sockopt::linger, 0);
  handler.bind(kZapAddress);
  probe_.set(zmq::sockopt::linger, 0);
  probe_.connect(kZapAddress);
  const SignalsBlocked blocked;
  thread_ = std::thread(&Admission::Serve, this, std::move(handler));
}

Admission::~Admission() { Stop(); }

void Admission::Stop() {
  if (!thread_.joinable()) return;
  context_.shutdown();
  thread_.join();
}

void Admission::UseRegistry(std::shared_ptr<const Registry> registry) {
  const std::lock_guard lock(mutex_);
  registry_ = std::move(registry);
}

void Admission::Serve(zmq::socket_t socket) {
  pthread_setname_np(pthread_self(), "admission");
  for (;;) {
    try {
      std::vector<zmq::message_t> request;
      if (zmq::recv_multipart(socket, std::back_inserter(request))) Answer(socket, request);
    } catch (const zmq::error_t& error) {
      // A stopped and continued process sees EINTR, blocked signals or not. Anything else: the
      // context ended or the handler failed. Then nobody gets in, and Alive() says so.
      if (error.num() != EINTR) return;
    }
  }
}

void Admission::Answer(zmq::socket_t& socket, const std::vector<zmq::message_t>& request) {
  std::vector<std::string_view> frames;
  frames.reserve(request.size());
  for (const zmq::message_t& frame : request) frames.push_back(frame.to_string_view());
  const ZapReply reply = AnswerZap(
      frames, [this](std::string_view key) { return MayEnter(key); }, mint_);
  for (size_t i = 0; i < reply.size(); ++i) {
    const bool last = i + 1 == reply.size();
    socket.send(zmq::buffer(reply[i]), last ? zmq::send_flags::none : zmq::send_flags::sndmore);
  }
}

bool Admission::MayEnter(std::string_view curve_key) {
  std::shared_ptr<const Registry> registry;
  {
    const std::lock_guard lock(mutex_);
    registry = registry_;
  }
  const Principal* principal = registry->ByKey(curve_key);
  const int64_t own_ms = now_ms_;
  const base::Instant now = own_ms == 0 ? clock_.Wall() : base::FromMs(own_ms);
  return principal != nullptr && principal->IsValidAt(now);
}

bool Admission::Alive(base::milliseconds wait) {
  const std::string id = "probe " + std::to_string(++probes_);
  try {
    return Ask(id) && Answered(id, std::chrono::steady_clock::now() + wait);
  } catch (const zmq::error_t&) {
    return false;
  }
}

bool Admission::Ask(const std::string& id) {
  const std::array<std::string, 7> question = {"", kZapVersion, id, kZapDomain, "", "", "PROBE"};
  for (size_t i = 0; i < question.size(); ++i) {
    const bool last = i + 1 == question.size();
    const auto more = last ? zmq::send_flags::none : zmq::send_flags::sndmore;
    if (!probe_.send(zmq::buffer(question[i]), more | zmq::send_flags::dontwait)) return false;
  }
  return true;
}

bool Admission::Answered(const std::string& id, std::chrono::steady_clock::time_point end) {
  for (;;) {
    const auto left = end - std::chrono::steady_clock::now();
    const auto left_ms = std::chrono::ceil<base::milliseconds>(left).count();
    zmq::pollitem_t item{probe_.handle(), 0, ZMQ_POLLIN, 0};
    if (left_ms <= 0 || zmq_poll(&item, 1, left_ms) == 0) return false;
    std::vector<zmq::message_t> answer;
    if (!zmq::recv_multipart(probe_, std::back_inserter(answer), zmq::recv_flags::dontwait)) {
      continue;
    }
    // Behind the empty frame of REP: version, then the id. An answer to an earlier question is
    // late.
    if (answer.size() > 2 && answer[2].to_string_view() == id) return true;
  }
}

}  // namespace samenspel::bus
