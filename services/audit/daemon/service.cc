// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/service.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <cstdlib>

#include "common/daemon/core.h"
#include "common/tlog/note.h"
#include "common/tlog/tiles.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/audit/daemon/log_rows.h"

namespace samenspel::audit {
namespace {

using daemon::Decided;
using daemon::View;

constexpr const char* kLogStream = "log";
constexpr const char* kReadStream = "!read";
constexpr size_t kSeedCharacters = 64;
constexpr size_t kEntriesAPage = 200;
constexpr size_t kBytesAPage = 400 * 1024;

Decided Refused(common::v1::Status status, const char* code, const char* field,
                bool hidden = false) {
  Decided decided;
  decided.status = status;
  decided.hidden = hidden;
  common::v1::Reason reason;
  reason.set_code(code);
  reason.set_field(field);
  decided.reasons.push_back(std::move(reason));
  return decided;
}

Reader ReaderOf(const daemon::Caller& caller) {
  const bool auditor =
      std::find(caller.roles.begin(), caller.roles.end(), "auditor") != caller.roles.end();
  return {caller.principal, caller.organisation, auditor};
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

base::Status Service::Load(View& view) {
  const auto log = view.Load<state::Log>(kLogStream);
  LogRows rows(view);
  auto tree = tlog::RestoreTree(log.size(),
                                [&](int level, uint64_t index) { return rows.Hash(level, index); });
  if (!tree.ok()) return tree.status();
  if (log.size() > 0 && tree->Root() != log.root()) {
    return {base::Code::kCorrupt, "the stored tree does not give the root that was signed"};
  }
  tree_ = std::move(*tree);
  return base::Ok();
}

std::string Service::CheckpointNote(const state::Log& log) const {
  const auto text = tlog::CheckpointText({origin_, log.size(), log.root()});
  const auto line = tlog::SignatureLine(key_.verifier(), log.signature());
  assert(text.ok() && line.ok());  // Both were made by us.
  const auto note = tlog::ComposeNote(*text, std::array{*line});
  assert(note.ok());
  return *note;
}

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kShowEntries:
      return Show(view, caller, now, request.show_entries());
    case v1::Request::kProveConsistency:
      return Prove(view, request.prove_consistency());
    case v1::Request::KIND_NOT_SET:
      break;
  }
  return Refused(common::v1::STATUS_INVALID, "no_request_kind", "");
}

namespace {

daemon::NewEvent OnStream(const char* stream, uint64_t version, std::shared_ptr<v1::Event> event) {
  daemon::NewEvent made;
  made.stream = stream;
  made.version = version;
  made.event = std::move(event);
  return made;
}

// The entries at `places` that are in the signed tree, as many as a page holds, each with its path.
base::Status FillPage(const LogRows& rows, uint64_t size, const std::vector<LogRows::Place>& places,
                      v1::EntriesShown& shown) {
  size_t bytes = 0;
  for (const LogRows::Place& place : places) {
    const auto entry = rows.Entry(place.service, place.sequence);
    if (!entry || place.leaf >= size) continue;
    if (shown.entries_size() == static_cast<int>(kEntriesAPage) || bytes > kBytesAPage) {
      shown.set_more(true);
      break;
    }
    auto path = tlog::InclusionPath(place.leaf, size, rows.Hashes());
    if (!path.ok()) return path.status();
    v1::ProvenEntry& proven = *shown.add_entries();
    proven.set_leaf(place.leaf);
    proven.set_header(entry->bytes);
    for (std::string& hash : *path) proven.add_path(std::move(hash));
    bytes += entry->bytes.size() + 32 * path->size();
  }
  return base::Ok();
}

// Whoever may see one entry of a stream may see the stream, on each of its pages.
bool MaySeeAny(const LogRows& rows, const Reader& reader,
               const std::vector<LogRows::Place>& places) {
  return std::any_of(places.begin(), places.end(), [&](const LogRows::Place& place) {
    const auto entry = rows.Entry(place.service, place.sequence);
    return entry && audit::MaySee(reader, entry->header);
  });
}

// Reading the log is logged (NEN 7513).
daemon::NewEvent ReadMark(const daemon::Caller& caller, const std::string& what, int entries,
                          base::Instant now) {
  auto event = std::make_shared<v1::Event>();
  v1::LogRead& read = *event->mutable_log_read();
  read.set_reader(caller.principal);
  read.set_purpose(caller.purpose);
  read.set_what(what);
  read.set_entries(static_cast<uint64_t>(entries));
  read.set_at_ms(base::ToMs(now));
  return OnStream(kReadStream, 0, std::move(event));
}

}  // namespace

Decided Service::Show(View& view, const daemon::Caller& caller, base::Instant now,
                      const v1::ShowEntries& request) {
  const LogRows rows(view);
  std::vector<LogRows::Place> places;
  std::vector<LogRows::Place> first;  // Of the stream, whatever the page.
  std::string what;
  if (request.has_entry()) {
    what = request.entry().service() + ":" + std::to_string(request.entry().sequence());
    const auto leaf = rows.LeafOf(request.entry());
    if (leaf) places.push_back({*leaf, request.entry().service(), request.entry().sequence()});
  } else if (const auto stream = rows.StreamOf(request.stream())) {
    what = *stream;
    places = rows.PlacesOf(what, request.after_leaf(), kEntriesAPage + 1);
    if (request.after_leaf() > 0) first = rows.PlacesOf(what, 0, kEntriesAPage);
  }
  // Proofs lead to the checkpoint that is durable; what this turn received is in the next one.
  const auto log = view.Load<state::Log>(kLogStream);
  v1::Response response;
  v1::EntriesShown& shown = *response.mutable_entries_shown();
  if (!FillPage(rows, log.size(), places, shown).ok()) {
    return Refused(common::v1::STATUS_UNAVAILABLE, "unavailable", "");
  }
  const Reader reader = ReaderOf(caller);
  const bool may_see = MaySeeAny(rows, reader, places) || MaySeeAny(rows, reader, first);
  if (shown.entries().empty() || !may_see) {
    return Refused(common::v1::STATUS_NOT_FOUND, "not_found", "what", !shown.entries().empty());
  }
  shown.set_checkpoint(CheckpointNote(log));
  Decided decided;
  decided.response = response.SerializeAsString();
  decided.events.push_back(ReadMark(caller, what, shown.entries_size(), now));
  return decided;
}

Decided Service::Prove(View& view, const v1::ProveConsistency& request) {
  const LogRows rows(view);
  const auto log = view.Load<state::Log>(kLogStream);
  if (request.old_size() == 0 || request.old_size() > log.size()) {
    return Refused(common::v1::STATUS_REFUSED, "size_beyond_log", "old_size");
  }
  auto path = tlog::ConsistencyPath(request.old_size(), log.size(), rows.Hashes());
  if (!path.ok()) return Refused(common::v1::STATUS_UNAVAILABLE, "unavailable", "");
  v1::Response response;
  v1::ConsistencyProven& proven = *response.mutable_consistency_proven();
  proven.set_checkpoint(CheckpointNote(log));
  for (std::string& hash : *path) proven.add_path(std::move(hash));
  Decided decided;
  decided.response = response.SerializeAsString();
  return decided;
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant) {
  const common::v1::EntryHeader& header = entry.entry->header;
  LogRows rows(view);
  // After a rebuild all is asked for again; each entry is a leaf once (invariant 7).
  if (rows.LeafOf(entry.ref())) return std::nullopt;
  rows.PutCopy(entry.from, *entry.entry);
  runs_.Add(entry.from, header.epoch(), header.sequence(), entry.entry->hash);
  pending_.push_back(tlog::LeafHash(entry.entry->bytes));
  return std::nullopt;
}

std::optional<Decided> Service::Close(View& view, base::Instant) {
  for (const auto& own : view.batch().appended()) {
    runs_.Add("audit", own->header.epoch(), own->header.sequence(), own->hash);
    pending_.push_back(tlog::LeafHash(own->bytes));
  }
  if (runs_.empty()) return std::nullopt;
  tlog::CompactRange next = tree_;
  for (std::string& leaf : pending_) (void)tlog::AppendLeaf(std::move(leaf), next);
  pending_.clear();
  auto event = std::make_shared<v1::Event>();
  v1::LeavesAppended& appended = *event->mutable_leaves_appended();
  for (v1::Run& run : runs_.Take()) *appended.add_runs() = std::move(run);
  appended.set_size(next.size());
  appended.set_root(next.Root());
  const auto text = tlog::CheckpointText({origin_, appended.size(), appended.root()});
  assert(text.ok());
  appended.set_signature(key_.Sign(*text));
  Decided decided;
  const uint64_t version = view.Load<state::Log>(kLogStream).version() + 1;
  decided.events.push_back(OnStream(kLogStream, version, std::move(event)));
  return decided;
}

void Service::Append(View& view, const v1::LeavesAppended& appended, uint64_t version) {
  LogRows rows(view);
  for (const v1::Run& run : appended.runs()) {
    for (uint64_t sequence = run.first(); sequence <= run.last().sequence(); ++sequence) {
      const auto entry = rows.Entry(run.service(), sequence);
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
  if (tree_.size() != appended.size() || tree_.Root() != appended.root()) {
    std::fprintf(stderr, "audit: the stored entries do not give the root that was signed\n");
    std::abort();
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
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

std::vector<daemon::FollowWish> Service::follows() const {
  const auto all = [](const char* service, std::vector<uint32_t> urgent) {
    daemon::FollowWish wish;
    wish.service = service;
    wish.every_entry = true;
    wish.urgent_kinds = std::move(urgent);
    wish.view = common::v1::VIEW_SEALED;
    return wish;
  };
  return {all("intake", {intake::v1::Event::kReportGraded}),
          all("meeting", {meeting::v1::Event::kMdoPlanned, meeting::v1::Event::kMdoUnplannable})};
}

// An await shows only that an entry is in the log; its content is shown by ShowEntries to those who
// may see it.
bool Service::MaySee(View&, const daemon::Caller& caller, const common::v1::Ref&) {
  return !caller.organisation.empty();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters() const {
  return {{"log_size", tree_.size()}};
}

}  // namespace samenspel::audit
