// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/fake_services.h"

#include <gtest/gtest.h>

#include "common/tlog/checkpoint.h"

namespace samenspel::cli {
namespace {

constexpr char kOrigin[] = "samenspel.example/test";

tlog::SigningKey TestKey() {
  auto key = tlog::SigningKey::FromSeed(kOrigin, std::string(32, 's'));
  EXPECT_TRUE(key.ok());
  return std::move(*key);
}

meeting::v1::Mdo RedMdo() {
  meeting::v1::Mdo mdo;
  mdo.set_mdo(kMdo);
  mdo.set_report(kReport);
  mdo.set_case_number(kCase);
  mdo.set_colour(intake::v1::COLOUR_RED);
  mdo.set_starts_at_ms(1795295700000);  // 21 November 2026, 21:15 UTC.
  mdo.set_ends_at_ms(1795299300000);
  auto* seat = mdo.add_seats();
  seat->set_function("protection_worker");
  seat->set_professional("pro_00000000000000000000000009");
  seat->set_name("Zuzanna Terpstra");
  return mdo;
}

}  // namespace

FakeLog::FakeLog() : key_(TestKey()) {}

uint64_t FakeLog::Append(const std::string& service, uint64_t sequence, const std::string& kind,
                         uint32_t event) {
  common::v1::EntryHeader header;
  header.set_service(service);
  header.set_epoch(1);
  header.set_sequence(sequence);
  header.set_kind(kind);
  header.set_principal(who);
  header.set_organisation(organisation);
  header.set_received_at_ms(1795290300000);
  header.set_outcome(common::v1::STATUS_OK);
  header.add_events()->set_kind(event);
  headers_.push_back(header.SerializeAsString());
  return headers_.size() - 1;
}

base::Result<std::string> FakeLog::NodeAt(int level, uint64_t index) const {
  if (level == 0) return tlog::LeafHash(headers_.at(index));
  return tlog::NodeHash(*NodeAt(level - 1, 2 * index), *NodeAt(level - 1, 2 * index + 1));
}

audit::v1::EntriesShown FakeLog::Show(const std::vector<uint64_t>& leaves) const {
  const auto reader = [this](int level, uint64_t index) { return NodeAt(level, index); };
  audit::v1::EntriesShown shown;
  const auto root = tlog::TreeRoot(headers_.size(), reader);
  const auto note = tlog::SignCheckpoint({kOrigin, headers_.size(), *root}, key_);
  EXPECT_TRUE(note.ok());
  shown.set_checkpoint(*note);
  for (const uint64_t leaf : leaves) {
    auto* entry = shown.add_entries();
    entry->set_leaf(leaf);
    entry->set_header(headers_.at(leaf));
    const auto path = tlog::InclusionPath(leaf, headers_.size(), reader);
    EXPECT_TRUE(path.ok());
    for (const std::string& hash : *path) entry->add_path(hash);
  }
  return shown;
}

FakeServices::FakeServices(FakeWorld& world) : mdo(RedMdo()) {
  log.Append("intake", 12, "submit_report", 1);
  log.Append("meeting", 8, "followed", 4);
  log.Append("intake", 13, "followed", 3);
  world.environment["SAMENSPEL_AUDIT_KEY"] = log.Key();
  world.answer = [this, &world](const std::string& service, const common::v1::Envelope& envelope) {
    world.clock.Advance(base::milliseconds(2));
    return Answer(service, envelope);
  };
}

FakeWorld::Answer FakeServices::Answer(const std::string& service,
                                       const common::v1::Envelope& envelope) {
  if (envelope.has_await()) return Awaited(envelope.await());
  return Asked(service, envelope.request());
}

common::v1::Reply FakeServices::Asked(const std::string& service, const std::string& request) {
  if (service == "audit") return AuditAsked(request);
  if (service == "meeting") {
    meeting::v1::Response response;
    *response.mutable_mdo_shown()->mutable_mdo() = mdo;
    return ReplyWith(response);
  }
  intake::v1::Response response;
  auto* received = response.mutable_report_received();
  received->set_report(kReport);
  received->set_case_number(kCase);
  received->mutable_grade()->set_colour(colour);
  received->set_provisional(provisional);
  received->mutable_terms()->set_first_step_due_ms(first_step_due_ms);
  received->mutable_terms()->set_settle_due_ms(settle_due_ms);
  auto* rule = received->mutable_grade()->add_fired();
  rule->set_rule("fresh_injury");
  rule->set_text_nl("Er is vers letsel.");
  rule->set_text_en("There is a fresh injury.");
  common::v1::Reply reply = ReplyWith(response);
  reply.mutable_entry()->set_service("intake");
  reply.mutable_entry()->set_epoch(1);
  reply.mutable_entry()->set_sequence(12);
  return reply;
}

common::v1::Reply FakeServices::AuditAsked(const std::string& bytes) {
  audit::v1::Request request;
  EXPECT_TRUE(request.ParseFromString(bytes));
  const audit::v1::ShowEntries& show = request.show_entries();
  audit::v1::Response response;
  if (show.has_entry()) {
    *response.mutable_entries_shown() = log.Show({show.entry().service() == "meeting" ? 1U : 0U});
  } else if (show.after_leaf() == 0) {  // Two pages.
    *response.mutable_entries_shown() = log.Show({0, 1});
    response.mutable_entries_shown()->set_more(true);
  } else {
    *response.mutable_entries_shown() = log.Show({2});
  }
  return ReplyWith(response);
}

common::v1::Reply FakeServices::Awaited(const common::v1::Await& await) {
  common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
  auto* entry = reply.mutable_awaited()->mutable_entry();
  entry->set_service(await.by());
  entry->set_epoch(1);
  entry->set_sequence(await.by() == "meeting" ? 8 : 12);
  return reply;
}

}  // namespace samenspel::cli
