// SPDX-License-Identifier: EUPL-1.2
#include <tuple>

#include "services/intake/domain/crisismeter_sheet.h"

namespace samenspel::intake {

std::optional<v1::NextQuestion> NextQuestionOf(const Sheet& sheet) {
  const auto& indicators = sheet.rules().indicators;
  std::tuple<v1::Colour, bool, uint32_t> best{sheet.Colour(), true, UINT32_MAX};
  std::optional<size_t> asked;
  Sheet tried = sheet;
  for (size_t i = 0; i < indicators.size(); ++i) {
    if (!sheet.IsUnknown(i)) continue;
    tried.Set(i, v1::ANSWER_VALUE_YES);
    const std::tuple rank{tried.Colour(), indicators[i].direct, indicators[i].weight};
    tried.Set(i, v1::ANSWER_VALUE_UNKNOWN);
    if (rank <= best) continue;  // The one that stands first in the file wins.
    best = rank;
    asked = i;
  }
  if (!asked) return std::nullopt;
  v1::NextQuestion next;
  next.set_indicator(indicators[*asked].id);
  next.set_text_nl(indicators[*asked].nl);
  next.set_text_en(indicators[*asked].en);
  next.set_colour(std::get<v1::Colour>(best));
  return next;
}

}  // namespace samenspel::intake
