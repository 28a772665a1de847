// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/daemon/config.h"
#include "common/daemon/journal.h"
#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "common/seal/key_store.h"
#include "common/store/disk.h"
#include "common/store/store.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::support {

/// One service over a store in memory, without wire and loop: each call is a turn of its own.
class Bench {
 public:
  using Factory = daemon::ServiceFactory;
  ///   rules  text of the rule file, at "/rules.toml"; empty: the service has none
  Bench(const std::string& name, Factory make, const std::string& rules,
        const std::function<void(base::FileSystem&, daemon::Config&)>& prepare = {});

  void WriteRules(const std::string& text);
  /// Answers and records as the core would.
  daemon::Decided Ask(daemon::Caller caller, const google::protobuf::Message& request);
  /// Answers without recording anything.
  daemon::Decided Peek(const daemon::Caller& caller, const google::protobuf::Message& request);
  /// An entry of another service arrives.
  void Hear(const std::string& from, std::shared_ptr<const store::Stored> entry);
  /// What would follow from it, without recording anything.
  std::optional<daemon::Decided> Overhear(const std::string& from,
                                          std::shared_ptr<const store::Stored> entry);
  /// From now on the registry holds these and no others.
  void Register(std::vector<bus::Principal> principals);
  /// One that follows the service falls behind it, or is level again.
  void SeeFollower(const std::string& principal, bool lagging);
  /// The wall clock is this far off and not believed; zero: it is again.
  void SeeClock(base::milliseconds off);
  /// An operator accepts it: time goes this far forward, or back.
  void AcceptClock(base::milliseconds off);
  /// Requests that the service sends itself; how many there were.
  size_t SendDue();
  bool MaySee(const daemon::Caller& caller, const common::v1::Ref& entry);
  /// A new service object over what was committed.
  base::Status Restart();
  /// Replays the journal and compares (invariant 8).
  base::Status Verify();
  /// The part "private" or "secret" of one event of an entry, opened; empty when it has none.
  std::string OpenPart(const store::Stored& entry, int event, const std::string& part);

  daemon::Service& service() { return *service_; }
  store::Store& store() { return *store_; }
  std::shared_ptr<const store::Stored> Last() const {
    return store_->Read(store_->head().sequence);
  }
  std::vector<std::shared_ptr<const store::Stored>> Entries() const;
  /// Whether `text` stands anywhere in the database as it is.
  bool IsReadable(const std::string& text) const;
  uint64_t Counter(const std::string& name) const;

  base::Instant now = base::FromMs(1'795'253'400'000);  // 21 November 2026, 09:30 UTC

 private:
  void Turn(const std::function<void(daemon::View&)>& decide);
  void RecordClock(base::milliseconds off, bool accepted);
  void Record(daemon::View& view, const daemon::EntryContext& context, daemon::Decided decided);

  SeededEntropy entropy_{7};
  std::unique_ptr<store::Disk> disk_ = store::Disk::Memory();
  daemon::Config config_;
  Factory make_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<daemon::Service> service_;
  uint64_t requests_ = 0;
};

/// Somebody with the right purpose for child safety.
daemon::Caller By(const std::string& principal, const std::string& organisation,
                  const std::vector<std::string>& roles = {"desk_worker"});

}  // namespace samenspel::support
