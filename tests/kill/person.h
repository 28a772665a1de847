// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/file_system.h"
#include "common/bus/client.h"
#include "tests/kill/pace.h"
#include "tests/kill/record.h"
#include "tests/support/region.h"

namespace samenspel::kill {

/// What all who work at once share.
struct Shared {
  explicit Shared(const std::string& path) : record(path) {}
  Pace pace;
  Record record;
  void Trouble(const std::string& what);
  std::vector<std::string> TakeTroubles();
  void Count(const std::string& what);
  std::map<std::string, size_t> counts();

 private:
  std::mutex mutex_;
  std::vector<std::string> troubles_;
  std::map<std::string, size_t> counts_;
};

/// Somebody who asks the daemons, and asks again until there is an answer. One thread.
class Person {
 public:
  ///   name  a member of the region
  Person(const support::Region& region, std::string name, uint64_t seed, Shared& shared);
  virtual ~Person() = default;
  /// One thing that this person does.
  virtual void Round() = 0;

 protected:
  /// Spools the request, sends it with the same bytes until it is answered, and records the answer
  /// before anything else is done.
  ///   stream  what it is about; empty: the answer tells
  common::v1::Reply Change(const std::string& service, const google::protobuf::Message& request,
                           const std::string& stream, uint64_t expected_version = 0);
  /// A read: an empty reply when there is none within a second.
  common::v1::Reply Read(const std::string& service, const google::protobuf::Message& request);
  /// An earlier change once more: it must be answered as it was.
  void AskAgain();
  bool Chance(int percent) { return static_cast<int>(dice_() % 100) < percent; }
  const std::string& id() const { return id_; }

  Shared& shared_;
  std::mt19937_64 dice_;

 private:
  struct Past {
    std::string service;
    common::v1::Envelope envelope;
    std::string digest;
  };
  bus::Client& ClientOf(const std::string& service);
  common::v1::Reply UntilAnswered(const std::string& service, const common::v1::Envelope& envelope);

  const support::Region& region_;
  const std::string name_;
  const std::string id_;
  std::unique_ptr<base::FileSystem> files_ = base::RealFileSystem();
  base::SystemEntropy entropy_;
  bus::Spool spool_;
  std::map<std::string, std::unique_ptr<bus::Client>> clients_;
  std::deque<Past> past_;
};

/// At a desk: sends, holds, claims, hands over, settles.
std::unique_ptr<Person> NewDeskWorker(const support::Region& region, const std::string& name,
                                      uint64_t seed, Shared& shared,
                                      const std::vector<std::string>& colleagues);
/// Takes the seats that wait for a yes.
std::unique_ptr<Person> NewTableMember(const support::Region& region, const std::string& name,
                                       uint64_t seed, Shared& shared);
/// Says "I am at it" to the alarms that ring.
std::unique_ptr<Person> NewDutyManager(const support::Region& region, const std::string& name,
                                       uint64_t seed, Shared& shared);

}  // namespace samenspel::kill
