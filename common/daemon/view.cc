// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/view.h"

#include <cstdio>
#include <cstdlib>

#include "common/base/mutant.h"
#include "common/store/bytes.h"

namespace samenspel::daemon {
namespace {

using store::BigEndian;
using store::Column;
using store::FromBigEndian;

// Streams have ids with an underscore; rows of our own begin with a character that no id has.
constexpr std::string_view kNextKey = "!next-key";

std::string KeyRow(std::string_view stream, std::string_view keeper) {
  std::string row = "!key/";
  row += stream;
  row += '/';
  row += keeper;
  return row;
}

std::string PartContext(std::string_view service, uint64_t epoch, uint64_t sequence,
                        std::string_view stream, std::string_view part) {
  std::string context(service);
  context += '|';
  context += stream;
  context += '|';
  context += part;
  context += '|';
  return context + BigEndian(epoch) + BigEndian(sequence);
}

std::string StateContext(std::string_view service, std::string_view stream) {
  std::string context(service);
  context += '|';
  context += stream;
  return context + "|state";
}

// A broken invariant of our own data: stop, so that the restart proves or refuses it.
[[noreturn]] void Die(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

}  // namespace

void View::Expect(bool parsed, std::string_view stream) {
  if (!parsed)
    Die("state of stream " + std::string(stream) + " cannot be read; check with --verify");
}

std::optional<std::string> View::Index(std::string_view key) const {
  return batch_.Get(Column::kIndex, key);
}
void View::PutIndex(std::string_view key, std::string value) {
  batch_.Put(Column::kIndex, key, std::move(value));
}
void View::DeleteIndex(std::string_view key) { batch_.Delete(Column::kIndex, key); }

seal::KeyNumber View::next_key() const {
  const auto row = batch_.Get(Column::kState, kNextKey);
  return row ? FromBigEndian(*row) : 1;
}

void View::SkipKeysTo(seal::KeyNumber number) {
  if (number > next_key()) batch_.Put(Column::kState, kNextKey, BigEndian(number));
}

seal::KeyNumber View::KeyFor(std::string_view stream, std::string_view keeper) {
  const std::string row = KeyRow(stream, keeper);
  if (const auto known = batch_.Get(Column::kState, row)) return FromBigEndian(*known);
  const seal::KeyNumber number = next_key();
  batch_.Put(Column::kState, row, BigEndian(number));
  const bool again = base::Mutated(base::Mutant::kKeyUsedTwice);
  batch_.Put(Column::kState, kNextKey, BigEndian(again ? number : number + 1));
  return number;
}

void View::Fail(std::string what, const base::Status& status) {
  if (fault_.ok()) fault_ = {status.code(), std::move(what) + ": " + status.message()};
}

std::string View::SealUnder(seal::KeyNumber number, std::string_view context,
                            std::string_view plain) {
  if (number > keys_.last()) {
    const base::Status added = keys_.AddBlock();
    if (!added.ok()) Fail("make data keys", added);
  }
  const auto key = keys_.Find(number);
  if (key.ok()) return seal::Seal(number, *key, context, plain, entropy_);
  Fail("data key " + std::to_string(number), key.status());
  return {};
}

std::string View::SealPart(std::string_view stream, std::string_view keeper, std::string_view part,
                           std::string_view plain) {
  const std::string context =
      PartContext(store_.service(), batch_.epoch(), batch_.next_sequence(), stream, part);
  return SealUnder(KeyFor(stream, keeper), context, plain);
}

base::Result<std::string> OpenEntryPart(seal::KeyStore& keys, const common::v1::Ref& ref,
                                        std::string_view stream, std::string_view part,
                                        std::string_view sealed) {
  return seal::Unseal(keys, PartContext(ref.service(), ref.epoch(), ref.sequence(), stream, part),
                      sealed);
}

void View::SealState(std::string_view stream, std::string_view keeper, std::string_view plain) {
  if (base::Mutated(base::Mutant::kPlainOnDisk))
    PutIndex("p/" + std::string(stream), std::string(plain));
  const seal::KeyNumber number = KeyFor(stream, keeper);
  const bool erased =
      number <= keys_.last() && keys_.Find(number).status().code() == base::Code::kNotFound;
  if (erased) return batch_.Delete(Column::kPrivate, stream);  // Met in a replay: it stays away.
  batch_.Put(Column::kPrivate, stream,
             SealUnder(number, StateContext(store_.service(), stream), plain));
}

base::Result<std::string> View::TryOpenSealed(std::string_view stream) {
  const auto row = batch_.Get(Column::kPrivate, stream);
  if (row) return seal::Unseal(keys_, StateContext(store_.service(), stream), *row);
  return base::Status(base::Code::kNotFound, "no sealed state");
}

std::optional<std::string> View::OpenSealed(std::string_view stream) {
  auto plain = TryOpenSealed(stream);
  if (plain.ok()) return std::move(*plain);
  if (plain.status().code() != base::Code::kNotFound) {
    Fail("sealed state of stream " + std::string(stream), plain.status());
  }
  return std::nullopt;
}

}  // namespace samenspel::daemon
