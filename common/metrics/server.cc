// SPDX-License-Identifier: EUPL-1.2
#include "common/metrics/server.h"

#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <thread>

namespace samenspel::metrics {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kConnectionsMax = 8;
constexpr auto kPatience = std::chrono::seconds(5);
constexpr uint32_t kRequestBytesMax = 8 * 1024;

// What all connections share; touched on the server's thread only.
struct Shared {
  std::string text;
  int open = 0;
};

// One question and its answer; lives until both are done or time is up.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.open;
  }
  ~Connection() { --shared_.open; }

  void Start() {
    parser_.header_limit(kRequestBytesMax);
    parser_.body_limit(0);
    stream_.expires_after(kPatience);
    http::async_read(stream_, buffer_, parser_,
                     [self = shared_from_this()](error_code failed, size_t) {
                       if (!failed) self->Answer();
                     });
  }

 private:
  void Answer() {
    const auto& request = parser_.get();
    const bool asked = request.target() == "/metrics";
    const bool get = request.method() == http::verb::get;
    answer_.version(11);
    answer_.result(!asked ? http::status::not_found
                   : get  ? http::status::ok
                          : http::status::method_not_allowed);
    answer_.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
    answer_.keep_alive(false);
    if (asked && get) answer_.body() = shared_.text;
    answer_.prepare_payload();
    stream_.expires_after(kPatience);
    http::async_write(stream_, answer_, [self = shared_from_this()](error_code, size_t) {
      error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{kRequestBytesMax};
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> answer_;
};

}  // namespace

class Server::Inside {
 public:
  base::Status Listen(const tcp::endpoint& at) {
    error_code failed;
    acceptor_.open(at.protocol(), failed);
    if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor_.bind(at, failed);
    if (!failed) acceptor_.listen(kConnectionsMax, failed);
    if (failed) {
      return {base::Code::kUnavailable, "metrics cannot listen on port " +
                                            std::to_string(at.port()) + ": " + failed.message()};
    }
    Accept();
    // Signals are for the thread that runs the daemon.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { context_.run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return base::Ok();
  }

  ~Inside() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

  void Publish(std::string text) {
    asio::post(context_,
               [this, text = std::move(text)]() mutable { shared_.text = std::move(text); });
  }
  int port() const { return acceptor_.local_endpoint().port(); }

 private:
  void Accept() {
    acceptor_.async_accept([this](error_code failed, tcp::socket socket) {
      if (failed == asio::error::operation_aborted) return;
      if (!failed && shared_.open < kConnectionsMax) {
        std::make_shared<Connection>(std::move(socket), shared_)->Start();
      }
      Accept();
    });
  }

  Shared shared_;  // Before the context, whose handlers hold on to it.
  asio::io_context context_{1};
  tcp::acceptor acceptor_{context_};
  std::thread thread_;
};

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::Open(const std::string& address) {
  const size_t colon = address.rfind(':');
  error_code bad;
  const auto host = asio::ip::make_address(address.substr(0, colon), bad);
  uint16_t port = 0;
  bool has_port = false;
  if (colon != std::string::npos) {
    const char* end = address.data() + address.size();
    const auto read = std::from_chars(address.data() + colon + 1, end, port);
    has_port = read.ec == std::errc() && read.ptr == end;
  }
  if (bad || !has_port || !host.is_loopback()) {
    return base::Status(base::Code::kInvalid,
                        "metrics: not a loopback address and port such as 127.0.0.1:7111");
  }
  auto inside = std::make_unique<Inside>();
  SAMENSPEL_RETURN_IF_ERROR(inside->Listen({host, port}));
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

void Server::Publish(std::string text) { inside_->Publish(std::move(text)); }
int Server::port() const { return inside_->port(); }

}  // namespace samenspel::metrics
