// SPDX-License-Identifier: EUPL-1.2
#include "tests/drill/state.h"

#include <stdexcept>

#include "common/base/entropy.h"
#include "common/base/hex.h"
#include "common/daemon/config.h"
#include "common/daemon/view.h"
#include "common/seal/key_store.h"
#include "common/store/bytes.h"
#include "common/store/store.h"

namespace samenspel::drill {
namespace {

using store::Column;

constexpr size_t kLinesMax = 5;
constexpr size_t kMasterKeyCharacters = 64;

template <class T>
T Value(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());
  return std::move(*result);
}

// Ids as they are, numbers in hexadecimal.
std::string Readable(std::string_view key) {
  for (const char c : key) {
    if (c < ' ') return base::ToHex(key);
  }
  return std::string(key);
}

void TakeRows(const store::Store& store, State& state) {
  for (const auto& [column, name] :
       {std::pair{Column::kJournal, "journal/"}, std::pair{Column::kState, "state/"},
        std::pair{Column::kIndex, "look-up/"}, std::pair{Column::kDedup, "first answer/"},
        std::pair{Column::kCopy, "copy/"}}) {
    store.Scan(column, "", "", [&, name = name](std::string_view key, std::string_view value) {
      state.rows[name + Readable(key)] = value;
      return true;
    });
  }
}

void TakeSealed(store::Store& store, seal::KeyStore& keys, State& state) {
  base::SystemEntropy entropy;
  store::Batch batch = store.Begin();
  daemon::View view(store, batch, keys, entropy);
  store.Scan(Column::kPrivate, "", "", [&](std::string_view key, std::string_view) {
    const auto opened = view.TryOpenSealed(key);
    state.sealed += opened.ok() ? 1 : 0;
    state.rows["sealed/" + Readable(key)] = opened.ok() ? *opened : opened.status().message();
    return true;
  });
}

void TakeCursors(const store::Store& store, State& state) {
  store.Scan(Column::kCursor, "f/", "", [&](std::string_view key, std::string_view value) {
    common::v1::Head head;
    head.ParseFromString(std::string(value));
    state.followed[std::string(key.substr(2))] = head.sequence();
    return true;
  });
}

}  // namespace

State StateOf(const support::Region& region, std::string_view service) {
  const auto disk = store::Disk::Real();
  base::SystemEntropy entropy;
  const std::string name(service);
  store::StoreConfig config;
  config.path = region.folder() + "/data/" + name;
  config.service = name;
  const auto store = Value(store::Store::OpenSnapshot(config, *disk));
  const std::string master = Value(daemon::ReadSecret(
      disk->files(), region.folder() + "/secrets/" + name + "/master.key", kMasterKeyCharacters));
  const auto keys = Value(
      seal::KeyStore::Open(disk->files(), config.path + "-keys", daemon::FromHex(master), entropy));
  State state;
  state.head = store->head();
  TakeRows(*store, state);
  TakeSealed(*store, *keys, state);
  TakeCursors(*store, state);
  return state;
}

std::string DifferenceOf(const State& before, const State& now) {
  std::string lines;
  size_t count = 0;
  const auto add = [&](const std::string& line) {
    if (++count <= kLinesMax) lines += line + "\n";
  };
  for (const auto& [key, value] : before.rows) {
    const auto found = now.rows.find(key);
    if (found == now.rows.end()) add(key + " is gone");
    if (found != now.rows.end() && found->second != value) add(key + " is another");
  }
  for (const auto& [key, value] : now.rows) {
    if (!before.rows.contains(key)) add(key + " was not there");
  }
  for (const auto& [service, sequence] : now.followed) {
    const auto found = before.followed.find(service);
    if (found == before.followed.end() || sequence > found->second) {
      add("it followed " + service + " to " + std::to_string(sequence));
    }
  }
  if (now.head.sequence != before.head.sequence || now.head.hash != before.head.hash) {
    add("the head is entry " + std::to_string(now.head.sequence));
  }
  if (count > kLinesMax) lines += std::to_string(count - kLinesMax) + " more\n";
  return lines;
}

}  // namespace samenspel::drill
