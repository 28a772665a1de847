// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/service.h"

#include "common/daemon/decided.h"
#include "common/tlog/sha256.h"
#include "services/intake/daemon/book_loader.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/terms_file.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {

using daemon::View;

base::Result<std::unique_ptr<daemon::Service>> Service::Make(const daemon::ServiceInput& input) {
  auto meter = MeterFile::Open(input.files, input.config.rules, ParseCrisismeter);
  if (!meter.ok()) return meter.status();
  if (input.config.terms.empty()) {
    return base::Status(base::Code::kInvalid, "the config of intake names no terms file");
  }
  auto terms = TermsFile::Open(input.files, input.config.terms, ParseTerms);
  if (!terms.ok()) return terms.status();
  return std::unique_ptr<daemon::Service>(new Service(std::move(*meter), std::move(*terms)));
}

const google::protobuf::Message& Service::request_type() const {
  return v1::Request::default_instance();
}
const google::protobuf::Message& Service::event_type() const {
  return v1::Event::default_instance();
}

base::Status Service::Load(View& view) {
  SAMENSPEL_RETURN_IF_ERROR(meter_.Adopt(view.Load<state::Rules>("crisismeter").toml()));
  SAMENSPEL_RETURN_IF_ERROR(terms_.Adopt(view.Load<state::TermsFile>("terms").toml()));
  return LoadBook(view.store(), book_);
}

// Both or neither: what one file says may rest on the other.
base::Status Service::Reload() {
  MeterFile meter = meter_;
  TermsFile terms = terms_;
  SAMENSPEL_RETURN_IF_ERROR(meter.Reload());
  SAMENSPEL_RETURN_IF_ERROR(terms.Reload());
  meter_ = std::move(meter);
  terms_ = std::move(terms);
  return base::Ok();
}

bool Service::MaySee(View& view, const daemon::Caller& caller, const common::v1::Ref& ref) {
  if (ref.service() != name()) return false;
  const auto entry = view.store().Read(ref.sequence());
  return entry && (entry->header.principal() == caller.principal ||
                   entry->header.organisation() == caller.organisation);
}

std::vector<daemon::InternalRequest> Service::Due(View& view, base::Instant now) {
  std::vector<daemon::InternalRequest> due;
  const auto add = [&](std::string id, const v1::Request& request) {
    due.push_back({std::move(id), request.SerializeAsString()});
  };
  if (meter_.due()) {
    const auto adopted = view.Load<state::Rules>("crisismeter");
    v1::Request request;
    request.mutable_adopt_crisismeter()->set_toml(meter_.bytes());
    if (auto id = meter_.TakeDue(adopted.hash(), adopted.version())) add(*id, request);
  }
  if (terms_.due()) {
    const auto adopted = view.Load<state::TermsFile>("terms");
    v1::Request request;
    request.mutable_adopt_terms()->set_toml(terms_.bytes());
    if (auto id = terms_.TakeDue(adopted.hash(), adopted.version())) add(*id, request);
  }
  for (const auto& [at, report] : book_.Overdue(now)) {
    v1::Request request;
    request.mutable_deadline_passed()->set_report(report);
    add(tlog::Sha256({"deadline", report, std::to_string(at)}).substr(0, 16), request);
  }
  return due;
}

std::optional<base::Instant> Service::DueAt() const {
  if (meter_.due() || terms_.due()) return base::Instant{};
  return book_.NextDue();
}

std::vector<std::pair<std::string, uint64_t>> Service::Counters(base::Instant now) const {
  const DeskBook::Tally tally = book_.Count(now);
  return {{"reports_red", tally.by_colour[v1::COLOUR_RED]},
          {"reports_amber", tally.by_colour[v1::COLOUR_AMBER]},
          {"reports_green", tally.by_colour[v1::COLOUR_GREEN]},
          {"queue_unclaimed", tally.unclaimed},
          {"queue_oldest_unclaimed_s", tally.oldest_unclaimed_s},
          {"queue_overdue", tally.overdue},
          {"provisional_open", tally.provisional},
          {"openings_to_review", tally.to_review}};
}

}  // namespace samenspel::intake
