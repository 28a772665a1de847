// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/service.h"

#include <array>
#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "common/base/mutant.h"
#include "common/daemon/core.h"
#include "common/tlog/note.h"
#include "common/tlog/tiles.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/audit/daemon/log_rows.h"

namespace samenspel::audit {
namespace {

using daemon::Decided;
using daemon::View;

constexpr size_t kSeedCharacters = 64;

// Nothing may be signed or stored on top of this; what is on the disk decides after a restart.
void MustBeOk(const base::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "audit: a bit has changed: %s\n", status.message().c_str());
  std::abort();
}

}  // namespace

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  const std::string path = input.config.secrets + "/ed25519.seed";
  const auto seed = daemon::ReadSecret(input.files, path, kSeedCharacters);
  if (!seed.ok()) return seed.status();
  if (input.config.origin.empty()) {
    return base::Status(base::Code::kInvalid, "the config of audit lacks origin");
  }
  auto key = tlog::SigningKey::FromSeed(input.config.origin, daemon::FromHex(*seed));
  if (!key.ok()) return base::Status(key.status().code(), path + ": " + key.status().message());
  return std::unique_ptr<daemon::Service>(new Service(input.config.origin, std::move(*key)));
}

Service::Service(std::string origin, tlog::SigningKey key)
    : origin_(std::move(origin)), key_(std::move(key)) {}

const google::protobuf::Message& Service::request_type() const {
  return v1::Request::default_instance();
}
const google::protobuf::Message& Service::event_type() const {
  return v1::Event::default_instance();
}

// A restored copy has forgotten what it signed last, and will never sign another root for the same
// size of the same log: so its log is another one.
void Service::UseEpoch(uint64_t epoch) {
  const std::string name = tlog::LogName(origin_, epoch);
  if (key_.verifier().name() == name) return;
  auto renamed = key_.Renamed(name);
  assert(renamed.ok());
  key_ = *std::move(renamed);
}

base::Status Service::Load(View& view) {
  UseEpoch(view.store().last_epoch());
  const auto log = view.Load<state::Log>(kLogStream);
  LogRows rows(view);
  auto tree = tlog::RestoreTree(log.size(),
                                [&](int level, uint64_t index) { return rows.Hash(level, index); });
  if (!tree.ok()) return tree.status();
  SAMENSPEL_RETURN_IF_ERROR(tlog::CheckTree(*tree, TreeOf(log)));
  tree_ = std::move(*tree);
  return base::Ok();
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant) {
  const common::v1::EntryHeader& header = entry.entry->header;
  LogRows rows(view);
  // After a rebuild all is asked for again; each entry is a leaf once (invariant 7).
  if (rows.LeafOf(entry.ref())) return std::nullopt;
  rows.PutCopy(entry.from, *entry.entry);
  if (base::Mutated(base::Mutant::kLeafSkipped) && header.sequence() % 8 == 0) return std::nullopt;
  runs_.Add(entry.from, header.epoch(), header.sequence(), entry.entry->hash);
  if (base::Mutated(base::Mutant::kLeafTwice)) {
    runs_.Add(entry.from, header.epoch(), header.sequence(), entry.entry->hash);
    pending_.push_back(tlog::LeafHash(entry.entry->bytes));
  }
  pending_.push_back(tlog::LeafHash(entry.entry->bytes));
  arrived_[{entry.from, header.sequence()}] = entry.entry;
  return std::nullopt;
}

std::optional<Decided> Service::Close(View& view, base::Instant) {
  for (const auto& own : view.batch().appended()) {
    runs_.Add("audit", own->header.epoch(), own->header.sequence(), own->hash);
    pending_.push_back(tlog::LeafHash(own->bytes));
    arrived_[{"audit", own->header.sequence()}] = own;
  }
  if (runs_.empty()) return std::nullopt;
  UseEpoch(view.batch().epoch());
  // What lay in memory since the last signature must still be what was signed then (A4).
  const auto log = view.Load<state::Log>(kLogStream);
  MustBeOk(tlog::CheckTree(tree_, TreeOf(log)));
  tlog::CompactRange next = tree_;
  for (std::string& leaf : pending_) (void)tlog::AppendLeaf(std::move(leaf), next);
  pending_.clear();
  auto event = std::make_shared<v1::Event>();
  v1::LeavesAppended& appended = *event->mutable_leaves_appended();
  for (v1::Run& run : runs_.Take()) *appended.add_runs() = std::move(run);
  appended.set_size(next.size());
  const bool stale = base::Mutated(base::Mutant::kRootStale);
  appended.set_root(stale ? tree_.Root() : next.Root());
  const auto text =
      tlog::CheckpointText({key_.verifier().name(), appended.size(), appended.root()});
  assert(text.ok());
  appended.set_signature(key_.Sign(*text));
  const auto line = tlog::SignatureLine(key_.verifier(), appended.signature());
  assert(line.ok());
  MustBeOk(
      tlog::OpenCheckpoint(*tlog::ComposeNote(*text, std::array{*line}), key_.verifier()).status());
  Decided decided;
  const uint64_t version = log.version() + 1;
  daemon::NewEvent made;
  made.stream = kLogStream;
  made.version = version;
  made.event = std::move(event);
  decided.events.push_back(std::move(made));
  return decided;
}

void Service::Append(View& view, const v1::LeavesAppended& appended, uint64_t version) {
  LogRows rows(view);
  const auto arrived = std::exchange(arrived_, {});  // None in a replay.
  for (const v1::Run& run : appended.runs()) {
    for (uint64_t sequence = run.first(); sequence <= run.last().sequence(); ++sequence) {
      const auto known = arrived.find({run.service(), sequence});
      const auto entry =
          rows.Entry(run.service(), sequence, known == arrived.end() ? nullptr : known->second);
      assert(entry != nullptr);
      rows.PutLeaf(tree_.size(), *entry);
      rows.PutHashes(tlog::AppendLeaf(tlog::LeafHash(entry->bytes), tree_));
    }
    if (run.service() == name()) continue;
    // After a rebuild, too, following goes on behind the last leaf: no entry becomes one twice.
    view.batch().Put(store::Column::kCursor, daemon::CursorRow(run.service()),
                     run.last().SerializeAsString());
  }
  // The root was signed over what arrived; this one is over what was stored. They must be the same
  // (A4).
  if (!base::Mutated(base::Mutant::kRootStale)) {
    MustBeOk(tlog::CheckTree(tree_, {appended.size(), appended.root()}));
  }
  state::Log log;
  log.set_version(version);
  log.set_size(appended.size());
  log.set_root(appended.root());
  log.set_signature(appended.signature());
  view.Save(kLogStream, log);
}

void Service::Evolve(View& view, const common::v1::Ref&, const common::v1::EventRecord& record,
                     const google::protobuf::Message& message) {
  const auto& event = static_cast<const v1::Event&>(message);
  switch (event.kind_case()) {
    case v1::Event::kLeavesAppended:
      return Append(view, event.leaves_appended(), record.version());
    case v1::Event::kLogRead:
    case v1::Event::kFollowerSeen:
    case v1::Event::kClockSeen:
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

std::vector<daemon::FollowWish> Service::follows() const {
  const auto all = [](const char* service) {
    daemon::FollowWish wish;
    wish.service = service;
    wish.every_entry = true;
    wish.view = common::v1::VIEW_SEALED;
    return wish;
  };
  daemon::FollowWish intake = all("intake");
  daemon::FollowWish meeting = all("meeting");
  // A red report waits for its meeting, a moment later: both become leaves in one commit.
  intake.prompt_kinds = {intake::v1::Event::kReportGraded};
  meeting.urgent_kinds = {meeting::v1::Event::kMdoPlanned, meeting::v1::Event::kMdoUnplannable};
  return {intake, meeting, all("escalation")};
}

// An await shows only that an entry is in the log; its content is shown by ShowEntries to those who
// may see it.
bool Service::MaySee(View&, const daemon::Caller& caller, const common::v1::Ref&) {
  return !caller.organisation.empty();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters(base::Instant) const {
  return {{"log_size", tree_.size()}, {"log_damage", damaged_}};
}

}  // namespace samenspel::audit
