// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/told.h"

#include <algorithm>
#include <cassert>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/sha256.h"

namespace samenspel::simulation::model {
namespace {

const tlog::SigningKey& LogSecret() {
  static const auto key = tlog::SigningKey::FromSeed(kOrigin, std::string(32, 'Z'));
  return *key;
}

}  // namespace

Told& Told::Entry(const std::string& name, size_t service, int64_t at_ms, const std::string& kind) {
  Draft& draft = drafts_.emplace_back();
  draft.name = name;
  draft.service = service;
  draft.at_ms = at_ms;
  draft.header.set_kind(kind);
  draft.header.set_principal(std::string("svc_") + kNames[service]);
  draft.header.set_organisation("org_region");
  draft.header.set_outcome(common::v1::STATUS_OK);
  return *this;
}

Told& Told::By(const std::string& person, const std::string& organisation,
               const std::string& purpose) {
  auto& header = drafts_.back().header;
  header.set_principal(person);
  header.set_organisation(organisation);
  header.set_purpose(purpose);
  header.set_request_id(tlog::Sha256(drafts_.back().name).substr(0, 16));
  header.set_response("answer to " + drafts_.back().name);
  return *this;
}

Told& Told::From(const std::string& cause) {
  drafts_.back().cause = cause;
  return *this;
}

Told& Told::Outcome(common::v1::Status status, const std::string& subject) {
  drafts_.back().header.set_outcome(status);
  drafts_.back().header.set_subject(subject);
  return *this;
}

Told& Told::Rules(const std::string& toml) {
  drafts_.back().header.add_rule_hashes(tlog::Sha256(toml));
  return *this;
}

Told& Told::In(int64_t true_ms, int64_t clock_off_ms) {
  drafts_.back().true_ms = true_ms;
  drafts_.back().clock_off_ms = clock_off_ms;
  return *this;
}

Told& Told::Seals(const std::string& bytes) {
  drafts_.back().sealed.push_back(bytes);
  return *this;
}

Told::Draft& Told::Find(const std::string& name) {
  const auto found = std::find_if(drafts_.begin(), drafts_.end(),
                                  [&](const Draft& one) { return one.name == name; });
  assert(found != drafts_.end());
  return *found;
}

void Told::Drop(const std::string& name) {
  std::erase_if(drafts_, [&](const Draft& one) { return one.name == name; });
}

Told::Draft& Told::Repeat(const std::string& name, const std::string& behind) {
  Draft copy = Find(name);
  copy.name += " again";
  copy.at_ms = Find(behind).at_ms;
  const auto at = drafts_.begin() + (&Find(behind) - drafts_.data()) + 1;
  return *drafts_.insert(at, std::move(copy));
}

Findings Told::Hear(const std::function<void(Watch& watch)>& answers, bool to_the_end) {
  Watch watch(kOrigin, LogSecret().verifier());
  int64_t at_ms = kStart;
  for (const Draft& draft : drafts_) {
    at_ms = std::max(at_ms, draft.true_ms == 0 ? draft.at_ms : draft.true_ms);
    if (draft.restarted) watch.LostMemory(draft.service);
    Commit(watch, draft);
    if (runs_.size() >= 5) Append(watch, at_ms);
  }
  if (!runs_.empty()) Append(watch, at_ms);
  if (answers) answers(watch);
  Findings findings = watch.TakeFindings();
  if (!to_the_end) return findings;
  at_ms += 1000;
  for (size_t service = 0; service < kPlaces; ++service) {
    watch.ClockShows(service, base::FromMs(at_ms), base::milliseconds(at_ms - kStart));
  }
  const Findings at_end = watch.AtEnd(base::FromMs(at_ms));
  findings.insert(findings.end(), at_end.begin(), at_end.end());
  return findings;
}

void Told::Commit(Watch& watch, Draft draft) {
  auto& header = draft.header;
  header.set_service(kNames[draft.service]);
  header.set_epoch(1);
  header.set_sequence(++sequences_[draft.service]);
  header.set_previous_hash(previous_[draft.service]);
  header.set_received_at_ms(draft.at_ms);
  if (!draft.cause.empty()) *header.mutable_cause() = refs_[draft.cause];
  for (auto& record : *header.mutable_events()) {
    if (!record.stream().starts_with('!')) {
      record.set_version(++versions_[draft.service][record.stream()]);
    }
  }
  for (const std::string& part : draft.sealed) header.add_part_hashes(tlog::Sha256(part));
  store::Stored stored;
  stored.header = header;
  stored.sealed = draft.sealed;
  stored.bytes = header.SerializeAsString();
  stored.hash = tlog::Sha256(stored.bytes);
  previous_[draft.service] = stored.hash;
  if (draft.finish) draft.finish(stored);
  auto& ref = refs_[draft.name];
  ref.set_service(kNames[draft.service]);
  ref.set_epoch(1);
  ref.set_sequence(header.sequence());
  headers_[draft.name] = header;
  const int64_t true_ms = std::max(draft.true_ms == 0 ? draft.at_ms : draft.true_ms, kStart);
  watch.ClockShows(draft.service, base::FromMs(true_ms + draft.clock_off_ms),
                   base::milliseconds(true_ms - kStart));
  watch.Committed(draft.service, stored, base::FromMs(true_ms));
  if (draft.left_out || draft.name.starts_with("leaves")) return;
  tree_.Append(tlog::LeafHash(stored.bytes));
  auto& run = runs_.emplace_back();
  run.set_service(kNames[draft.service]);
  run.set_first(header.sequence());
  run.mutable_last()->set_epoch(1);
  run.mutable_last()->set_sequence(header.sequence());
  run.mutable_last()->set_hash(stored.hash);
}

void Told::Append(Watch& watch, int64_t at_ms) {
  audit::v1::Event event;
  auto& appended = *event.mutable_leaves_appended();
  for (const auto& run : std::exchange(runs_, {})) *appended.add_runs() = run;
  appended.set_size(tree_.size());
  appended.set_root(tree_.Root());
  appended.set_signature(
      LogSecret().Sign(*tlog::CheckpointText({kOrigin, tree_.size(), tree_.Root()})));
  if (change_leaves) change_leaves(appended);
  Told own;
  own.Entry("leaves " + std::to_string(tree_.size()), kAudit, at_ms, "close").Says("log", event);
  Commit(watch, own.drafts_.back());
}

}  // namespace samenspel::simulation::model
