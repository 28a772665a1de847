// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"

namespace samenspel::cli {

/// The talk of one command with the services. When an answer is not the one that was wanted, the
/// user has been told why, and exit() is what to end with.
class Exchange {
 public:
  /// Opens the session.
  explicit Exchange(Context& context);

  /// Asks what changes nothing. True: `response` holds the kind that was wanted.
  template <class Request, class Response>
  bool Ask(std::string_view service, const Request& request, Response& response,
           typename Response::KindCase wanted) {
    if (!session_) return false;
    return Read(service, session_->Ask(service, request), response, wanted);
  }

  /// Asks for a change. `id` names what is changed, for a user who gets no answer.
  ///   version  that the user saw of it; 0: not said
  template <class Request, class Response>
  bool Change(std::string_view service, const Request& request, Response& response,
              typename Response::KindCase wanted, const std::string& id, uint64_t version = 0) {
    if (!session_) return false;
    const Heard heard = Send(service, request, version);
    return Went(service, heard, id) && Read(service, heard, response, wanted);
  }

  ExitCode exit() const { return exit_; }
  /// Null when it could not be opened.
  Session* session() { return session_.get(); }

 private:
  Heard Send(std::string_view service, const google::protobuf::Message& request, uint64_t version);
  // Whether a change was answered with yes.
  bool Went(std::string_view service, const Heard& heard, const std::string& id);

  template <class Response>
  bool Read(std::string_view service, const Heard& heard, Response& response,
            typename Response::KindCase wanted) {
    if (heard.ok() && response.ParseFromString(heard.reply.response()) &&
        response.kind_case() == wanted) {
      LearnNames(context_, *session_, response);
      return true;
    }
    Explained(service, heard);
    return false;
  }
  void Explained(std::string_view service, const Heard& heard);

  Context& context_;
  std::unique_ptr<Session> session_;
  ExitCode exit_ = kExitOk;
};

}  // namespace samenspel::cli
