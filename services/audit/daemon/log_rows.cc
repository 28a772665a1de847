// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/log_rows.h"

#include <algorithm>

#include "common/base/ids.h"
#include "common/base/mutant.h"
#include "common/decide/case_list.h"
#include "common/store/bytes.h"
#include "services/audit/domain/facts.h"

namespace samenspel::audit {
namespace {

using store::BigEndian;
using store::Column;
using store::FromBigEndian;

std::string CopyKey(const std::string& service, uint64_t sequence) {
  return service + "/" + BigEndian(sequence);
}
std::string HashKey(int tile_level, uint64_t index) {
  return "!t/" + std::string(1, static_cast<char>('0' + tile_level)) + "/" + BigEndian(index);
}
std::string LeafKey(const std::string& service, uint64_t epoch, uint64_t sequence) {
  return "i/" + service + "/" + BigEndian(epoch) + BigEndian(sequence);
}
// Stream names; what else a reader may type would be taken for a part of a row's key.
constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_-";

std::string PlaceKey(uint64_t leaf) { return "e/" + BigEndian(leaf); }

// Whose log is that of the whole case.
bool StandsForACase(const std::string& stream) {
  return base::IsId("rpt", stream) || base::IsId("hh", stream);
}

std::string StreamPrefix(const std::string& stream) { return "s/" + stream + "/"; }

}  // namespace

void LogRows::PutCopy(const std::string& service, const store::Stored& entry) {
  if (base::Mutated(base::Mutant::kCopyAltered) && !entry.sealed.empty()) {
    store::Stored altered = entry;
    altered.sealed.pop_back();
    return view_.batch().Put(Column::kCopy, CopyKey(service, entry.header.sequence()),
                             store::RowOf(altered));
  }
  view_.batch().Put(Column::kCopy, CopyKey(service, entry.header.sequence()), store::RowOf(entry));
}

std::optional<std::string> LogRows::RowOf(const std::string& service, uint64_t sequence) const {
  const bool own = service == view_.store().service();
  return own ? view_.batch().Get(Column::kJournal, BigEndian(sequence))
             : view_.batch().Get(Column::kCopy, CopyKey(service, sequence));
}

std::shared_ptr<const store::Stored> LogRows::Entry(const std::string& service,
                                                    uint64_t sequence) const {
  const auto row = RowOf(service, sequence);
  return row ? store::ParseStored(*row) : nullptr;
}

std::shared_ptr<const store::Stored> LogRows::Entry(
    const std::string& service, uint64_t sequence,
    const std::shared_ptr<const store::Stored>& known) const {
  const auto row = RowOf(service, sequence);
  if (!row) return nullptr;
  return known && *row == store::RowOf(*known) ? known : store::ParseStored(*row);
}

void LogRows::PutHashes(const std::vector<tlog::StoredHash>& hashes) {
  for (const tlog::StoredHash& one : hashes) {
    view_.batch().Put(Column::kState, HashKey(one.tile_level, one.index), one.hash);
  }
}

base::Result<std::string> LogRows::Hash(int tile_level, uint64_t index) const {
  auto row = view_.batch().Get(Column::kState, HashKey(tile_level, index));
  if (row) return std::move(*row);
  return base::Status(base::Code::kNotFound, "hash " + std::to_string(index) + " of tile level " +
                                                 std::to_string(tile_level) + " is missing");
}

tlog::HashReader LogRows::Hashes() const {
  return tlog::TileHashes(
      [this](int tile_level, uint64_t index) { return Hash(tile_level, index); });
}

void LogRows::PutLeaf(uint64_t leaf, const store::Stored& entry) {
  const common::v1::EntryHeader& header = entry.header;
  view_.PutIndex(LeafKey(header.service(), header.epoch(), header.sequence()), BigEndian(leaf));
  view_.PutIndex(PlaceKey(leaf), CopyKey(header.service(), header.sequence()));
  const Subject subject = SubjectOf(header);
  for (const std::string& stream : subject.streams) {
    view_.PutIndex(StreamPrefix(stream) + BigEndian(leaf),
                   CopyKey(header.service(), header.sequence()));
  }
  for (const Subject::Alias& alias : subject.aliases)
    view_.PutIndex("n/" + alias.name, alias.stream);
  for (const Subject::Link& link : subject.links) {
    view_.PutIndex("l/" + link.from + "/" + link.to, "");
  }
  PutCase(subject);
  if (!header.has_cause()) return;
  common::v1::Ref ref;
  ref.set_service(header.service());
  ref.set_epoch(header.epoch());
  ref.set_sequence(header.sequence());
  view_.batch().PutCaused(header.cause(), ref);
}

void LogRows::PutCase(const Subject& subject) {
  for (const Subject::Link& member : subject.members) {
    view_.PutIndex("h/" + member.to, member.from);
    view_.PutIndex("l/" + member.from + "/" + member.to, "");
  }
  for (const Subject::Link& opening : subject.openings) {
    view_.PutIndex("g/" + opening.from + "/" + opening.to, "");
  }
  for (const common::v1::InvolvementSet& set : subject.involvements) {
    auto list = view_.Load<common::v1::CaseList>(set.household());
    const uint64_t version = list.version() + 1;
    decide::Evolve(list, set, version);
    view_.Save(set.household(), list);
  }
}

std::shared_ptr<const store::Stored> LogRows::EntryAt(uint64_t leaf) const {
  const auto place = view_.Index(PlaceKey(leaf));
  if (!place) return nullptr;
  const size_t slash = place->find('/');
  return Entry(place->substr(0, slash), FromBigEndian(place->substr(slash + 1)));
}

std::optional<uint64_t> LogRows::LeafOf(const common::v1::Ref& entry) const {
  const auto row = view_.Index(LeafKey(entry.service(), entry.epoch(), entry.sequence()));
  if (!row) return std::nullopt;
  return FromBigEndian(*row);
}

std::optional<std::string> LogRows::StreamOf(const std::string& name) const {
  if (const auto number = base::ParseCaseNumber(name)) return view_.Index("n/" + *number);
  if (name.find_first_not_of(kIdCharacters) != std::string::npos) return std::nullopt;
  return name;
}

std::optional<std::string> LogRows::HouseholdOf(const std::string& stream) const {
  if (base::IsId("hh", stream)) return stream;
  return view_.Index("h/" + stream);
}

std::optional<common::v1::CaseList> LogRows::ListOf(const std::string& household) const {
  return view_.Find<common::v1::CaseList>(household);
}

bool LogRows::OpeningIsKept(const std::string& household, const std::string& organisation) const {
  return !organisation.empty() && view_.Index("g/" + household + "/" + organisation).has_value();
}

void LogRows::CollectPlaces(const std::string& stream, uint64_t after, size_t most,
                            std::vector<Place>& places) const {
  const std::string prefix = StreamPrefix(stream);
  size_t found = 0;
  view_.store().Scan(Column::kIndex, prefix, prefix + BigEndian(after),
                     [&](std::string_view key, std::string_view value) {
                       const size_t slash = value.find('/');
                       places.push_back({FromBigEndian(key.substr(prefix.size())),
                                         std::string(value.substr(0, slash)),
                                         FromBigEndian(value.substr(slash + 1))});
                       return ++found < most;
                     });
}

std::set<std::string> LogRows::LinkedTo(const std::string& stream) const {
  std::set<std::string> streams{stream};
  const std::string prefix = "l/" + stream + "/";
  view_.store().Scan(Column::kIndex, prefix, prefix, [&](std::string_view key, std::string_view) {
    streams.emplace(key.substr(prefix.size()));
    return true;
  });
  return streams;
}

std::vector<LogRows::Place> LogRows::PlacesOf(const std::string& stream, uint64_t after,
                                              size_t most) const {
  std::set<std::string> streams = LinkedTo(stream);
  const auto household = HouseholdOf(stream);
  if (household && StandsForACase(stream)) streams.merge(LinkedTo(*household));
  std::vector<Place> places;
  for (const std::string& one : streams) CollectPlaces(one, after, most, places);
  std::sort(places.begin(), places.end(),
            [](const Place& left, const Place& right) { return left.leaf < right.leaf; });
  const auto same = [](const Place& left, const Place& right) { return left.leaf == right.leaf; };
  places.erase(std::unique(places.begin(), places.end(), same), places.end());
  if (places.size() > most) places.resize(most);
  return places;
}

}  // namespace samenspel::audit
