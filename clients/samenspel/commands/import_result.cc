// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/import_result.h"

#include <algorithm>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using intake::v1::Colour;

Json LineJson(const LineResult& line) {
  Json row = {{"line", line.number}};
  if (line.received) {
    row.update({{"report", line.received->report()},
                {"case_number", line.received->case_number()},
                {"colour", ColourCode(line.received->grade().colour())},
                {"provisional", line.received->provisional()}});
  } else {
    row.update({{"error", line.code}, {"field", line.field}});
  }
  if (line.same_as != 0) row["same_as"] = line.same_as;
  return row;
}

bool IsRed(const LineResult& line) {
  return line.received && line.received->grade().colour() == intake::v1::COLOUR_RED;
}

}  // namespace

base::Status ImportResult::WriteTo(const std::string& path, base::FileSystem& files) {
  if (path.empty()) return base::Ok();
  SAMENSPEL_RETURN_IF_ERROR(files.Replace(path, ""));
  auto file = files.Open(path);
  if (!file.ok()) return file.status();
  file_ = std::move(*file);
  return base::Ok();
}

void ImportResult::Add(LineResult line) {
  lines_.push_back(std::move(line));
  if (file_ == nullptr || !written_.ok()) return;
  const std::string text =
      LineJson(lines_.back()).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  written_ = file_->WriteAt(offset_, text);
  offset_ += text.size();
}

size_t ImportResult::failed() const {
  return static_cast<size_t>(
      std::ranges::count_if(lines_, [](const LineResult& line) { return !line.received; }));
}

std::string ImportResult::RedText(const Context& context) const {
  std::string text;
  for (const LineResult& line : lines_) {
    if (!IsRed(line)) continue;
    const std::string due = DueText(context, line.received->terms().confirm_due_ms());
    text += "  " + context.printer.Colour(intake::v1::COLOUR_RED) + "  " +
            Printable(line.received->case_number()) + "  " + due + "\n";
  }
  return text.empty() ? text : context.Say("import.red") + "\n" + text;
}

std::string ImportResult::FailedText(const Context& context) const {
  std::string text;
  for (const LineResult& line : lines_) {
    if (line.received || line.code == "not_sent") continue;
    std::string why = context.printer.texts().Word("reason", line.code);
    if (!line.field.empty()) why = line.field + ": " + why;
    text += context.Say("import.line",
                        {{"line", std::to_string(line.number)}, {"why", Printable(why)}}) +
            "\n";
  }
  const auto unsent = std::ranges::count(lines_, "not_sent", &LineResult::code);
  if (unsent > 0)
    text += context.Say("import.not_sent", {{"count", std::to_string(unsent)}}) + "\n";
  return text;
}

std::string ImportResult::EqualText(const Context& context) const {
  std::string text;
  for (const LineResult& line : lines_) {
    if (line.same_as == 0) continue;
    text += context.Say("import.equal", {{"line", std::to_string(line.number)},
                                         {"other", std::to_string(line.same_as)}}) +
            "\n";
  }
  return text;
}

std::string ImportResult::Text(const Context& context) const {
  std::string text = context.Say("import.done", {{"done", std::to_string(lines_.size() - failed())},
                                                 {"all", std::to_string(lines_.size())}}) +
                     "\n";
  for (const Colour colour :
       {intake::v1::COLOUR_RED, intake::v1::COLOUR_AMBER, intake::v1::COLOUR_GREEN}) {
    const auto count = std::ranges::count_if(lines_, [colour](const LineResult& line) {
      return line.received && line.received->grade().colour() == colour;
    });
    if (count > 0)
      text += "  " + context.printer.Colour(colour) + ": " + std::to_string(count) + "\n";
  }
  return text + RedText(context) + FailedText(context) + EqualText(context);
}

Json ImportResult::ToJson() const {
  Json lines = Json::array();
  for (const LineResult& line : lines_) lines.push_back(LineJson(line));
  return {{"received", lines_.size() - failed()},
          {"failed", failed()},
          {"continued", continued_},
          {"lines", lines}};
}

}  // namespace samenspel::cli
