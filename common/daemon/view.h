// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"

namespace samenspel::daemon {

/// Opens a sealed part of entry `ref`; kNotFound when its key was destroyed.
base::Result<std::string> OpenEntryPart(seal::KeyStore& keys, const common::v1::Ref& ref,
                                        std::string_view stream, std::string_view part,
                                        std::string_view sealed);

/// A service's state as this turn sees it: the store plus the effects of what was decided before in
/// the turn.
class View {
 public:
  View(store::Store& store, store::Batch& batch, seal::KeyStore& keys, base::Entropy& entropy)
      : store_(store), batch_(batch), keys_(keys), entropy_(entropy) {}

  store::Batch& batch() { return batch_; }
  store::Store& store() { return store_; }
  seal::KeyStore& keys() { return keys_; }
  base::Entropy& entropy() { return entropy_; }

  /// The clear state of a stream; a fresh T when there is none.
  template <class T>
  T Load(std::string_view stream) const {
    T state;
    const auto row = batch_.Get(store::Column::kState, stream);
    if (row) Expect(state.ParseFromString(*row), stream);
    return state;
  }
  template <class T>
  void Save(std::string_view stream, const T& state) {
    if (const auto kept = kept_.find(stream); kept != kept_.end()) kept_.erase(kept);
    batch_.Put(store::Column::kState, stream, state.SerializeAsString());
  }
  /// Load and Save of a state that several events of a turn change one after another: what was kept
  /// is taken as it is, not parsed again.
  template <class T>
  T Take(std::string_view stream) {
    const auto kept = kept_.find(stream);
    T* known = kept == kept_.end() ? nullptr : dynamic_cast<T*>(kept->second.get());
    if (known == nullptr) return Load<T>(stream);
    T state = std::move(*known);
    kept_.erase(kept);
    return state;
  }
  template <class T>
  void Keep(std::string_view stream, T state) {
    Save(stream, state);
    if (kept_.size() >= kKeptMax) kept_.clear();
    kept_[std::string(stream)] = std::make_unique<T>(std::move(state));
  }
  /// The same, or nothing when there is none.
  template <class T>
  std::optional<T> Find(std::string_view stream) const {
    const auto row = batch_.Get(store::Column::kState, stream);
    if (!row) return std::nullopt;
    std::optional<T> state(std::in_place);
    Expect(state->ParseFromString(*row), stream);
    return state;
  }

  /// The sealed state of a stream. Nothing when there is none or its keys were destroyed.
  template <class T>
  std::optional<T> LoadSealed(std::string_view stream) {
    const auto plain = OpenSealed(stream);
    T state;
    if (!plain) return std::nullopt;
    Expect(state.ParseFromString(*plain), stream);
    return state;
  }
  template <class T>
  void SaveSealed(std::string_view stream, std::string_view keeper, const T& state) {
    SealState(stream, keeper, state.SerializeAsString());
  }

  std::optional<std::string> Index(std::string_view key) const;
  void PutIndex(std::string_view key, std::string value);
  void DeleteIndex(std::string_view key);

  /// Seals a part of the entry that is appended next; `part` is "private" or "secret".
  std::string SealPart(std::string_view stream, std::string_view keeper, std::string_view part,
                       std::string_view plain);
  /// Opens a part of entry `ref` of this service.
  base::Result<std::string> OpenPart(const common::v1::Ref& ref, std::string_view stream,
                                     std::string_view part, std::string_view sealed) {
    return OpenEntryPart(keys_, ref, stream, part, sealed);
  }

  /// The data key of a stream and the organisation that answers for it, handing out the next one
  /// when it has none.
  seal::KeyNumber KeyFor(std::string_view stream, std::string_view keeper);
  /// The number of the next key that has no stream yet.
  seal::KeyNumber next_key() const;
  /// From here on numbers count from `number`, when that is later.
  void SkipKeysTo(seal::KeyNumber number);

  /// The first data key that could not be made or read, or sealed state that could not be opened.
  /// Nothing that was decided on this view may be written or leave the process then.
  const base::Status& fault() const { return fault_; }

  /// The sealed state of a stream as bytes.
  std::optional<std::string> OpenSealed(std::string_view stream);
  /// The same for a check that goes on. kNotFound: there is none, or its keys were destroyed.
  base::Result<std::string> TryOpenSealed(std::string_view stream);

 private:
  static constexpr size_t kKeptMax = 64;
  static void Expect(bool parsed, std::string_view stream);
  void SealState(std::string_view stream, std::string_view keeper, std::string_view plain);
  std::string SealUnder(seal::KeyNumber number, std::string_view context, std::string_view plain);
  void Fail(std::string what, const base::Status& status);

  store::Store& store_;
  store::Batch& batch_;
  seal::KeyStore& keys_;
  base::Entropy& entropy_;
  std::map<std::string, std::unique_ptr<google::protobuf::Message>, std::less<>> kept_;
  base::Status fault_;
};

}  // namespace samenspel::daemon
