// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/printer.h"

#include <utility>

#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {

Printer::Printer(World& world, const Options& options, const Texts& texts, bool color)
    : world_(world),
      texts_(texts),
      json_(options.json),
      quiet_(options.quiet),
      color_(color && !options.json) {}

void Printer::Result(const std::string& text, const Json& object) {
  Done();
  if (json_) {
    Emit(object);
  } else {
    world_.out << text << std::flush;
  }
}

void Printer::Emit(const Json& object) {
  if (collecting_) {
    collected_.push_back(object);
    return;
  }
  // Bytes that are no UTF-8 cannot stop the answer: they show as U+FFFD.
  world_.out << object.dump(2, ' ', false, Json::error_handler_t::replace) << std::endl;
}

void Printer::Collected() {
  collecting_ = false;
  if (json_) Emit({{"results", std::exchange(collected_, Json::array())}});
}

void Printer::Remark(const std::string& sentence) {
  if (json_ || quiet_) return;
  Done();
  world_.err << sentence << "\n";
}

ExitCode Printer::Fail(ExitCode exit, std::string_view code, const std::string& sentence,
                       const Json& details) {
  Done();
  if (!json_) {
    world_.err << Painted("1", "samenspel:") << " " << sentence << "\n";
    return exit;
  }
  Json error = {{"code", code}, {"exit", static_cast<int>(exit)}, {"message", sentence}};
  error.update(details);
  Emit({{"error", error}});
  return exit;
}

ExitCode Printer::Fail(const base::Status& status) {
  const ExitCode exit = ExitOf(status);
  return Fail(exit, exit == kExitInvalid ? "invalid" : "failed", Printable(status.message()));
}

void Printer::Progress(const std::string& sentence) {
  if (json_ || quiet_ || !world_.err_is_terminal) return;
  const size_t width = Width(sentence);
  const size_t wipe = progress_width_ > width ? progress_width_ - width : 0;
  world_.err << "\r" << sentence << std::string(wipe, ' ') << std::flush;
  progress_width_ = width;
}

void Printer::Done() {
  if (progress_width_ == 0) return;
  world_.err << "\r" << std::string(progress_width_, ' ') << "\r" << std::flush;
  progress_width_ = 0;
}

std::string Printer::Painted(const char* code, const std::string& text) const {
  if (!color_) return text;
  return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

std::string Printer::Strong(const std::string& text) const { return Painted("1", text); }

std::string Printer::Colour(intake::v1::Colour colour) const {
  switch (colour) {
    case intake::v1::COLOUR_GREEN:
      return Painted("32", "● " + texts_.Say("colour.green"));
    case intake::v1::COLOUR_AMBER:
      return Painted("33", "▲ " + texts_.Say("colour.amber"));
    case intake::v1::COLOUR_RED:
      return Painted("1;31", "■ " + texts_.Say("colour.red"));
    default:
      return "? " + texts_.Say("colour.none");
  }
}

std::string Printer::Time(int64_t ms) const {
  return LocalTime(base::FromMs(ms), texts_.language(), world_.clock.Wall());
}

std::string Printer::Span(int64_t from_ms, int64_t until_ms) const {
  return LocalSpan(base::FromMs(from_ms), base::FromMs(until_ms), texts_.language(),
                   world_.clock.Wall());
}

std::string ColourCode(intake::v1::Colour colour) {
  switch (colour) {
    case intake::v1::COLOUR_GREEN:
      return "green";
    case intake::v1::COLOUR_AMBER:
      return "amber";
    case intake::v1::COLOUR_RED:
      return "red";
    default:
      return "unknown";
  }
}

}  // namespace samenspel::cli
