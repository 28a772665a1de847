// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_opening.h"
#include "clients/samenspel/spoken.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

bool FillNote(Context& context, intake::v1::ReviewOpening& review) {
  if (context.options.change.words.empty()) return true;
  const auto words = WordsFrom(context, context.options.change.words, kNote);
  if (words) review.mutable_private_()->set_note(*words);
  return words.has_value();
}

}  // namespace

ExitCode ReviewList(Context& context) {
  Exchange exchange(context);
  intake::v1::Request request;
  request.mutable_show_mine();
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kMineShown)) {
    return exchange.exit();
  }
  const auto& reviews = response.mine_shown().reviews();
  const std::string text =
      reviews.empty() ? context.Say("list.no_reviews") + "\n" : OpeningsText(context, reviews);
  context.printer.Result(text, {{"reviews", OpeningsJson(reviews)}});
  return kExitOk;
}

ExitCode Review(Context& context) {
  const ChangeOptions& change = context.options.change;
  if (change.justified == change.not_justified) {
    return context.printer.Fail(kExitInvalid, "missing", context.Say("review.choose"));
  }
  if (!IsIdOf(context, context.options.target, "brk")) return kExitInvalid;
  intake::v1::Request request;
  intake::v1::ReviewOpening& review = *request.mutable_review_opening();
  review.set_opening(context.options.target);
  review.set_justified(change.justified);
  if (!FillNote(context, review)) return kExitInvalid;
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Change("intake", request, response, intake::v1::Response::kGlassOpened,
                       context.options.target)) {
    return exchange.exit();
  }
  const intake::v1::GlassOpened& opened = response.glass_opened();
  std::string text =
      Line(context.printer, "label.opening", Printable(opened.opening())) +
      Line(context.printer, "label.case", context.printer.Strong(Printable(opened.case_number())));
  text += context.Say(change.justified ? "review.justified" : "review.not_justified") + "\n";
  context.printer.Result(text, {{"opening", opened.opening()},
                                {"case_number", opened.case_number()},
                                {"justified", change.justified}});
  return kExitOk;
}

}  // namespace samenspel::cli
