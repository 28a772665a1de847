// SPDX-License-Identifier: EUPL-1.2
#include "tests/kill/person.h"

#include <algorithm>

#include "common/tlog/sha256.h"
#include "proto/intake/v1/requests.pb.h"
#include "tests/support/ask.h"

namespace samenspel::kill {
namespace {

using common::v1::Envelope;
using common::v1::Reply;

constexpr base::milliseconds kCallWait{3'000};
constexpr base::milliseconds kReadWait{1'000};
constexpr base::milliseconds kAskAgainAfter{200};
// Longer than any daemon is away in these tests.
constexpr int kCallsMax = 60;
constexpr size_t kPastMax = 16;
constexpr size_t kSpoolKeyBytes = 32;

bool IsPassing(common::v1::Status status) {
  return status == common::v1::STATUS_BUSY || status == common::v1::STATUS_UNAVAILABLE;
}

// Those whose answer is kept with the request.
bool IsKept(common::v1::Status status) {
  return status == common::v1::STATUS_OK || status == common::v1::STATUS_REFUSED ||
         status == common::v1::STATUS_CONFLICT;
}

std::string KindOf(const google::protobuf::Message& request) {
  const auto* kinds = request.GetDescriptor()->oneof_decl(0);
  return request.GetReflection()->GetOneofFieldDescriptor(request, kinds)->name();
}

// The report that intake made of a form.
std::string StreamIn(const Reply& reply) {
  intake::v1::Response response;
  if (!response.ParseFromString(reply.response())) return {};
  return response.report_received().report();
}

}  // namespace

void Shared::Trouble(const std::string& what) {
  const std::lock_guard lock(mutex_);
  troubles_.push_back(what);
}

std::vector<std::string> Shared::TakeTroubles() {
  const std::lock_guard lock(mutex_);
  return std::exchange(troubles_, {});
}

void Shared::Count(const std::string& what) {
  const std::lock_guard lock(mutex_);
  ++counts_[what];
}

std::map<std::string, size_t> Shared::counts() {
  const std::lock_guard lock(mutex_);
  return counts_;
}

Person::Person(const support::Region& region, std::string name, uint64_t seed, Shared& shared)
    : shared_(shared),
      dice_(seed),
      region_(region),
      name_(std::move(name)),
      id_(region.PrincipalOf(name_).id),
      spool_(*files_, region.folder() + "/spool/" + name_ + "-" + std::to_string(seed),
             entropy_.Bytes(kSpoolKeyBytes), entropy_) {}

bus::Client& Person::ClientOf(const std::string& service) {
  auto& client = clients_[service];
  if (!client) client = region_.Connect(name_, service);
  return *client;
}

Reply Person::UntilAnswered(const std::string& service, const Envelope& envelope) {
  for (int calls = 0; calls < kCallsMax; ++calls) {
    const auto reply = ClientOf(service).Call(envelope, kCallWait);
    if (reply.ok() && !IsPassing(reply->status())) return *reply;
    if (!reply.ok()) continue;
    shared_.Count("answered " + common::v1::Status_Name(reply->status()));
    shared_.pace.Rest(kAskAgainAfter);
  }
  shared_.Trouble(name_ + ": " + service + " does not answer");
  return {};
}

Reply Person::Change(const std::string& service, const google::protobuf::Message& request,
                     const std::string& stream, uint64_t expected_version) {
  Envelope envelope = support::EnvelopeOf(request);
  envelope.set_expected_version(expected_version);
  const base::Status kept = spool_.Put(service, envelope);
  if (!kept.ok()) shared_.Trouble(name_ + ": " + kept.message());
  Reply reply = UntilAnswered(service, envelope);
  if (reply.status() == common::v1::STATUS_UNSPECIFIED) return reply;
  const std::string kind = KindOf(request);
  const Answered answered =
      AnsweredOf(service, id_, kind, reply, stream.empty() ? StreamIn(reply) : stream);
  shared_.record.Write(answered);
  (void)spool_.Remove(envelope.request_id());
  shared_.Count(kind);
  if (reply.status() == common::v1::STATUS_INVALID || reply.status() == common::v1::STATUS_DENIED) {
    shared_.Trouble(name_ + ": " + kind + " was answered " +
                    common::v1::Status_Name(reply.status()) + " " + support::Reasons(reply));
  }
  if (IsKept(reply.status())) past_.push_back({service, std::move(envelope), answered.digest});
  if (past_.size() > kPastMax) past_.pop_front();
  shared_.pace.Answered();
  return reply;
}

Reply Person::Read(const std::string& service, const google::protobuf::Message& request) {
  const auto reply = ClientOf(service).Call(support::EnvelopeOf(request), kReadWait);
  return reply.ok() ? *reply : Reply();
}

void Person::AskAgain() {
  if (past_.empty()) return;
  const Past& past = past_[dice_() % past_.size()];
  const Reply reply = UntilAnswered(past.service, past.envelope);
  shared_.Count("asked again");
  if (tlog::Sha256(reply.SerializeAsString()) != past.digest) {
    shared_.Trouble(name_ + ": a repeat was answered otherwise: " + reply.ShortDebugString());
  }
}

}  // namespace samenspel::kill
