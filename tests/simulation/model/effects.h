// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>

#include "tests/simulation/model/journal.h"

namespace samenspel::simulation::model {

/// Following (docs/formats/follow.md): each entry of another service takes effect at most once.
///
/// The cause of an entry exists in the other journal already, is one that this service follows, and
/// rises per leader; so none is there twice and none comes late.
class Effects : public Rule {
 public:
  Effects(Notebook& notebook, const Journal& journal) : notebook_(notebook), journal_(journal) {}

  void Take(const Seen& seen) override;
  /// The last entry of `leader` that led to one of `follower`.
  uint64_t Last(size_t follower, size_t leader) const { return last_[follower][leader]; }

 private:
  Notebook& notebook_;
  const Journal& journal_;
  std::array<std::array<uint64_t, kPlaces>, kPlaces> last_{};
};

}  // namespace samenspel::simulation::model
