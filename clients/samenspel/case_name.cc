// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"

#include <algorithm>

#include "clients/samenspel/table.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

// "2026-004711-X", whatever the letter.
bool LooksLikeCaseNumber(std::string_view text) {
  constexpr std::string_view kShape = "0000-000000-A";
  return std::ranges::equal(text, kShape, [](unsigned char one, char shape) {
    if (shape == '0') return std::isdigit(one) != 0;
    return shape == 'A' ? std::isalpha(one) != 0 : one == static_cast<unsigned char>(shape);
  });
}

bool Refused(const Context& context, std::string_view key, const std::string& text,
             const std::string& forms) {
  context.printer.Fail(kExitInvalid, "bad_id",
                       context.Say(key, {{"text", Printable(text)}, {"forms", forms}}));
  return false;
}

}  // namespace

bool NamesCase(const Context& context, const std::string& text,
               std::initializer_list<std::string_view> kinds) {
  if (base::IsCaseNumber(text)) return true;
  if (LooksLikeCaseNumber(text)) return Refused(context, "report.wrong_letter", text, "");
  std::string forms;
  for (const std::string_view kind : kinds) {
    if (base::IsId(kind, text)) return true;
    forms += (forms.empty() ? "" : ", ") + std::string(kind) + "_...";
  }
  return Refused(context, "report.no_name", text, forms);
}

bool IsIdOf(const Context& context, const std::string& text, std::string_view kind) {
  if (base::IsId(kind, text)) return true;
  return Refused(context, "report.no_id", text, std::string(kind) + "_...");
}

}  // namespace samenspel::cli
