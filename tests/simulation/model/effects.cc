// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/effects.h"

namespace samenspel::simulation::model {
namespace {

// Who is followed by whom, as the table of services in the design has it.
constexpr bool kFollows[kPlaces][kPlaces] = {
    {false, true, true, false},
    {true, false, true, false},
    {true, true, false, false},
    {true, true, true, false},
};

}  // namespace

void Effects::Take(const Seen& seen) {
  if (!seen.header().has_cause()) return;
  const auto& cause = seen.header().cause();
  const size_t leader = PlaceOf(cause.service());
  if (leader == kPlaces || !kFollows[seen.service][leader]) {
    return notebook_.Find(seen.where() +
                          " follows from a service that it does not follow: " + cause.service());
  }
  const std::string what = seen.where() + ", which follows from " + Where(leader, cause.sequence());
  const uint64_t epoch = journal_.EpochOf(leader, cause.sequence());
  if (epoch == 0) return notebook_.Find(what + ": that is not there yet");
  if (epoch != cause.epoch()) return notebook_.Find(what + ": that is of another epoch");
  uint64_t& last = last_[seen.service][leader];
  if (cause.sequence() == last) {
    notebook_.Find(what + ": that had an effect already");
  } else if (cause.sequence() < last) {
    notebook_.Find(what + ": effects of later entries went before, up to " + std::to_string(last));
  }
  last = std::max(last, cause.sequence());
}

}  // namespace samenspel::simulation::model
