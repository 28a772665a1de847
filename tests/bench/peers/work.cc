// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/peers/work.h"

#include <cstdio>
#include <cstdlib>

#include "clients/demo/families.h"
#include "common/base/clock.h"
#include "common/base/file_system.h"
#include "common/base/ids.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/terms_file.h"
#include "services/intake/domain/decider.h"
#include "services/meeting/daemon/table_file.h"
#include "services/meeting/domain/decider.h"
#include "tests/bench/roster.h"

namespace samenspel::bench::peers {
namespace {

template <class Rules>
Rules Read(const char* name,
           base::Result<Rules> (*parse)(std::string_view toml, const std::string& name)) {
  const auto text =
      base::RealFileSystem()->Read(SAMENSPEL_SOURCE "/deploy/config/" + std::string(name));
  if (text.ok()) {
    auto rules = parse(*text, name);
    if (rules.ok()) return *std::move(rules);
  }
  std::fprintf(stderr, "cannot read deploy/config/%s\n", name);
  std::exit(2);
}

std::string IdOf(const char* kind, uint64_t number) {
  base::IdBytes bytes{};
  for (size_t i = 0; i < sizeof number; ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  return base::MakeId(kind, bytes);
}

}  // namespace

std::string ReportBytes(uint64_t seed, uint64_t number) {
  return demo::Invent(seed, number, intake::v1::COLOUR_RED).SerializeAsString();
}

Work::Work(int professionals)
    : crisismeter_(Read("crisismeter.toml", intake::ParseCrisismeter)),
      terms_(Read("terms.toml", intake::ParseTerms)),
      table_(Read("table.toml", meeting::ParseTable)),
      roster_(RosterOf(professionals, base::SystemClock().Wall())) {}

std::string Work::Decide(uint64_t number, std::string_view report) {
  intake::v1::SubmitReport form;
  if (!form.ParseFromArray(report.data(), static_cast<int>(report.size()))) return {};
  decide::Stamp stamp;
  stamp.received_at = base::SystemClock().Wall();
  intake::v1::ReportGraded graded;
  graded.set_report(IdOf("rpt", number));
  graded.set_household(IdOf("hh", number));
  graded.set_case_number(base::CaseNumber(2026, static_cast<uint32_t>(number)));
  graded.set_received_at_ms(base::ToMs(stamp.received_at));
  *graded.mutable_grade() = intake::GradeOf(crisismeter_, form.answers());
  intake::AddYes(form.answers(), graded);
  *graded.mutable_terms() =
      intake::TermsOf(terms_, graded.grade().colour(), false, stamp.received_at);
  meeting::Facts facts;
  facts.table = &table_;
  facts.roster = &roster_;
  facts.meetings = &meetings_;
  const auto happened = meeting::Convene(facts, stamp, graded);
  if (happened.empty()) return {};
  const meeting::v1::Mdo& mdo = happened.front().event.has_mdo_planned()
                                    ? happened.front().event.mdo_planned().mdo()
                                    : happened.front().event.mdo_unplannable().mdo();
  const meeting::Interval when{base::FromMs(mdo.starts_at_ms()), base::FromMs(mdo.ends_at_ms())};
  for (const auto& seat : mdo.seats()) roster_.Book(seat.professional(), when);
  return happened.front().event.SerializeAsString();
}

}  // namespace samenspel::bench::peers
