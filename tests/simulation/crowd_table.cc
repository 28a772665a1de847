// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_table.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_CONFLICT;
using common::v1::STATUS_NOT_FOUND;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;

constexpr uint32_t kLimit = 10;
constexpr uint64_t kSilentIn = 5;  // One in so many never says yes.

bool HasSeat(const meeting::v1::Mdo& mdo, const std::string& person) {
  return std::any_of(mdo.seats().begin(), mdo.seats().end(),
                     [&](const auto& seat) { return seat.professional() == person; });
}

// Whether this person is one who never says yes, in this run.
bool IsSilent(const Person& who) {
  uint64_t sum = 0;
  for (const char letter : who.id()) sum += static_cast<unsigned char>(letter);
  return sum % kSilentIn == 0;
}

}  // namespace

Story* Table::Planned() {
  return stage_.PickStory([](const Story& story) { return story.mdo.seats_size() > 0; });
}

void Table::AcceptSome() {
  Story* story = Planned();
  if (story == nullptr) {
    // Who is asked is shown to whoever sent the report.
    story = stage_.PickStory(
        [](const Story& one) { return one.colour == intake::v1::COLOUR_RED && one.awaited; });
    if (story != nullptr) looks_.Meeting(stage_.SenderOf(*story), *story);
    return;
  }
  const auto& seats = story->mdo.seats();
  const auto& seat =
      seats[static_cast<int>(stage_.chance.Below(static_cast<uint64_t>(seats.size())))];
  Person* who = stage_.Find(seat.professional());
  if (who == nullptr || IsSilent(*who)) return stage_.Count("seat without an answer");
  // Now and then somebody who sits elsewhere.
  if (stage_.chance.OneIn(8)) who = stage_.Pick(stage_.table);
  Accept(*who, *story, story->mdo, 0);
}

void Table::Accept(Person& who, Story& story, const meeting::v1::Mdo& mdo, uint64_t seen) {
  const bool seated = HasSeat(mdo, who.id());
  const bool planned = mdo.starts_at_ms() != 0;
  // A meeting without a start may be planned since, with others.
  const Knows before = cases_.KnowsOf(who, story);
  if (seated || !planned) cases_.GiveWay(story, who.id());
  Rights rights;
  if (seated || !planned) {
    rights = {{STATUS_OK, {}}, {STATUS_REFUSED, "ended"}};
    if (seen != 0) rights.push_back({STATUS_CONFLICT, "changed_since"});
  }
  // Once it is over it is hidden from whoever did not say yes in time.
  if (before != Knows::kYes || !seated) rights.push_back({STATUS_NOT_FOUND, kNotFound});
  if (seated && !planned) rights.push_back({STATUS_REFUSED, "no_seat"});
  if (!seated) rights.push_back({STATUS_REFUSED, "no_seat"});
  meeting::v1::Request request;
  request.mutable_accept_seat()->set_mdo(stage_.chance.OneIn(2) ? mdo.mdo() : mdo.case_number());
  Ask ask = AskOf(kMeeting, request);
  ask.expected_version = seen;
  stage_.Begin(who, ask, "accept seat", rights, [&who](const Reply& reply) {
    if (reply.status() != STATUS_OK && reply.status() != STATUS_CONFLICT) return;
    const auto accepted = ResponseIn<meeting::v1::Response>(reply).seat_accepted().mdo();
    for (const auto& seat : accepted.seats()) {
      if (seat.professional() != who.id()) continue;
      const bool yes = seat.accepted_at_ms() != 0;
      if (yes != (reply.status() == STATUS_OK)) who.Complain("a seat is not shown as answered");
      return;
    }
    who.Complain("an accepted seat is not shown");
  });
}

void Table::Collide() {
  Story* story = Planned();
  if (story == nullptr) return;
  stage_.Count("two at one table at once");
  const meeting::v1::Mdo mdo = story->mdo;
  for (const auto& seat : mdo.seats()) {
    Person* who = stage_.Find(seat.professional());
    if (who == nullptr || IsSilent(*who)) continue;
    Accept(*who, *story, mdo, stage_.chance.OneIn(2) ? 1 : 0);
    if (stage_.chance.OneIn(2)) Accept(*who, *story, mdo, 0);
  }
}

void Table::ListSome() {
  Person& who = stage_.chance.OneIn(4) ? *stage_.Pick(stage_.desks) : *stage_.Pick(stage_.table);
  meeting::v1::Request request;
  meeting::v1::ListMdos& wish = *request.mutable_list_mdos();
  wish.mutable_page()->set_limit(kLimit);
  wish.set_order(static_cast<meeting::v1::MdoOrder>(stage_.chance.Below(3)));
  wish.set_my_seat(stage_.chance.OneIn(2));
  wish.set_to_accept(stage_.chance.OneIn(2));
  stage_.Look(who, kMeeting, request, kSafety, "list meetings", Fine(),
              [this, &who, wish](const Reply& reply) {
                CheckListed(who, wish, ResponseIn<meeting::v1::Response>(reply).mdos_listed());
              });
}

void Table::CheckListed(Person& who, const meeting::v1::ListMdos& wish,
                        const meeting::v1::MdosListed& listed) {
  if (listed.mdos_size() > static_cast<int>(kLimit)) who.Complain("a long page");
  for (const meeting::v1::Mdo& mdo : listed.mdos()) {
    const bool seated = HasSeat(mdo, who.id());
    if ((wish.my_seat() || wish.to_accept()) && !seated) {
      who.Complain("a meeting without a seat for the asker is listed as theirs");
    }
    for (Story& story : stage_.stories) {
      if (!story.received || story.answer.report() != mdo.report()) continue;
      if (!seated && cases_.KnowsOf(who, story) == Knows::kNo) {
        who.Complain("a stranger's meeting is listed");
      }
    }
    // What others are asked for is none of one's business before one's own yes (P.25).
    const bool by_seat_alone = seated && who.Is("table_member");
    for (const auto& seat : mdo.seats()) {
      if (!by_seat_alone || seat.professional() != who.id() || !wish.to_accept()) continue;
      if (seat.accepted_at_ms() != 0) who.Complain("a seat that was taken waits for its yes");
    }
  }
}

}  // namespace samenspel::simulation
