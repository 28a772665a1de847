// SPDX-License-Identifier: EUPL-1.2
#include "common/store/watermark.h"

#include <utility>

#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr std::string_view kMagic = "SPWMARK1";
constexpr size_t kSlot = 4096;
constexpr size_t kHash = 32;
constexpr size_t kBody = 8 + 3 * 8 + kHash;  // magic, counter, epoch, sequence, hash

struct Slot {
  uint64_t counter = 0;
  Head head;
  uint64_t place = 0;  // 0 or 1; not written.
};

std::string Encode(const Slot& slot) {
  std::string body(kMagic);
  body += BigEndian(slot.counter) + BigEndian(slot.head.epoch) + BigEndian(slot.head.sequence);
  body += slot.head.hash.empty() ? std::string(kHash, '\0') : slot.head.hash;
  body += tlog::Sha256(body);
  body.resize(kSlot);
  return body;
}

std::optional<Slot> Decode(std::string_view bytes) {
  if (bytes.size() < kBody + kHash || !bytes.starts_with(kMagic)) return std::nullopt;
  if (tlog::Sha256(bytes.substr(0, kBody)) != bytes.substr(kBody, kHash)) return std::nullopt;
  Slot slot;
  slot.counter = FromBigEndian(bytes.substr(8));
  slot.head.epoch = FromBigEndian(bytes.substr(16));
  slot.head.sequence = FromBigEndian(bytes.substr(24));
  if (slot.head.sequence > 0) slot.head.hash = bytes.substr(32, kHash);
  return slot;
}

Result<std::optional<Slot>> Newest(base::FileSystem& files, const std::string& path) {
  if (!files.Exists(path)) return std::optional<Slot>();
  const auto content = files.Read(path);
  if (!content.ok()) return content.status();
  const std::string_view bytes = *content;
  const auto first = Decode(bytes.substr(0, std::min(bytes.size(), kSlot)));
  auto second = bytes.size() > kSlot ? Decode(bytes.substr(kSlot)) : std::nullopt;
  if (second) second->place = 1;
  if (!first && !second) {
    return Status(Code::kCorrupt, "watermark " + path + ": neither slot can be read");
  }
  if (first && second) return first->counter > second->counter ? first : second;
  return first ? first : second;
}

}  // namespace

Result<std::optional<Head>> Watermark::Read(base::FileSystem& files, const std::string& path) {
  auto slot = Newest(files, path);
  if (!slot.ok()) return slot.status();
  if (!slot->has_value()) return std::optional<Head>();
  return std::optional<Head>((*slot)->head);
}

Status Watermark::Reset(base::FileSystem& files, const std::string& path, const Head& head) {
  return files.Replace(path, Encode({1, head}) + Encode({2, head}));
}

Result<std::unique_ptr<Watermark>> Watermark::Open(base::FileSystem& files,
                                                   const std::string& path) {
  Slot newest;
  newest.place = 1;
  const auto slot = Newest(files, path);
  if (slot.ok() && slot->has_value()) newest = **slot;
  auto file = files.Open(path);
  if (!file.ok()) return file.status();
  // Who wrote it may have died before its sync, and the next write goes to the only other slot.
  SAMENSPEL_RETURN_IF_ERROR((*file)->Sync());
  return std::unique_ptr<Watermark>(
      new Watermark(std::move(*file), newest.counter, 1 - newest.place));
}

Status Watermark::Write(const Head& head) {
  written_ = true;
  return file_->WriteAt(next_ * kSlot, Encode({++counter_, head}));
}

Status Watermark::Sync() {
  SAMENSPEL_RETURN_IF_ERROR(file_->Sync());
  if (std::exchange(written_, false)) next_ = 1 - next_;
  return base::Ok();
}

}  // namespace samenspel::store
