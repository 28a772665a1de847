// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/inner/sample.h"

#include "clients/demo/families.h"
#include "common/base/file_system.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/table_file.h"
#include "tests/support/region.h"
#include "tests/support/scratch.h"

namespace samenspel::bench {
namespace {

constexpr uint64_t kSeed = 1;
constexpr const char* kDesk = "org_000000000000000000000000v1";
constexpr const char* kSender = "pro_00000000000000000000000s00";

}  // namespace

std::string Delivered(const std::string& name) {
  return support::ReadFile(support::SourcePath("deploy/config/" + name));
}

intake::v1::Request RedReport(uint64_t number) {
  intake::v1::Request request;
  *request.mutable_submit_report() = demo::Invent(kSeed, number, intake::v1::COLOUR_RED);
  return request;
}

std::string EnvelopeOf(const intake::v1::Request& request) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(std::string(16, 'r'));
  envelope.set_purpose("child_safety");
  envelope.set_request(request.SerializeAsString());
  return envelope.SerializeAsString();
}

std::unique_ptr<support::Bench> Intake() {
  const auto terms = [](base::FileSystem& files, daemon::Config& config) {
    config.terms = "/terms.toml";
    (void)files.Replace(config.terms, Delivered("terms.toml"));
  };
  auto intake = std::make_unique<support::Bench>("intake", intake::Service::Make,
                                                 Delivered("crisismeter.toml"), terms);
  intake->SendDue();
  return intake;
}

std::vector<std::shared_ptr<const store::Stored>> EntriesOfReports(int count) {
  const auto intake = Intake();
  std::vector<std::shared_ptr<const store::Stored>> entries;
  entries.reserve(static_cast<size_t>(count));
  for (int i = 1; i <= count; ++i) {
    intake->Ask(support::By(kSender, kDesk), RedReport(static_cast<uint64_t>(i)));
    entries.push_back(intake->Last());
  }
  return entries;
}

meeting::TableRules TableOf() {
  return *meeting::ParseTable(Delivered("table.toml"), "table.toml");
}

}  // namespace samenspel::bench
