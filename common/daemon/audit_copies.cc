// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/audit_copies.h"

#include "common/base/ids.h"
#include "proto/common/v1/copies.pb.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr base::milliseconds kPatience{10'000};

store::Head HeadOf(const common::v1::Head& head) {
  return {head.epoch(), head.sequence(), head.hash()};
}

class OfAudit : public CopySource {
 public:
  OfAudit(std::string service, std::unique_ptr<bus::Client> client, base::Entropy& entropy,
          base::Instant now)
      : service_(std::move(service)), client_(std::move(client)), entropy_(entropy), now_(now) {}

  Result<Page> After(uint64_t sequence) override {
    common::v1::CopiesRequest request;
    request.mutable_read_copies()->set_service(service_);
    request.mutable_read_copies()->set_after(sequence);
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(base::NewRequestId(now_, entropy_));
    envelope.set_purpose("repair");
    envelope.set_request(request.SerializeAsString());
    const auto reply = client_->Call(envelope, kPatience);
    if (!reply.ok()) {
      return Status(reply.status().code(), "ask audit for its copies: " + reply.status().message());
    }
    return PageOf(*reply);
  }

 private:
  static Result<Page> PageOf(const common::v1::Reply& reply) {
    common::v1::CopiesResponse response;
    if (reply.status() != common::v1::STATUS_OK) {
      const std::string why = reply.reasons().empty() ? "no reason" : reply.reasons(0).code();
      return Status(Code::kDenied, "ask audit for its copies: it says " + why);
    }
    if (!response.ParseFromString(reply.response()) || !response.has_copies_read()) {
      return Status(Code::kInvalid, "ask audit for its copies: its answer cannot be read");
    }
    Page page;
    page.head = HeadOf(response.copies_read().head());
    for (const common::v1::StoredEntry& copy : response.copies_read().entries()) {
      auto entry = store::ParseStored(copy.SerializeAsString());
      if (!entry) return Status(Code::kCorrupt, "audit sent a copy that cannot be read");
      page.entries.push_back(std::move(entry));
    }
    for (const common::v1::CauseHeld& cause : response.copies_read().causes()) {
      page.causes.emplace_back(cause.service(), HeadOf(cause.head()));
    }
    return page;
  }

  const std::string service_;
  const std::unique_ptr<bus::Client> client_;
  base::Entropy& entropy_;
  const base::Instant now_;
};

}  // namespace

std::unique_ptr<CopySource> CopiesOfAudit(std::string service, std::unique_ptr<bus::Client> client,
                                          base::Entropy& entropy, base::Instant now) {
  return std::make_unique<OfAudit>(std::move(service), std::move(client), entropy, now);
}

}  // namespace samenspel::daemon
