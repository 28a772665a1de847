// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/core.h"
#include "common/daemon/replay.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_entropy.h"
#include "tests/support/watched_disk.h"

namespace samenspel::daemon {

/// An invented person or service of `organisation`; its key is made of its id.
bus::Principal Person(const std::string& id, const std::string& organisation,
                      std::vector<std::string> roles);
std::shared_ptr<const bus::Registry> RegistryOf(std::vector<bus::Principal> principals);
/// Anna and Bert of desk north, Carla of desk south, Dirk who manages the region, and the services.
std::vector<bus::Principal> Everybody();

/// A request id that is the same for the same number.
std::string IdOf(uint64_t number);
/// A form that grades red, or green.
intake::v1::Request Report(bool red, const std::string& happening = "A bruise on the cheek");
intake::v1::Request Show(const std::string& report);
common::v1::Envelope Ask(uint64_t id, const google::protobuf::Message& request,
                         const std::string& purpose = "child_safety");
common::v1::Envelope AwaitOf(uint64_t id, const std::string& service, uint64_t sequence,
                             const std::string& by, uint32_t time_left_ms = 10'000);
bus::Input From(const std::string& id, const common::v1::Envelope& envelope,
                const std::string& route = "");

/// The replies among what a turn sends, to whoever.
std::vector<common::v1::Reply> RepliesOf(const Turn& turn);

/// One daemon on a memory disk that outlives it, so that it can be killed and started again.
class Rig {
 public:
  explicit Rig(std::string name, std::vector<Grant> grants = {});

  /// Opens what lies on the disk. Fails the test when it cannot.
  void Start(base::Instant now, std::shared_ptr<const bus::Registry> registry);
  /// Opens store and keys alone, without proof, as --verify and --rebuild do.
  void OpenForMaintenance();
  /// Ends it without a word, as kill does.
  void Kill();
  Turn Step(base::Instant now, const std::vector<bus::Input>& inputs = {});
  /// Steps with one request; its only reply.
  common::v1::Reply AskOne(base::Instant now, const bus::Input& input);

  const std::string& name() const { return name_; }
  store::Store& store() { return *store_; }
  seal::KeyStore& keys() { return *keys_; }
  Core& core() { return *core_; }
  support::WatchedDisk& watched() { return watched_; }
  base::Entropy& entropy() { return entropy_; }
  MakeService maker();
  std::vector<std::string> log;
  /// All entries, oldest first.
  std::vector<common::v1::EntryHeader> Entries() const;
  common::v1::EntryHeader LastEntry() const { return Entries().back(); }

 private:
  std::string name_;
  std::vector<Grant> grants_;
  support::SeededEntropy entropy_;
  support::WatchedDisk watched_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<Core> core_;
};

/// Intake, meeting and audit with queues for a network; time goes from one wake-up to the next.
class RegionRig {
 public:
  RegionRig();
  void Start();
  /// Puts a request on its way to a service.
  void Send(const std::string& service, const bus::Input& input);
  /// Kills a service with all that is on its way to it, starts it, and tells those connected to it.
  void Restart(const std::string& service);
  /// The service is not there, or is there again.
  void Disconnect(const std::string& service);
  void Reconnect(const std::string& service);
  /// Everything that happens in `span`.
  void Run(base::milliseconds span);
  Rig& rig(const std::string& name);
  base::Instant now() const { return now_; }
  /// Replies to people, in order of arrival.
  std::vector<common::v1::Reply> replies;

 private:
  struct Member {
    std::unique_ptr<Rig> rig;
    std::vector<std::string> leaders;  // By socket, from 1.
    std::vector<bus::Input> mailbox;
    base::Instant wake_at{};
    bool away = false;
  };
  void Deliver(Member& from, std::vector<bus::Output> out);
  base::Instant now_ = support::kMorning;
  std::vector<Member> members_;
};

/// Registers an organisation and one professional for each seat of the table, on duty for a day.
void SetUpRegion(RegionRig& region);

}  // namespace samenspel::daemon
