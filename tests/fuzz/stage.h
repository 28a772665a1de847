// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz.h"
#include "tests/services/support/bench.h"

namespace samenspel::fuzz {

/// A service in a region where things have happened, who may ask it, and the ids that exist there.
struct Stage {
  support::Bench* bench = nullptr;
  std::vector<daemon::Caller> callers;
  std::vector<std::string> ids;
  base::Instant now{};
};

/// Texts of one character in "0-9a-z" are replaced by the id with that number: no mutation hits
/// upon an id by itself.
void PutIds(google::protobuf::Message& message, const std::vector<std::string>& ids);

/// One request, decided as a core decides it, without its effects: who asks and when stand in the
/// first two bytes, the rest is the Request as it came in an envelope.
void AskRequest(const Stage& stage, std::string_view input);

/// A request of each kind by each caller whom its policy allows to ask it, every field filled; the
/// same with every field at its farthest; and each kind empty.
std::vector<std::string> RequestSeeds(const Stage& stage);

/// What holds of any decision: codes and field paths only, and nothing of what the message keeps
/// private in clear fields of an event.
void PromiseDecided(const daemon::Decided& decided, const google::protobuf::Message& asked);

/// Fills every field of a message with something; `far`: the largest of each kind.
void Fill(google::protobuf::Message& message, bool far, int depth = 0);

inline constexpr size_t kRequestHeader = 2;

}  // namespace samenspel::fuzz
