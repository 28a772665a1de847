// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "proto/intake/v1/requests.pb.h"
#include "tests/battery/stage.h"

namespace samenspel::battery {

struct SeatFact {
  std::string person;
  std::string organisation;
  bool accepted = false;
  bool over = false;
};

struct OpeningFact {
  std::string id;
  std::string person;
  std::string organisation;
  base::Instant until;
  bool reviewed = false;
};

struct AlarmFact {
  std::string id;
  std::map<std::string, std::string> asked;  ///< Person to what they were asked as.
  bool ended = false;
};

/// A case as it was made, in the words of the public contract. The verdicts follow from this.
struct Case {
  std::string label;
  std::string report;
  std::string number;
  std::string household;
  std::string mdo;
  common::v1::Ref submitted;
  std::string sender;
  std::string keeper;  ///< Organisation that took the report.
  intake::v1::Ownership ownership;
  bool red = false;
  bool provisional = false;
  bool first_step = false;
  bool settled = false;
  std::string first;  ///< Who secures the child, when that is somebody with a key.
  std::vector<SeatFact> seats;
  std::vector<OpeningFact> openings;
  std::vector<AlarmFact> alarms;
  bool secret = false;
  std::set<std::string> named;  ///< For the secret place, besides the sender.
  std::string canary;           ///< Stands in each part, with -private, -place, -reporter, -reason.
  bool spent = false;           ///< Somebody has changed it: nothing is expected of it any more.
};

/// What happened before the attempts.
struct Scene {
  std::vector<Case> cases;
  std::vector<AlarmFact> caseless;
  common::v1::Ref roster_entry;  ///< Of meeting, about no case, by the region manager.
};

/// Lets people work until there is a case of each shape, with everybody in it who can be.
///   passes  lets time go by; empty: time goes as it does, and what needs it is left out
Scene MakeScene(Stage& stage, uint64_t seed, const std::function<void(base::milliseconds)>& passes,
                const std::function<void(size_t service, base::milliseconds)>& pauses);

}  // namespace samenspel::battery
