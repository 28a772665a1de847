// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/repair.h"

#include "common/base/utc_text.h"
#include "common/daemon/backup.h"
#include "common/daemon/keys_fit.h"
#include "common/daemon/repair_walk.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;
using store::Head;

// "20261122T061500.123Z": a file name everywhere.
std::string StampOf(base::Instant now) {
  std::string stamp = base::UtcText(now);
  std::erase_if(stamp, [](char one) { return one == '-' || one == ':'; });
  return stamp;
}

std::string Entries(uint64_t first, uint64_t last) {
  if (first == last) return "entry " + std::to_string(first);
  return "entries " + std::to_string(first) + " to " + std::to_string(last);
}

// Says one line for neighbours that share a fate.
class Findings {
 public:
  explicit Findings(const std::function<void(const std::string&)>& say) : say_(say) {}
  void Take(uint64_t sequence, const std::string& what) {
    if (what == what_) {
      last_ = sequence;
      return;
    }
    Flush();
    what_ = what;
    first_ = last_ = sequence;
  }
  void Flush() {
    if (!what_.empty()) say_(Entries(first_, last_) + ": " + what_);
    what_.clear();
  }

 private:
  const std::function<void(const std::string&)>& say_;
  std::string what_;
  uint64_t first_ = 0;
  uint64_t last_ = 0;
};

class Repairer {
 public:
  explicit Repairer(const RepairInput& input)
      : input_(input),
        copies_(input.copies),
        findings_(input.say),
        aside_(input.store.path + "/db.damaged-" + StampOf(input.now)) {}

  Result<RepairSummary> Run();

 private:
  Status Lock();
  Status Look();
  Status LookAtDatabase();
  Status Walk();
  Status Take(const RepairWalk::Step& step);
  void SayLoss(uint64_t known_end);
  bool IsSound();
  bool IsOfBackup() const { return AwaitsRepair(input_.store.path, input_.disk.files()); }
  Status Derive();
  std::vector<std::pair<std::string, Head>> Cursors() const;

  const RepairInput& input_;
  CopyReader copies_;
  Findings findings_;
  const std::string aside_;
  RepairSummary summary_;
  std::unique_ptr<base::FileLock> lock_;
  std::unique_ptr<store::DamagedJournal> local_;
  std::optional<Head> acked_;
  std::unique_ptr<store::MendedJournal> mended_;
  seal::KeyNumber highest_key_ = 0;
  uint64_t epoch_ = 1;
};

// Another's database must not be taken for a damaged one of ours.
Status CheckOwner(const store::DamagedJournal& local, const store::StoreConfig& config) {
  for (const uint64_t sequence : {uint64_t{1}, local.last()}) {
    const auto entry = local.Read(sequence);
    if (!entry.ok() || (*entry)->header.service() == config.service) continue;
    return {Code::kInvalid, config.path + " holds the journal of " + (*entry)->header.service() +
                                ", not of " + config.service +
                                ": folders were exchanged; put each back in its place"};
  }
  return base::Ok();
}

Status Repairer::LookAtDatabase() {
  if (!store::HasDatabase(input_.store, input_.disk)) {
    input_.say("the database is gone");
    return base::Ok();
  }
  auto opened = store::DamagedJournal::Open(input_.store, input_.disk);
  if (!opened.ok()) {
    input_.say("the database does not open: " + opened.status().message());
    return base::Ok();
  }
  local_ = std::move(*opened);
  return CheckOwner(*local_, input_.store);
}

Status Repairer::Lock() {
  auto lock = input_.disk.files().Lock(input_.store.path + "/lock");
  if (!lock.ok()) return lock.status();
  lock_ = std::move(*lock);
  return base::Ok();
}

Status Repairer::Look() {
  SAMENSPEL_RETURN_IF_ERROR(input_.disk.files().MakeDirectory(input_.store.path));
  SAMENSPEL_RETURN_IF_ERROR(Lock());
  SAMENSPEL_RETURN_IF_ERROR(CheckKeys(input_.keys));
  const auto finished = store::FinishPutting(input_.store, input_.disk, aside_ + "-former");
  if (!finished.ok()) return finished.status();
  if (*finished) input_.say("a repair was cut short: the journal it had made is in its place now");
  const auto acked = store::ReadWatermark(input_.store, input_.disk.files());
  if (acked.ok()) acked_ = *acked;
  if (!acked.ok()) input_.say(acked.status().message());
  if (acked.ok() && !acked_) input_.say("the watermark is gone");
  return LookAtDatabase();
}

Status Repairer::Take(const RepairWalk::Step& step) {
  const uint64_t sequence = step.entry->header.sequence();
  highest_key_ = std::max(highest_key_, HighestKeyOf(*step.entry));
  switch (step.origin) {
    case Origin::kWhole:
      ++summary_.whole;
      findings_.Flush();
      break;
    case Origin::kMended:
      ++summary_.mended;
      findings_.Take(sequence, step.fault + "; audit's copy takes its place");
      break;
    case Origin::kFetched:
      ++summary_.fetched;
      findings_.Take(sequence, "missing here; fetched from audit");
      break;
    case Origin::kKept:
      ++summary_.kept;
      findings_.Take(sequence, "here and not yet at audit; kept");
      break;
  }
  return mended_->Add(*step.entry);
}

void Repairer::SayLoss(uint64_t known_end) {
  const uint64_t end = mended_->head().sequence;
  if (known_end <= end) return;
  summary_.lost = known_end - end;
  input_.say(Entries(end + 1, known_end) +
             ": lost. Neither here nor at audit, whose copy ends at entry " +
             std::to_string(copies_.head().sequence));
}

Status Repairer::Walk() {
  auto mended = store::MendedJournal::Begin(input_.store, input_.disk);
  if (!mended.ok()) return mended.status();
  mended_ = std::move(*mended);
  RepairWalk walk(input_.store.service, local_.get(), copies_, acked_);
  for (;;) {
    const auto step = walk.Next();
    if (!step.ok()) return step.status();
    if (!step->has_value()) break;
    SAMENSPEL_RETURN_IF_ERROR(Take(**step));
  }
  findings_.Flush();
  SAMENSPEL_RETURN_IF_ERROR(CheckKeysReach(highest_key_, input_.keys));
  SayLoss(walk.known_end());
  summary_.unproven = !acked_ && (!local_ || !local_->noted() || IsOfBackup());
  summary_.head = mended_->head();
  epoch_ = walk.known_epoch();
  return base::Ok();
}

// What is noted here is right as long as the journal reaches as far as it did; the causes of what
// was fetched may be further. Too low a cursor does no harm: what took effect is passed over.
std::vector<std::pair<std::string, Head>> Repairer::Cursors() const {
  std::map<std::string, Head> cursors = copies_.causes();
  const auto noted = local_ ? local_->noted() : std::nullopt;
  if (noted && noted->sequence <= mended_->head().sequence) {
    for (const auto& [service, head] : local_->cursors()) {
      Head& newest = cursors[service];
      if (head.sequence > newest.sequence) newest = head;
    }
  }
  return {cursors.begin(), cursors.end()};
}

// Whether the database itself may stay: all entries are here, and every file is as it was written.
bool Repairer::IsSound() {
  if (!local_ || summary_.mended + summary_.fetched + summary_.lost > 0) return false;
  const Status files = local_->CheckFiles();
  if (!files.ok()) {
    input_.say(files.message());
    return false;
  }
  lock_.reset();  // The store takes it.
  auto store = store::Store::OpenUnproven(input_.store, input_.disk);
  if (!store.ok() || (*store)->head().hash != mended_->head().hash) {
    input_.say(store.ok() ? "its log ends early" : store.status().message());
    return false;
  }
  return true;
}

Status Repairer::Derive() {
  auto store = store::Store::OpenUnproven(input_.store, input_.disk);
  if (!store.ok()) return store.status();
  // Before the rebuild ends: until then nothing serves from it.
  // Whatever came behind may have used numbers and keys that must not be given again.
  summary_.began_epoch = summary_.lost > 0 || summary_.unproven || IsOfBackup();
  if (summary_.began_epoch) SAMENSPEL_RETURN_IF_ERROR((*store)->BeginEpoch());
  SAMENSPEL_RETURN_IF_ERROR(Rebuild(**store, input_.keys, input_.entropy, input_.make));
  summary_.head = (*store)->head();
  return EndAwaitingRepair(input_.store.path, input_.disk.files());
}

Result<RepairSummary> Repairer::Run() {
  SAMENSPEL_RETURN_IF_ERROR(Look());
  SAMENSPEL_RETURN_IF_ERROR(Walk());
  if (summary_.lost > 0 && !input_.accept_loss) return summary_;
  const auto cursors = Cursors();
  if (!IsSound()) {
    if (!lock_) SAMENSPEL_RETURN_IF_ERROR(Lock());
    const bool had_database = store::HasDatabase(input_.store, input_.disk);
    local_.reset();
    SAMENSPEL_RETURN_IF_ERROR(mended_->AddCursors(cursors));
    SAMENSPEL_RETURN_IF_ERROR(mended_->PutInPlace(aside_, epoch_));
    if (had_database) {
      input_.say(IsOfBackup() ? "the database as the backup had it is kept as " + aside_ +
                                    "; nobody needs it any more"
                              : "the damaged database is kept as " + aside_);
    }
  }
  local_.reset();
  lock_.reset();
  SAMENSPEL_RETURN_IF_ERROR(Derive());
  summary_.done = true;
  return summary_;
}

}  // namespace

Result<RepairSummary> Repair(const RepairInput& input) { return Repairer(input).Run(); }

}  // namespace samenspel::daemon
