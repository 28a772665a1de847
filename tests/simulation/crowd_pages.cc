// SPDX-License-Identifier: EUPL-1.2
// Lists, page by page.
#include "tests/simulation/crowd_looks.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using intake::v1::ReportLine;

constexpr int kPages = 3;
constexpr uint32_t kLimit = 8;

}  // namespace

// One reader on the way through a list; a case number never changes, so in that order none comes
// twice.
struct Looks::Walk {
  intake::v1::Request request;
  int pages_left = kPages;
  std::set<std::string> seen;
};

void Looks::PageSome() {
  Person& desk = *stage_.Pick(stage_.desks);
  const auto walk = std::make_shared<Walk>();
  const auto order = static_cast<intake::v1::ReportOrder>(stage_.chance.Below(5));
  const auto colour = static_cast<intake::v1::Colour>(stage_.chance.Below(4));
  if (stage_.chance.OneIn(2)) {
    auto& list = *walk->request.mutable_list_queue();
    list.mutable_page()->set_limit(kLimit);
    list.set_order(order);
    list.set_colour(colour);
    list.set_unclaimed(stage_.chance.OneIn(2));
  } else {
    auto& list = *walk->request.mutable_list_reports();
    list.mutable_page()->set_limit(kLimit);
    list.set_order(order);
    list.set_colour(colour);
    list.set_with_settled(stage_.chance.OneIn(2));
    list.set_mine(stage_.chance.OneIn(2));
  }
  NextPage(desk, walk);
}

void Looks::NextPage(Person& who, const std::shared_ptr<Walk>& walk) {
  const auto check = [&who, walk](const ReportLine& line) {
    const auto& request = walk->request;
    const auto& now = line.ownership();
    const auto colour =
        request.has_list_queue() ? request.list_queue().colour() : request.list_reports().colour();
    bool fits = colour == intake::v1::COLOUR_UNSPECIFIED || line.colour() == colour;
    const bool settled = line.outcome() != intake::v1::OUTCOME_UNSPECIFIED;
    if (request.has_list_queue()) {
      fits &= !settled && now.desk() == who.organisation() &&
              (!request.list_queue().unclaimed() || now.open());
    } else {
      fits &= !settled || request.list_reports().with_settled();
      const bool mine = now.owner() == who.id() || now.offered_to() == who.id();
      fits &= mine || !request.list_reports().mine();
    }
    if (!fits) who.Complain("a list shows what was not asked for");
    const bool by_case = (request.has_list_queue()
                              ? request.list_queue().order()
                              : request.list_reports().order()) == intake::v1::REPORT_ORDER_CASE;
    if (!walk->seen.insert(line.report()).second && by_case) {
      who.Complain("a list shows a report twice");
    }
  };
  stage_.Look(who, kIntake, walk->request, kSafety, "list", Fine(),
              [this, &who, walk, check](const Reply& reply) {
                const auto listed = ResponseIn<intake::v1::Response>(reply).reports_listed();
                if (listed.lines_size() > static_cast<int>(kLimit)) who.Complain("a long page");
                for (const ReportLine& line : listed.lines()) {
                  check(line);
                  CheckLine(who, line, 0);
                }
                if (listed.next().empty() || --walk->pages_left == 0) return;
                auto& request = walk->request;
                (request.has_list_queue() ? *request.mutable_list_queue()->mutable_page()
                                          : *request.mutable_list_reports()->mutable_page())
                    .set_after(listed.next());
                NextPage(who, walk);
              });
}

void Looks::Mine() {
  Person& desk = *stage_.Pick(stage_.desks);
  intake::v1::Request request;
  request.mutable_show_mine();
  stage_.Look(desk, kIntake, request, kSafety, "show mine", Fine(),
              [this, &desk](const Reply& reply) {
                const auto mine = ResponseIn<intake::v1::Response>(reply).mine_shown();
                for (const ReportLine& line : mine.owned()) {
                  CheckLine(desk, line, 0);
                  if (line.ownership().owner() != desk.id()) desk.Complain("owns another's");
                }
                for (const ReportLine& line : mine.offered()) {
                  CheckLine(desk, line, 0);
                  if (line.ownership().offered_to() != desk.id()) desk.Complain("not offered");
                }
                for (const ReportLine& line : mine.unclaimed()) {
                  CheckLine(desk, line, 0);
                  if (!line.ownership().open() || line.ownership().desk() != desk.organisation()) {
                    desk.Complain("shown as unclaimed what is not");
                  }
                }
                for (const ReportLine& line : mine.unconfirmed()) {
                  CheckLine(desk, line, 0);
                  if (!line.provisional()) desk.Complain("shown as provisional what is not");
                }
              });
}

}  // namespace samenspel::simulation
