// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_stage.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;

std::string Heard(const Reply& reply) {
  std::string heard = common::v1::Status_Name(reply.status()).substr(sizeof("STATUS_") - 1);
  if (!reply.reasons().empty()) heard += " " + reply.reasons(0).code();
  return heard;
}

bool IsAmong(const Reply& reply, const Rights& rights) {
  const std::string code = reply.reasons().empty() ? "" : reply.reasons(0).code();
  return std::any_of(rights.begin(), rights.end(), [&](const Right& right) {
    return right.status == reply.status() && (right.code.empty() || right.code == code);
  });
}

}  // namespace

Stage::Stage(World& its_world, const demo::Region& its_region, CrowdSize its_size)
    : world(its_world), region(its_region), size(its_size), chance(its_size.seed + 1'000'003) {
  for (const bus::Principal& principal : Principals(region)) {
    const std::string& role = principal.roles.front();
    if (role == "service") continue;
    people_.push_back(std::make_unique<Person>(world, notes, principal, size.patience));
    Person* person = people_.back().get();
    by_id_[person->id()] = person;
    if (role == "desk_worker") desks.push_back(person);
    if (IsGuest(person->id())) guest = person;
    if (role == "duty_manager") duty_managers.push_back(person);
    if (role == "privacy_officer") officers.push_back(person);
    if (role == "operator") operators.push_back(person);
    if (role == "region_manager") manager = person;
    if (role == "auditor") auditor = person;
    if (role == "table_member") table.push_back(person);
  }
  for (const auto& one : Colleagues(region)) deputies[one.id()] = one.deputy();
  for (const auto& one : region.deputies) deputies[one.id()] = one.deputy();
  stranger = table.back();
  table.pop_back();
}

Person* Stage::Find(const std::string& id) {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

bool Stage::Expect(Person& who, const std::string& what, const Reply& reply, const Rights& rights) {
  Count(what + " " + Heard(reply));
  if (IsAmong(reply, rights)) return true;
  std::string wanted;
  for (const Right& right : rights) {
    wanted += " " + common::v1::Status_Name(right.status) + "/" + right.code;
  }
  who.Complain(what + " was answered " + Heard(reply) + ", expected" + wanted);
  return false;
}

std::string Stage::Begin(Person& who, const Ask& ask, const std::string& what, Rights rights,
                         Then then) {
  return who.Begin(ask, [this, &who, what, rights = std::move(rights),
                         then = std::move(then)](const Reply& reply) {
    if (Expect(who, what, reply, rights) && then) then(reply);
    return true;
  });
}

void Stage::Look(Person& who, size_t server, const google::protobuf::Message& request,
                 const std::string& purpose, const std::string& what,
                 const std::function<Rights()>& rights, Then then) {
  Ask ask = AskOf(server, request, purpose);
  ask.changes = false;
  who.Begin(ask, [this, &who, what, rights, then = std::move(then)](const Reply& reply) {
    if (Expect(who, what, reply, rights()) && then) then(reply);
    return true;
  });
}

void Stage::Look(Person& who, size_t server, const google::protobuf::Message& request,
                 const std::string& purpose, const std::string& what, Rights rights, Then then) {
  Ask ask = AskOf(server, request, purpose);
  ask.changes = false;
  Begin(who, ask, what, std::move(rights), std::move(then));
}

}  // namespace samenspel::simulation
