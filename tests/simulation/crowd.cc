// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd.h"

#include <google/protobuf/util/message_differencer.h>

#include "clients/demo/families.h"
#include "clients/demo/random.h"
#include "common/store/bytes.h"
#include "proto/common/v1/entry.pb.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using google::protobuf::util::MessageDifferencer;

constexpr const char* kSafety = "child_safety";
constexpr int kDesks = 3;

bus::Principal Someone(const std::string& id, const std::string& organisation,
                       const std::string& role) {
  bus::Principal principal;
  principal.id = id;
  principal.employer = organisation;
  principal.organisation = organisation;
  principal.function = role;
  principal.roles = {role};
  principal.curve_key = KeyOf(id);
  principal.valid_until = base::Instant::max();
  return principal;
}

std::string ProId(const std::string& role, uint64_t number) {
  return demo::SeededId("pro", 1, role, number);
}

bool IsRefusedFor(const Reply& reply, common::v1::Status status, const char* code) {
  return reply.status() == status && reply.reasons_size() == 1 && reply.reasons(0).code() == code;
}

}  // namespace

std::vector<bus::Principal> Crowd::Principals(const demo::Region& region) {
  std::vector<bus::Principal> principals;
  for (const char* service : kServices) {
    principals.push_back(Someone(std::string("svc_") + service, "org_region", "service"));
  }
  for (int i = 0; i < kDesks; ++i) {
    principals.push_back(Someone(ProId("desk_worker", static_cast<uint64_t>(i)),
                                 region.organisations[static_cast<size_t>(i)].id(), "desk_worker"));
  }
  const std::string& home = region.organisations[0].id();
  for (const char* role : {"region_manager", "table_member", "auditor"}) {
    principals.push_back(Someone(ProId(role, 0), home, role));
  }
  return principals;
}

Crowd::Crowd(World& world, const demo::Region& region, Size size)
    : world_(world), region_(region), size_(size), chance_(size.seed + 1'000'003) {
  for (const bus::Principal& principal : Principals(region)) {
    const std::string& role = principal.roles.front();
    if (role == "service") continue;
    auto person = std::make_unique<Person>(world, notes_, principal, size.patience);
    if (role == "desk_worker") desks_.push_back(std::move(person));
    if (role == "region_manager") manager_ = std::move(person);
    if (role == "table_member") member_ = std::move(person);
    if (role == "auditor") auditor_ = std::move(person);
  }
}

void Crowd::Begin() {
  const auto spread = static_cast<uint64_t>(size_.between_reports.count()) * 2;
  Micros at{0};
  for (int number = 0; number < size_.reports; ++number) {
    world_.timeline().In(at, [this, number] { Report(number); });
    if (chance_.OneIn(12)) world_.timeline().In(at, [this] { Intrude(); });
    if (chance_.OneIn(4)) world_.timeline().In(at, [this] { CheckLog(); });
    at += Micros(chance_.Below(spread));
  }
  world_.timeline().In(at / 8, [this] { SetUp(0); });
}

std::vector<meeting::v1::Request> Crowd::RequestsOf(size_t step) const {
  std::vector<meeting::v1::Request> requests;
  if (step == 0) {
    for (const auto& organisation : region_.organisations) {
      *requests.emplace_back().mutable_register_organisation()->mutable_organisation() =
          organisation;
    }
  } else if (step == 1) {
    for (const auto& professional : region_.professionals) {
      *requests.emplace_back().mutable_register_professional()->mutable_professional() =
          professional;
    }
  } else if (step == 2) {
    for (const auto& professional : region_.deputies) {
      *requests.emplace_back().mutable_register_professional()->mutable_professional() =
          professional;
    }
    for (const auto& shifts : region_.shifts)
      *requests.emplace_back().mutable_set_shifts() = shifts;
  }
  return requests;
}

// A step begins when all of the one before are acknowledged.
void Crowd::SetUp(size_t step) {
  const auto requests = RequestsOf(step);
  const auto left = std::make_shared<size_t>(requests.size());
  for (const auto& request : requests) {
    manager_->Change(kMeeting, request.SerializeAsString(), "region_setup",
                     [this, left, step](const Reply& reply) {
                       if (reply.status() != common::v1::STATUS_OK) {
                         manager_->Complain("the region was refused");
                       }
                       if (--*left == 0) SetUp(step + 1);
                       return true;
                     });
  }
}

void Crowd::Report(int number) {
  Story& story = stories_.emplace_back();
  story.colour = static_cast<intake::v1::Colour>(
      chance_.OneIn(2) ? intake::v1::COLOUR_RED
                       : (chance_.OneIn(2) ? intake::v1::COLOUR_AMBER : intake::v1::COLOUR_GREEN));
  story.form = demo::Invent(size_.seed, static_cast<uint64_t>(number), story.colour);
  Person& desk = *desks_[chance_.Below(desks_.size())];
  story.sender = desk.principal().id;
  story.organisation = desk.principal().organisation;
  intake::v1::Request request;
  *request.mutable_submit_report() = story.form;
  ++reports_sent_;
  const auto id = std::make_shared<std::string>();
  *id = desk.Change(kIntake, request.SerializeAsString(), kSafety,
                    [this, &story, id](const Reply& reply) {
                      Received(story, *id, reply);
                      return true;
                    });
}

void Crowd::Received(Story& story, const std::string& id, const Reply& reply) {
  Person& desk = SenderOf(story);
  intake::v1::Response response;
  if (reply.status() != common::v1::STATUS_OK || !response.ParseFromString(reply.response()) ||
      !response.has_report_received()) {
    return desk.Complain("a good report got status " + std::to_string(reply.status()));
  }
  story.received = true;
  story.answer = response.report_received();
  story.entry = reply.entry();
  if (story.answer.grade().colour() != story.colour) desk.Complain("another colour than expected");
  AwaitAll(story);
  if (chance_.OneIn(8)) Misuse(story, id);
  // Of the others somebody must be rung.
  if (story.colour == intake::v1::COLOUR_RED && chance_.OneIn(2)) Hold(story);
}

// Somebody is named who secures the child.
void Crowd::Hold(Story& story) {
  intake::v1::Request request;
  auto& hold = *request.mutable_hold_report();
  hold.set_report(story.answer.report());
  hold.set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  hold.mutable_private_()->set_who("Crisisdienst");
  Person& desk = SenderOf(story);
  desk.Change(kIntake, request.SerializeAsString(), kSafety, [&desk](const Reply& reply) {
    if (reply.status() != common::v1::STATUS_OK) desk.Complain("a first step was refused");
    return true;
  });
}

Person& Crowd::SenderOf(const Story& story) {
  for (const auto& desk : desks_) {
    if (desk->principal().id == story.sender) return *desk;
  }
  return *desks_.front();
}

void Crowd::AwaitAll(Story& story) {
  const auto await = [&](size_t server, const char* by) {
    ++story.awaits_open;
    SenderOf(story).Await(
        server, story.entry, by,
        [this, &story, server, by = std::string(by)](const common::v1::Awaited& awaited) {
          Awaited(story, server, by, awaited);
        });
  };
  await(kMeeting, "meeting");
  await(kAudit, "intake");
  if (story.colour == intake::v1::COLOUR_RED) await(kAudit, "meeting");
}

// What an await says must be durable at that service in the moment it says so.
void Crowd::Awaited(Story& story, size_t server, const std::string& by,
                    const common::v1::Awaited& awaited) {
  Person& desk = SenderOf(story);
  // Of every report meeting takes over who may know of it.
  if (awaited.none()) desk.Complain("an await forgot the entry");
  Machine& machine = world_.machine(server);
  if (!awaited.none() && machine.running()) {
    const uint64_t sequence = awaited.entry().sequence();
    const auto row =
        server == kMeeting
            ? machine.store().Get(store::Column::kJournal, store::BigEndian(sequence))
            : machine.store().Get(store::Column::kCopy, by + "/" + store::BigEndian(sequence));
    const auto entry = row ? store::ParseStored(*row) : nullptr;
    const bool right =
        entry && (by == "intake" ? MessageDifferencer::Equals(awaited.entry(), story.entry)
                                 : MessageDifferencer::Equals(entry->header.cause(), story.entry));
    if (!right) desk.Complain("an await was answered with what is not durable there");
  }
  if (server == kAudit && by == "intake") audited_.push_back(story.entry);
  if (--story.awaits_open == 0 && chance_.OneIn(3)) Look(story);
}

void Crowd::Look(Story& story) {
  Person& desk = SenderOf(story);
  intake::v1::Request report;
  report.mutable_show_report()->set_report(story.answer.report());
  desk.Read(kIntake, report.SerializeAsString(), kSafety, [&desk, &story](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_BUSY) return false;
    intake::v1::Response response;
    response.ParseFromString(reply.response());
    auto& shown = *response.mutable_report_shown();
    shown.mutable_private_()->clear_afterwards();  // What was told later.
    if (!MessageDifferencer::Equals(shown.private_(), story.form.private_()) ||
        !MessageDifferencer::Equals(shown.secret(), story.form.secret())) {
      desk.Complain("a report is not shown as it was sent");
    }
    return true;
  });
  if (story.colour != intake::v1::COLOUR_RED) return;
  meeting::v1::Request mdo;
  mdo.mutable_show_mdo()->set_mdo(story.answer.report());
  desk.Read(kMeeting, mdo.SerializeAsString(), kSafety, [&desk, &story](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_BUSY) return false;
    meeting::v1::Response response;
    response.ParseFromString(reply.response());
    if (response.mdo_shown().mdo().report() != story.answer.report()) {
      desk.Complain("the meeting of a red report is not shown to its sender");
    }
    return true;
  });
}

// Another report under a request id that was used: refused, and without effect.
void Crowd::Misuse(Story& story, const std::string& id) {
  intake::v1::Request request;
  *request.mutable_submit_report() =
      demo::Invent(size_.seed + 1, chance_.Number(), intake::v1::COLOUR_RED);
  SenderOf(story).ChangeAgain(kIntake, id, request.SerializeAsString(), [](const Reply& reply) {
    return IsRefusedFor(reply, common::v1::STATUS_INVALID, "request_id_reused");
  });
}

// A report of somebody who may send none.
void Crowd::Intrude() {
  intake::v1::Request request;
  *request.mutable_submit_report() =
      demo::Invent(size_.seed + 2, chance_.Number(), intake::v1::COLOUR_RED);
  member_->Read(kIntake, request.SerializeAsString(), kSafety, [this](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_BUSY) return false;
    if (IsRefusedFor(reply, common::v1::STATUS_DENIED, "not_permitted")) {
      ++refused_strangers_;
    } else {
      member_->Complain("somebody without the right was not denied");
    }
    return true;
  });
}

}  // namespace samenspel::simulation
