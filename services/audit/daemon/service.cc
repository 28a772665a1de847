// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/service.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <cstdlib>

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

Decided Service::Show(View& view, const daemon::Caller& caller, base::Instant now,
                      const v1::ShowEntries& request) {
  const LogRows rows(view);
  // Proofs lead to the checkpoint that is durable; what this turn received is in the next one.
  const auto log = view.Load<state::Log>(kLogStream);
  std::vector<LogRows::Place> places;
  std::string what;
  if (request.has_entry()) {
    what = request.entry().service() + ":" + std::to_string(request.entry().sequence());
    const auto leaf = rows.LeafOf(request.entry());
    if (leaf) places.push_back({*leaf, request.entry().service(), request.entry().sequence()});
  } else {
    what = rows.StreamOf(request.stream());
    places = rows.PlacesOf(what, request.after_leaf(), kEntriesAPage + 1);
  }
  const Reader reader = ReaderOf(caller);
  v1::Response response;
  v1::EntriesShown& shown = *response.mutable_entries_shown();
  bool may_see = false;
  size_t bytes = 0;
  for (const LogRows::Place& place : places) {
    const auto entry = rows.Entry(place.service, place.sequence);
    if (!entry || place.leaf >= log.size()) continue;
    if (shown.entries_size() == static_cast<int>(kEntriesAPage) || bytes > kBytesAPage) {
      shown.set_more(true);
      break;
    }
    auto path = tlog::InclusionPath(place.leaf, log.size(), rows.Hashes());
    if (!path.ok()) return Refused(common::v1::STATUS_UNAVAILABLE, "unavailable", "");
    may_see |= audit::MaySee(reader, entry->header);
    v1::ProvenEntry& proven = *shown.add_entries();
    proven.set_leaf(place.leaf);
    proven.set_header(entry->bytes);
    for (std::string& hash : *path) proven.add_path(std::move(hash));
    bytes += entry->bytes.size() + 32 * path->size();
  }
  if (shown.entries().empty()) return Refused(common::v1::STATUS_NOT_FOUND, "not_found", "what");
  if (!may_see) return Refused(common::v1::STATUS_NOT_FOUND, "not_found", "what", true);
  shown.set_checkpoint(CheckpointNote(log));

  Decided decided;
  decided.response = response.SerializeAsString();
  auto event = std::make_shared<v1::Event>();
  v1::LogRead& read = *event->mutable_log_read();  // Reading the log is logged (NEN 7513).
  read.set_reader(caller.principal);
  read.set_purpose(caller.purpose);
  read.set_what(what);
  read.set_entries(static_cast<uint64_t>(shown.entries_size()));
  read.set_at_ms(base::ToMs(now));
  decided.events.push_back({.stream = kReadStream,
                            .version = 0,
                            .urgent = false,
                            .keeper = "",
                            .about = {},
                            .event = std::move(event)});
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
  LogRows(view).PutCopy(entry.from, *entry.entry);
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
  decided.events.push_back({.stream = kLogStream,
                            .version = view.Load<state::Log>(kLogStream).version() + 1,
                            .urgent = false,
                            .keeper = "",
                            .about = {},
                            .event = std::move(event)});
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
