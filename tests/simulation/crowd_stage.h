// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "clients/demo/region.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/simulation/person.h"

namespace samenspel::simulation {

/// How whoever sent a red report goes on with it.
enum class Temper { kPrompt, kLate, kSilent };

/// One report: what was sent, and what became of it as its people saw it.
struct Story {
  intake::v1::Colour colour;
  intake::v1::SubmitReport form;
  std::string sender;
  std::string organisation;
  bool received = false;
  intake::v1::ReportReceived answer;
  common::v1::Ref entry;
  int awaits_open = 0;

  std::string request_id = {};
  Temper temper = Temper::kPrompt;
  Micros received_at{0};
  bool awaited = false;  ///< Meeting and audit have it.

  /// As the newest version that anybody saw shows it: ownership, first step, outcome.
  intake::v1::ReportChanged standing = {};
  std::map<uint64_t, std::string> versions = {};  ///< What each version that was seen shows.
  intake::v1::FirstStepPrivate step_words = {};   ///< Of the first step in `standing`.
  bool step_words_known = true;
  std::vector<std::string> circle = {};
  bool circle_known = true;
  bool confirmed = false;  ///< Somebody confirmed its provisional colour.
  meeting::v1::Mdo mdo = {};

  int under_way = 0;                  ///< Changes of it that nobody has an answer to yet.
  uint64_t changes = 0;               ///< That were begun in all.
  Micros vague_until{0};              ///< A copy of something that was turned away may still come.
  std::set<std::string> people = {};  ///< Who was ever given a part in it, or may have been.
  std::set<std::string> desks = {};   ///< Organisations in whose queue it may ever have been.
  bool glass_tried = false;           ///< Somebody asked to open it by break-glass.
  std::set<std::string> openings = {};   ///< By break-glass.
  std::set<std::string> to_review = {};  ///< Those of them that wait for it.
};

struct CrowdSize {
  static constexpr int kProfessionals = 40;  ///< Of the seats that every table has.
  static constexpr int kDays = 4;            ///< That the first rosters cover.
  /// From so many commands on a run is long: rosters change in it too.
  static constexpr int kLong = 200;
  uint64_t seed = 1;
  int commands = 40;   ///< Of all people together.
  Micros between{0};   ///< From one to the next, on average.
  Micros patience{0};  ///< Before somebody sends the same bytes again.
};

/// An answer that the contract allows.
struct Right {
  common::v1::Status status;
  std::string code = {};  ///< Of the first reason; empty: any.
};
using Rights = std::vector<Right>;

inline constexpr const char* kSafety = "child_safety";
inline constexpr const char* kSetup = "region_setup";
inline constexpr const char* kReview = "privacy_review";
inline constexpr const char* kAuditing = "audit";
inline constexpr const char* kNotFound = "not_found";

/// What all parts of a crowd share: people, reports, chance, and what was counted.
class Stage {
 public:
  Stage(World& world, const demo::Region& region, CrowdSize size);

  /// Everybody of the region with this seed, the services included.
  static std::vector<bus::Principal> Principals(const demo::Region& region);
  /// Whoever's key may be dropped from the registry for a while.
  static bool IsGuest(const std::string& id);
  /// Those that meeting is told of beside the region's: desks, officers, operators.
  static std::vector<meeting::v1::Professional> Colleagues(const demo::Region& region);

  World& world;
  const demo::Region& region;
  const CrowdSize size;
  support::SeededEntropy chance;
  Notes notes;
  FaultCounts counts;
  std::deque<Story> stories;

  std::vector<Person*> desks;  ///< Those of one organisation stand together.
  std::vector<Person*> table;  ///< Whoever may get a seat.
  std::vector<Person*> duty_managers;
  std::vector<Person*> officers;  ///< Privacy officers, one for each desk.
  std::vector<Person*> operators;
  Person* manager = nullptr;  ///< Of the region.
  Person* auditor = nullptr;
  Person* guest = nullptr;     ///< At a desk; the key may be dropped and added again.
  Person* stranger = nullptr;  ///< Has a role, and no part in anything.

  std::map<std::string, std::string> deputies;

  Person* Find(const std::string& id);
  Person& SenderOf(const Story& story) { return *Find(story.sender); }
  template <class List>
  auto& Pick(List& list) {
    return list[chance.Below(list.size())];
  }
  /// A report that has its answer and that `wanted` picks; null: none.
  template <class Wanted>
  Story* PickStory(const Wanted& wanted) {
    std::vector<Story*> found;
    for (Story& story : stories) {
      if (story.received && wanted(story)) found.push_back(&story);
    }
    return found.empty() ? nullptr : Pick(found);
  }

  bool IsLong() const { return size.commands >= CrowdSize::kLong; }
  void Count(const std::string& what) { ++counts["crowd: " + what]; }
  /// Whether the answer is one of those; complains and counts.
  bool Expect(Person& who, const std::string& what, const common::v1::Reply& reply,
              const Rights& rights);
  /// A request whose answer must be one of `rights`; `then` sees it when it is.
  using Then = std::function<void(const common::v1::Reply& reply)>;
  std::string Begin(Person& who, const Ask& ask, const std::string& what, Rights rights,
                    Then then = nullptr);
  /// The same for something that only shows.
  void Look(Person& who, size_t server, const google::protobuf::Message& request,
            const std::string& purpose, const std::string& what, Rights rights,
            Then then = nullptr);
  /// What may be answered is known only when the answer is there.
  void Look(Person& who, size_t server, const google::protobuf::Message& request,
            const std::string& purpose, const std::string& what,
            const std::function<Rights()>& rights, Then then = nullptr);

 private:
  std::vector<std::unique_ptr<Person>> people_;
  std::map<std::string, Person*> by_id_;
};

/// What the sender may be answered when a request is in order.
inline Rights Fine() { return {{common::v1::STATUS_OK, {}}}; }
inline Rights Unknown() { return {{common::v1::STATUS_NOT_FOUND, kNotFound}}; }

template <class Response>
Response ResponseIn(const common::v1::Reply& reply) {
  Response response;
  response.ParseFromString(reply.response());
  return response;
}

}  // namespace samenspel::simulation
