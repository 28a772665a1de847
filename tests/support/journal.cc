// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/journal.h"

#include <stdexcept>

#include "tests/support/store_place.h"

namespace samenspel::support {

StoppedStore::StoppedStore(const Region& region, std::string_view service)
    : disk_(store::Disk::Real()) {
  auto store =
      store::Store::OpenUnproven(StoreConfigIn(region.folder(), std::string(service)), *disk_);
  if (!store.ok()) throw std::runtime_error(store.status().message());
  store_ = std::move(*store);
}

std::vector<std::shared_ptr<const store::Stored>> StoppedStore::Entries() const {
  std::vector<std::shared_ptr<const store::Stored>> entries;
  for (uint64_t sequence = 1; sequence <= store_->head().sequence; ++sequence) {
    auto entry = store_->Read(sequence);
    if (!entry) throw std::runtime_error("entry " + std::to_string(sequence) + " is missing");
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace samenspel::support
