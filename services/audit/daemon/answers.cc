// SPDX-License-Identifier: EUPL-1.2
// What audit is asked, and who may hear the answer.
#include <algorithm>
#include <array>
#include <cstdio>

#include "common/base/ids.h"
#include "common/daemon/decided.h"
#include "common/tlog/note.h"
#include "common/tlog/tiles.h"
#include "services/audit/daemon/log_rows.h"
#include "services/audit/daemon/read_mark.h"
#include "services/audit/daemon/service.h"

namespace samenspel::audit {
namespace {

using daemon::Decided;
using daemon::View;

constexpr size_t kEntriesAPage = 200;
constexpr size_t kBytesAPage = 400 * 1024;

Decided Refused(common::v1::Status status, const char* code, const char* field) {
  return daemon::DecidedFrom(decide::Refuse(status, code, field));
}

// What a question is about, as far as the log knows it.
struct Asked {
  std::string what;
  std::string about;                   // Stream under which a refused look is listed (P.75).
  std::vector<LogRows::Place> places;  // Of the page.
  std::vector<std::string> streams;
  std::vector<std::string> households;
  bool may_see_entries = false;  // By the entries themselves: for cases without a copied list.
};

// Whoever may see one entry of a stream may see the stream, on each of its pages.
bool MaySeeAny(const LogRows& rows, const decide::Stamp& reader,
               const std::vector<LogRows::Place>& places) {
  return std::any_of(places.begin(), places.end(), [&](const LogRows::Place& place) {
    const auto entry = rows.Entry(place.service, place.sequence);
    return entry && audit::MaySee(reader, entry->header);
  });
}

Asked AskedEntry(const LogRows& rows, const decide::Stamp& reader, const common::v1::Ref& ref) {
  Asked asked;
  asked.what = ref.service() + ":" + std::to_string(ref.sequence());
  const auto leaf = rows.LeafOf(ref);
  const auto entry = leaf ? rows.Entry(ref.service(), ref.sequence()) : nullptr;
  if (entry == nullptr) return asked;
  asked.places.push_back({*leaf, ref.service(), ref.sequence()});
  asked.may_see_entries = audit::MaySee(reader, entry->header);
  for (const std::string& stream : SubjectOf(entry->header).streams) {
    if (asked.about.empty()) asked.about = stream;
    asked.streams.push_back(stream);
    if (const auto household = rows.HouseholdOf(stream)) asked.households.push_back(*household);
  }
  return asked;
}

Asked AskedStream(const LogRows& rows, const decide::Stamp& reader,
                  const v1::ShowEntries& request) {
  Asked asked;
  const auto stream = rows.StreamOf(request.stream());
  if (!stream) return asked;
  asked.what = asked.about = *stream;
  asked.places = rows.PlacesOf(*stream, request.after_leaf(), kEntriesAPage + 1);
  asked.may_see_entries = MaySeeAny(rows, reader, asked.places);
  if (!asked.may_see_entries && request.after_leaf() > 0) {
    asked.may_see_entries = MaySeeAny(rows, reader, rows.PlacesOf(*stream, 0, kEntriesAPage));
  }
  asked.streams.push_back(*stream);
  if (const auto household = rows.HouseholdOf(*stream)) asked.households.push_back(*household);
  return asked;
}

// Whether the log holds how the case began that this stream belongs to, if it belongs to one: a
// list comes with that. While audit has to catch up with intake it may know what others did in a
// case and not who may know of it: then nobody is shown anything.
bool HoldsBeginning(const LogRows& rows, const std::string& stream) {
  const auto household = rows.HouseholdOf(stream);
  if (!household && !base::IsId("rpt", stream)) return true;
  if (household && rows.ListOf(*household)) return true;
  const auto places = rows.PlacesOf(household.value_or(stream), 0, kEntriesAPage);
  return std::any_of(places.begin(), places.end(),
                     [](const LogRows::Place& place) { return place.service == "intake"; });
}

// Default deny: every case that the answer is about must be one the reader may know of. What was
// recorded before cases had a list is shown by its entries.
bool MayKnow(const LogRows& rows, const decide::Stamp& reader, const Asked& asked) {
  if (IsAuditor(reader)) return true;
  bool listed = false;
  for (const std::string& household : asked.households) {
    const auto list = rows.ListOf(household);
    if (!list) continue;
    listed = true;
    const bool kept = rows.OpeningIsKept(household, reader.organisation);
    if (!MayReadCase(reader, *list, kept)) return false;
  }
  const auto begins = [&](const std::string& stream) { return HoldsBeginning(rows, stream); };
  return (listed || asked.may_see_entries) && std::ranges::all_of(asked.streams, begins);
}

// The entries at `places` that are in the signed tree, as many as a page holds, each with its path.
base::Status FillPage(const LogRows& rows, const tlog::SignedTree& tree,
                      const std::vector<LogRows::Place>& places, v1::EntriesShown& shown) {
  size_t bytes = 0;
  const tlog::HashReader hashes = tlog::Remembering(rows.Hashes());
  for (const LogRows::Place& place : places) {
    const auto entry = rows.Entry(place.service, place.sequence);
    if (place.leaf >= tree.size) continue;
    if (!entry) return {base::Code::kCorrupt, "leaf " + std::to_string(place.leaf) + " is gone"};
    if (shown.entries_size() == static_cast<int>(kEntriesAPage) || bytes > kBytesAPage) {
      shown.set_more(true);
      break;
    }
    auto path = tlog::ProvenInclusion(tlog::LeafHash(entry->bytes), place.leaf, tree, hashes);
    if (!path.ok()) return path.status();
    v1::ProvenEntry& proven = *shown.add_entries();
    proven.set_leaf(place.leaf);
    proven.set_header(entry->bytes);
    for (std::string& hash : *path) proven.add_path(std::move(hash));
    bytes += entry->bytes.size() + 32 * path->size();
  }
  return base::Ok();
}

}  // namespace

Decided Service::Answer(View& view, const daemon::Caller& caller, base::Instant now,
                        const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::Request&>(message);
  switch (request.kind_case()) {  // No default: the compiler names a kind we forgot.
    case v1::Request::kShowEntries:
      return Show(view, caller, now, request.show_entries());
    case v1::Request::kProveConsistency:
      return Prove(view, request.prove_consistency());
    case v1::Request::kReadLeaves:
      return ReadLeaves(view, caller, now, request.read_leaves());
    case v1::Request::kReadCopies:
      return ReadCopies(view, caller, now, request.read_copies());
    case v1::Request::KIND_NOT_SET:
      break;
  }
  return Refused(common::v1::STATUS_INVALID, "no_request_kind", "");
}

base::Result<std::string> Service::CheckpointNote(const state::Log& log) const {
  const auto text = tlog::CheckpointText({key_.verifier().name(), log.size(), log.root()});
  const auto line = tlog::SignatureLine(key_.verifier(), log.signature());
  if (!text.ok()) return text.status();
  if (!line.ok()) return line.status();
  auto note = tlog::ComposeNote(*text, std::array{*line});
  if (!note.ok()) return note.status();
  SAMENSPEL_RETURN_IF_ERROR(tlog::OpenCheckpoint(*note, key_.verifier()).status());
  return note;
}

Decided Service::Show(View& view, const daemon::Caller& caller, base::Instant now,
                      const v1::ShowEntries& request) {
  const LogRows rows(view);
  const decide::Stamp reader = daemon::StampOf(caller, now);
  const Asked asked = request.has_entry() ? AskedEntry(rows, reader, request.entry())
                                          : AskedStream(rows, reader, request);
  // Proofs lead to the checkpoint that is durable; what this turn received is in the next one.
  const auto log = view.Load<state::Log>(kLogStream);
  v1::Response response;
  v1::EntriesShown& shown = *response.mutable_entries_shown();
  if (const auto filled = FillPage(rows, TreeOf(log), asked.places, shown); !filled.ok()) {
    return Damaged(filled);
  }
  if (shown.entries().empty() || !MayKnow(rows, reader, asked)) {
    Decided refused = Refused(common::v1::STATUS_NOT_FOUND, "not_found", "what");
    refused.hidden = !shown.entries().empty();
    if (refused.hidden) refused.subject = asked.about;
    return refused;
  }
  const auto note = CheckpointNote(log);
  if (!note.ok()) return Damaged(note.status());
  shown.set_checkpoint(*note);
  Decided decided;
  decided.response = response.SerializeAsString();
  decided.events.push_back(ReadMark(caller, asked.what, shown.entries_size(), now));
  return decided;
}

Decided Service::Prove(View& view, const v1::ProveConsistency& request) {
  const LogRows rows(view);
  const auto log = view.Load<state::Log>(kLogStream);
  if (request.old_size() == 0 || request.old_size() > log.size()) {
    return Refused(common::v1::STATUS_REFUSED, "size_beyond_log", "old_size");
  }
  auto beginning = tlog::ProveBeginning(request.old_size(), TreeOf(log), rows.Hashes());
  if (!beginning.ok()) return Damaged(beginning.status());
  v1::Response response;
  v1::ConsistencyProven& proven = *response.mutable_consistency_proven();
  const auto note = CheckpointNote(log);
  if (!note.ok()) return Damaged(note.status());
  proven.set_checkpoint(*note);
  for (std::string& hash : beginning->path) proven.add_path(std::move(hash));
  Decided decided;
  decided.response = response.SerializeAsString();
  return decided;
}

// A smaller log than today's is the beginning of it, so signing it again says nothing new: the same
// text has the same signature.
base::Result<std::string> Service::CheckpointAt(const LogRows& rows, uint64_t size,
                                                const state::Log& log) const {
  const auto beginning = tlog::ProveBeginning(size, TreeOf(log), rows.Hashes());
  if (!beginning.ok()) return beginning.status();
  return tlog::SignCheckpoint({key_.verifier().name(), size, beginning->root}, key_);
}

// Rather no answer than one that proves something else: somebody must look at this disk.
Decided Service::Damaged(const base::Status& why) {
  ++damaged_;
  std::fprintf(stderr, "audit: the stored log is damaged: %s\n", why.message().c_str());
  return Refused(common::v1::STATUS_UNAVAILABLE, "unavailable", "");
}

Decided Service::ReadLeaves(View& view, const daemon::Caller& caller, base::Instant now,
                            const v1::ReadLeaves& request) {
  const LogRows rows(view);
  const auto log = view.Load<state::Log>(kLogStream);
  const uint64_t size = request.size() == 0 ? log.size() : request.size();
  if (size > log.size()) return Refused(common::v1::STATUS_REFUSED, "size_beyond_log", "size");
  if (request.first() > size || size == 0) {
    return Refused(common::v1::STATUS_REFUSED, "size_beyond_log", "first");
  }
  const auto checkpoint = CheckpointAt(rows, size, log);
  if (!checkpoint.ok()) return Damaged(checkpoint.status());
  v1::Response response;
  v1::LeavesRead& read = *response.mutable_leaves_read();
  read.set_checkpoint(*checkpoint);
  read.set_size(size);
  size_t bytes = 0;
  for (uint64_t leaf = request.first(); leaf < size && bytes <= kBytesAPage; ++leaf) {
    const auto entry = rows.EntryAt(leaf);
    if (entry == nullptr) return Refused(common::v1::STATUS_UNAVAILABLE, "unavailable", "first");
    const auto hash = rows.Hash(0, leaf);
    if (!hash.ok() || *hash != tlog::LeafHash(entry->bytes)) {
      return Damaged({base::Code::kCorrupt, "leaf " + std::to_string(leaf) + " is another"});
    }
    read.add_headers(entry->bytes);
    bytes += entry->bytes.size();
  }
  Decided decided;
  decided.response = response.SerializeAsString();
  decided.events.push_back(
      ReadMark(caller, "leaves:" + std::to_string(request.first()), read.headers_size(), now));
  return decided;
}

}  // namespace samenspel::audit
