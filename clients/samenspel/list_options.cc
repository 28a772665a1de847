// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/list_options.h"

#include <optional>

#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::optional<std::string> BytesOf(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    const size_t high = kHex.find(text[i]);
    const size_t low = kHex.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  if (text.size() % 2 != 0) return std::nullopt;
  return bytes;
}

bool FillDay(Context& context, const std::string& day, int days_later, int64_t& ms) {
  if (day.empty()) return true;
  const auto start = StartOfDay(day, days_later);
  if (!start) {
    context.printer.Fail(kExitInvalid, "not_a_date", context.Say("list.bad_day", {{"day", day}}));
    return false;
  }
  ms = base::ToMs(*start);
  return true;
}

// The flags of this list again, so that the next page is one of the same list.
std::string FlagsAgain(const ListOptions& list) {
  std::string text = " --limit " + std::to_string(list.limit);
  const auto add = [&text](const char* flag, const std::string& value) {
    if (!value.empty()) text += std::string(" ") + flag + " " + value;
  };
  const auto set = [&text](const char* flag, bool on) {
    if (on) text += std::string(" ") + flag;
  };
  add("--sort", list.sort);
  add("--colour", list.colour);
  add("--from", list.from);
  add("--until", list.until);
  add("--kind", list.kind);
  set("--all", list.all);
  set("--mine", list.mine);
  set("--unclaimed", list.unclaimed);
  set("--to-accept", list.to_accept);
  return text;
}

}  // namespace

bool FillPage(Context& context, common::v1::Page& page) {
  page.set_limit(context.options.list.limit);
  const auto after = BytesOf(context.options.list.page);
  if (after) {
    page.set_after(*after);
    return true;
  }
  context.printer.Fail(kExitInvalid, "invalid", context.Say("list.bad_page"));
  return false;
}

bool FillDays(Context& context, int64_t& from_ms, int64_t& until_ms) {
  const ListOptions& list = context.options.list;
  if (!FillDay(context, list.from, 0, from_ms) || !FillDay(context, list.until, 1, until_ms)) {
    return false;
  }
  if (until_ms == 0 || until_ms > from_ms) return true;
  context.printer.Fail(
      kExitInvalid, "bad_period",
      context.Say("list.until_before_from", {{"from", list.from}, {"until", list.until}}));
  return false;
}

intake::v1::Colour ColourAsked(const ListOptions& list) {
  if (list.colour == "green") return intake::v1::COLOUR_GREEN;
  if (list.colour == "amber") return intake::v1::COLOUR_AMBER;
  return list.colour == "red" ? intake::v1::COLOUR_RED : intake::v1::COLOUR_UNSPECIFIED;
}

intake::v1::ReportOrder ReportOrderAsked(const ListOptions& list) {
  if (list.sort == "oldest") return intake::v1::REPORT_ORDER_OLDEST;
  if (list.sort == "colour") return intake::v1::REPORT_ORDER_COLOUR;
  if (list.sort == "term") return intake::v1::REPORT_ORDER_TERM;
  return list.sort == "case" ? intake::v1::REPORT_ORDER_CASE : intake::v1::REPORT_ORDER_UNSPECIFIED;
}

meeting::v1::MdoOrder MdoOrderAsked(const ListOptions& list) {
  if (list.sort == "newest") return meeting::v1::MDO_ORDER_NEWEST;
  return list.sort == "case" ? meeting::v1::MDO_ORDER_CASE : meeting::v1::MDO_ORDER_UNSPECIFIED;
}

std::string TokenText(const std::string& next) {
  std::string text;
  for (const char byte : next) {
    text += kHex[static_cast<uint8_t>(byte) >> 4];
    text += kHex[static_cast<uint8_t>(byte) & 15];
  }
  return text;
}

std::string MoreText(const Context& context, const std::string& command, int shown,
                     std::optional<uint32_t> total, const std::string& next) {
  if (next.empty()) return {};
  const std::string again =
      "samenspel " + command + FlagsAgain(context.options.list) + " --page " + TokenText(next);
  const std::string shown_text = std::to_string(shown);
  const std::string text =
      total ? context.Say(
                  "list.more",
                  {{"shown", shown_text}, {"total", std::to_string(*total)}, {"command", again}})
            : context.Say("list.more_behind", {{"shown", shown_text}, {"command", again}});
  return text + "\n";
}

Json PageJson(std::string_view name, Json list, const std::string& next,
              std::optional<uint32_t> total) {
  return {{std::string(name), std::move(list)},
          {"next", next.empty() ? Json() : Json(TokenText(next))},
          {"total", total ? Json(*total) : Json()}};
}

}  // namespace samenspel::cli
