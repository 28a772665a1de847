// SPDX-License-Identifier: EUPL-1.2
// Opening a store, and proving that it is whole.
#include <algorithm>

#include "common/base/mutant.h"
#include "common/store/bytes.h"
#include "common/store/engine.h"
#include "common/store/mend.h"
#include "common/store/table_check.h"

namespace samenspel::store {
namespace {

using base::Code;
using base::Result;
using base::Status;

std::string FormerPath(const StoreConfig& config) { return config.path + "/watermark"; }

bool IsFarther(const Head& left, const Head& right) {
  return std::pair(left.epoch, left.sequence) > std::pair(right.epoch, right.sequence);
}

// Of audit's own entries nobody else has a copy.
std::string AdviceFor(const StoreConfig& config) {
  const std::string repair =
      config.service == "audit" ? "" : "--repair-from audit brings them back, or ";
  return "; acknowledged entries are missing. Do not serve from this copy: " + repair +
         "move the folder away and put a backup in its place with --restore. --verify checks what "
         "is there";
}

Status Ends(const StoreConfig& config, uint64_t end, uint64_t acked) {
  return {Code::kCorrupt, config.path + ": the journal ends at entry " + std::to_string(end) +
                              ", entry " + std::to_string(acked) + " was acknowledged" +
                              AdviceFor(config)};
}

// Nothing is made in the place of a database that is gone: a restore wants the folder empty.
Status CheckNotGone(const StoreConfig& config, Disk& disk) {
  std::vector<std::string> names;
  const bool is_there = disk.env()->GetChildren(config.path + "/db", &names).ok() && !names.empty();
  const auto acked = ReadWatermark(config, disk.files());
  if (is_there || !acked.ok() || !acked->has_value() || (*acked)->sequence == 0) return base::Ok();
  return Ends(config, 0, (*acked)->sequence);
}

// An opening for writing throws away what stands behind a damaged spot of the log, though a repair
// could still read it: so the first proof is on one that changes nothing.
Status ProveUntouched(const StoreConfig& config, Disk& disk) {
  if (!HasDatabase(config, disk)) return base::Ok();
  const auto lock = disk.files().Lock(config.path + "/lock");
  if (!lock.ok()) return lock.status();
  const auto look = Store::OpenSnapshot(config, disk);
  if (!look.ok()) return base::Ok();  // Why, the opening says itself.
  const auto acked = ReadWatermark(config, disk.files());
  if (!acked.ok() || !acked->has_value()) return base::Ok();
  return (*look)->CheckHolds(**acked);
}

}  // namespace

std::string WatermarkPath(const StoreConfig& config) {
  return config.watermark.empty() ? FormerPath(config) : config.watermark;
}

Result<std::optional<Head>> ReadWatermark(const StoreConfig& config, base::FileSystem& files) {
  auto mark = Watermark::Read(files, WatermarkPath(config));
  if (!mark.ok() || config.watermark.empty()) return mark;
  auto former = Watermark::Read(files, FormerPath(config));
  if (!former.ok() || !mark->has_value()) return former;
  return former->has_value() && IsFarther(**former, **mark) ? former : mark;
}

Status NoWatermark(const StoreConfig& config) {
  return {Code::kCorrupt,
          "watermark " + WatermarkPath(config) +
              " is gone, so it cannot be proven that nothing is missing; --repair-from audit "
              "compares with audit's copy and writes a new one, or check with --verify, then "
              "--rebuild does"};
}

Store::Store(StoreConfig config, std::unique_ptr<base::FileLock> lock,
             std::unique_ptr<Engine> engine)
    : config_(std::move(config)), lock_(std::move(lock)), engine_(std::move(engine)) {}

Store::~Store() {
  if (watermark_ && watermark_dirty_) (void)watermark_->Sync();
}

Result<std::unique_ptr<Store>> Store::OpenFiles(const StoreConfig& config, Disk& disk) {
  SAMENSPEL_RETURN_IF_ERROR(disk.files().MakeDirectory(config.path));
  auto lock = disk.files().Lock(config.path + "/lock");
  if (!lock.ok()) return lock.status();
  if (base::Mutated(base::Mutant::kLockIgnored)) lock->reset();
  SAMENSPEL_RETURN_IF_ERROR(CheckNotGone(config, disk));
  auto engine = Engine::Open(config, disk);
  if (!engine.ok()) return engine.status();
  auto store = std::unique_ptr<Store>(new Store(config, std::move(*lock), std::move(*engine)));
  store->files_ = &disk.files();
  SAMENSPEL_RETURN_IF_ERROR(store->LoadHead());
  return store;
}

Result<std::unique_ptr<Store>> Store::OpenUnproven(const StoreConfig& config, Disk& disk) {
  auto opened = OpenFiles(config, disk);
  if (!opened.ok()) return opened;
  Store& store = **opened;
  // A watermark that is gone stays gone: only --rebuild makes a new one.
  const bool is_new = store.head_.sequence == 0 && !disk.files().Exists(FormerPath(config));
  const bool whole = is_new || disk.files().Exists(WatermarkPath(config));
  if (whole) SAMENSPEL_RETURN_IF_ERROR(store.OpenWatermark());
  return opened;
}

Result<std::unique_ptr<Store>> Store::OpenSnapshot(const StoreConfig& config, Disk& disk) {
  auto engine = Engine::OpenForReading(config, disk);
  if (!engine.ok()) return engine.status();
  auto store = std::unique_ptr<Store>(new Store(config, nullptr, std::move(*engine)));
  store->files_ = &disk.files();
  SAMENSPEL_RETURN_IF_ERROR(store->LoadHead());
  return store;
}

Result<std::unique_ptr<Store>> Store::Open(const StoreConfig& config, Disk& disk) {
  SAMENSPEL_RETURN_IF_ERROR(CheckManifest(config, disk));
  SAMENSPEL_RETURN_IF_ERROR(ProveUntouched(config, disk));
  auto opened = OpenFiles(config, disk);
  if (!opened.ok()) return opened;
  Store& store = **opened;
  SAMENSPEL_RETURN_IF_ERROR(store.Prove());
  SAMENSPEL_RETURN_IF_ERROR(CheckDense(*store.engine_->db, store.engine_->column(Column::kJournal),
                                       store.head_.sequence, config.path));
  store.table_check_ = std::make_unique<TableCheck>(*store.engine_->db, disk.env());
  SAMENSPEL_RETURN_IF_ERROR(store.table_check_->Check(config.checked_bytes));
  SAMENSPEL_RETURN_IF_ERROR(store.OpenWatermark());
  const bool is_from_0_2 = !config.watermark.empty() && disk.files().Exists(FormerPath(config));
  if (is_from_0_2) SAMENSPEL_RETURN_IF_ERROR(store.ResetWatermark());
  SAMENSPEL_RETURN_IF_ERROR(NoteManifest(config, *store.engine_->db, disk.files()));
  if (config.check_rest && !store.table_check_->done()) store.table_check_->CheckRest();
  return opened;
}

Status Store::OpenWatermark() {
  const std::string path = WatermarkPath(config_);
  if (!files_->Exists(path)) return ResetWatermark();
  auto watermark = Watermark::Open(*files_, path);
  if (!watermark.ok()) return watermark.status();
  watermark_ = std::move(*watermark);
  return base::Ok();
}

// A whole new file: the slot of before must not tell of a former epoch one day.
Status Store::ResetWatermark() {
  const std::string path = WatermarkPath(config_);
  watermark_dirty_ = false;
  SAMENSPEL_RETURN_IF_ERROR(files_->MakeDirectory(path.substr(0, path.rfind('/'))));
  SAMENSPEL_RETURN_IF_ERROR(Watermark::Reset(*files_, path, head_));
  SAMENSPEL_RETURN_IF_ERROR(OpenWatermark());
  SAMENSPEL_RETURN_IF_ERROR(NoteManifest(config_, *engine_->db, *files_));
  const bool has_former = !config_.watermark.empty() && files_->Exists(FormerPath(config_));
  return has_former ? files_->Remove(FormerPath(config_)) : base::Ok();
}

// The head is what the row "head" says, and must be the journal's last row: both are in each
// commit. Only its epoch may be later, when a new one has begun.
Status Store::LoadHead() {
  std::unique_ptr<rocksdb::Iterator> at(
      engine_->db->NewIterator({}, engine_->column(Column::kJournal)));
  at->SeekToLast();
  if (!at->status().ok()) return Failed("read journal of", config_.path, at->status());
  common::v1::Head noted;
  const auto row = Get(Column::kCursor, kHeadKey);
  if (!fault_.ok()) return fault_;
  if (row && !noted.ParseFromString(*row)) {
    return {Code::kCorrupt, config_.path + ": the row of the journal's head cannot be read"};
  }
  head_ = {std::max<uint64_t>(noted.epoch(), 1), noted.sequence(), noted.hash()};
  if (!at->Valid()) {
    if (noted.sequence() == 0) return base::Ok();
    return {Code::kCorrupt, config_.path + ": the journal is empty, but its head was at " +
                                std::to_string(noted.sequence())};
  }
  const auto last = ParseStored({at->value().data(), at->value().size()});
  const uint64_t sequence = FromBigEndian({at->key().data(), at->key().size()});
  if (!last || last->header.sequence() != sequence || last->hash != noted.hash() ||
      sequence != noted.sequence() || last->header.epoch() > noted.epoch()) {
    return {Code::kCorrupt, config_.path + ": entry " + std::to_string(sequence) +
                                ", the last of the journal, is damaged or not the noted head"};
  }
  last_epoch_ = last->header.epoch();
  return base::Ok();
}

Status Store::Prove() {
  if (Get(Column::kCursor, kRebuildKey)) {
    return {Code::kCorrupt, config_.path + ": a rebuild was cut short; run --rebuild again"};
  }
  const auto acked = ReadWatermark(config_, *files_);
  if (!acked.ok()) return acked.status();
  if (!acked->has_value()) {
    if (head_.sequence == 0) return base::Ok();
    return NoWatermark(config_);
  }
  return CheckHolds(**acked);
}

Status Store::CheckHolds(const Head& mark) const {
  if (base::Mutated(base::Mutant::kProofSkipped)) return base::Ok();
  // An epoch that was begun knowingly, cut short before the watermark followed: see BeginEpoch.
  if (mark.epoch < head_.epoch || mark.sequence == 0) return base::Ok();
  if (mark.sequence > head_.sequence || mark.epoch > head_.epoch) {
    return Ends(config_, head_.sequence, mark.sequence);
  }
  std::string previous;
  for (uint64_t sequence = mark.sequence; sequence <= head_.sequence; ++sequence) {
    const auto entry = Read(sequence);
    const bool is_mark = sequence == mark.sequence;
    if (!entry || (is_mark && entry->hash != mark.hash) ||
        (!is_mark && entry->header.previous_hash() != previous)) {
      return {Code::kCorrupt, config_.path + ": entry " + std::to_string(sequence) +
                                  " is not the one that was acknowledged" + AdviceFor(config_)};
    }
    previous = entry->hash;
  }
  return base::Ok();
}

}  // namespace samenspel::store
