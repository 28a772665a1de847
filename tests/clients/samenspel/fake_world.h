// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "clients/samenspel/world.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::cli {

class FakeClock : public base::Clock {
 public:
  base::Instant Wall() override { return wall; }
  base::milliseconds SinceBoot() override { return since_boot; }
  void Advance(base::milliseconds time) {
    wall += time;
    since_boot += time;
  }
  base::Instant wall = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) +
                       std::chrono::hours(19) + std::chrono::minutes(45);
  base::milliseconds since_boot{5000};
};

class CountingEntropy : public base::Entropy {
 public:
  void Fill(void* data, size_t size) override {
    for (size_t i = 0; i < size; ++i) static_cast<uint8_t*>(data)[i] = next_++;
  }

 private:
  uint8_t next_ = 1;
};

/// What was sent to whom.
struct Sent {
  std::string service;
  common::v1::Envelope envelope;
};

/// A machine in memory, with a config for one desk worker and three services whose answers a test
/// writes.
class FakeWorld {
 public:
  FakeWorld();

  /// Runs `samenspel ARGUMENTS --lang LANGUAGE`, without --lang when that is empty; output and
  /// errors of this run only.
  int Run(std::vector<std::string> arguments);
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }
  void Type(const std::string& text) {
    in_.clear();
    in_.str(text);
  }

  /// Ids of the requests that lie in the spool.
  std::vector<std::string> Spooled();
  std::vector<Sent> SentTo(const std::string& service) const;

  using Answer = base::Result<common::v1::Reply>;
  /// What each call gets. The request id of the reply need not be filled in.
  std::function<Answer(const std::string& service, const common::v1::Envelope&)> answer;

  /// The answer of meeting's roster, kept apart so that tests need not think of it; nothing:
  /// another question.
  std::optional<Answer> NamesFor(const std::string& service, const common::v1::Envelope& envelope);
  std::map<std::string, std::string> roster;  ///< What persons and organisations are called.
  std::map<std::string, std::string> phones;  ///< How they are reached.
  bool roster_is_away = false;
  std::vector<std::vector<std::string>> names_asked;  ///< Ids, one list a question.

  FakeClock clock;
  CountingEntropy entropy;
  std::unique_ptr<base::FileSystem> files = base::MemoryFileSystem();
  Environment environment;
  std::vector<Sent> sent;
  std::vector<base::milliseconds> pauses;
  std::string language = "en";
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  size_t columns = 0;
  bool err_is_terminal = false;
  std::function<std::unique_ptr<Screen>()> open_screen;  ///< Null: there is no terminal to take.
  base::milliseconds interrupt_after{0};  ///< Of pauses: then Ctrl-C is typed. 0: never.

 private:
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

base::Status Away();
base::Status Silent();
common::v1::Reply ReplyWith(common::v1::Status status);
common::v1::Reply ReplyWith(common::v1::Status status, const std::string& code,
                            const std::string& field);
common::v1::Reply ReplyWith(const google::protobuf::Message& response);

inline constexpr char kPrincipal[] = "pro_00000000000000000000000001";
inline constexpr char kConfigPath[] = "/home/me/.config/samenspel/config.toml";

}  // namespace samenspel::cli
