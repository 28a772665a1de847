// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proto/intake/v1/requests.pb.h"
#include "tests/bench/restart/inner_daemon.h"

namespace samenspel::bench {

/// Ten years of a region, written by its four daemons in this process as fast as they can: reports
/// come in, are claimed, held, read and settled, red ones get their meeting, and all of it is
/// closed.
class History {
 public:
  /// So many reports at a time.
  static constexpr size_t kTogether = 64;

  ///   entries  that intake shall have at the end, about: tells how fast the years must pass
  History(const support::Region& region, uint64_t entries);

  /// Some hours, or days: `kTogether` reports from their first word to their outcome.
  void PassOn();
  uint64_t EntriesOf(std::string_view service) const;
  uint64_t LogBytesOf(std::string_view service) const;
  uint64_t reports() const { return reports_; }

 private:
  using Replies = std::map<std::string, common::v1::Reply>;  // By request id.
  struct Asked {
    std::string who;
    std::string purpose;
    std::string request;
  };
  InnerDaemon& Daemon(std::string_view service) const;
  void Carry(const InnerDaemon& from, std::vector<bus::Output> outputs);
  void LetThemTalk();
  /// Each must be answered with ok; the replies come in the order of `all`.
  std::vector<common::v1::Reply> Ask(const std::string& service, const std::vector<Asked>& all);
  void RenewRoster();
  void AskAbout(const std::vector<std::string>& reports, const std::string& who,
                const std::function<bool(size_t, intake::v1::Request&, const std::string&)>& fill);

  const support::Region& region_;
  base::SystemEntropy entropy_;
  base::Instant now_;
  base::milliseconds between_;
  base::Instant roster_until_;
  bool registered_ = false;
  uint64_t reports_ = 0;
  std::vector<std::unique_ptr<InnerDaemon>> daemons_;
  Replies replies_;
};

}  // namespace samenspel::bench
