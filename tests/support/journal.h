// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/disk.h"
#include "common/store/store.h"
#include "tests/support/region.h"

namespace samenspel::support {

/// The store of a daemon that has stopped, opened by the test.
class StoppedStore {
 public:
  StoppedStore(const Region& region, std::string_view service);
  const store::Store& operator*() const { return *store_; }
  const store::Store* operator->() const { return store_.get(); }

  /// Every entry, from the first.
  std::vector<std::shared_ptr<const store::Stored>> Entries() const;
  /// Every event of this kind (a field of the service's Event) in Entries.
  template <class Event>
  std::vector<Event> Events(typename Event::KindCase kind) const {
    std::vector<Event> events;
    for (const auto& entry : Entries()) {
      for (const auto& record : entry->header.events()) {
        if (record.kind() != static_cast<uint32_t>(kind)) continue;
        events.emplace_back().ParseFromString(record.payload());
      }
    }
    return events;
  }

 private:
  std::unique_ptr<store::Disk> disk_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace samenspel::support
