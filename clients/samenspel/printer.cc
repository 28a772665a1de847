// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/printer.h"

#include <algorithm>
#include <utility>

#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

constexpr size_t kNarrowest = 60;  // Below that nothing reads well; the terminal breaks lines.

// What the operating system says, in a word of our own.
constexpr std::pair<std::string_view, std::string_view> kFaults[] = {
    {"No such file or directory", "not_there"},
    {"not there", "not_there"},
    {"Permission denied", "not_permitted"},
    {"Read-only file system", "not_permitted"},
    {"Operation not permitted", "not_permitted"},
    {"Is a directory", "is_folder"},
    {"Not a directory", "no_folder"},
    {"is not a directory", "no_folder"},
    {"No space left on device", "full"},
};

// Whether the one is, holds, or lies in the other.
bool Touch(const std::string& one, const std::string& other) {
  return !one.empty() &&
         (one == other || one.starts_with(other + "/") || other.starts_with(one + "/"));
}

}  // namespace

Printer::Printer(World& world, const Options& options, const Texts& texts, bool color)
    : world_(world),
      options_(options),
      texts_(texts),
      json_(options.json),
      quiet_(options.quiet),
      color_(color && !options.json) {}

size_t TextColumns(const World& world) {
  constexpr size_t kWidest = 100;
  return world.columns == 0 ? kWidest : std::clamp(world.columns, kNarrowest, kWidest);
}

size_t Printer::columns() const { return TextColumns(world_); }

std::string Printer::Table(const std::vector<std::vector<std::string>>& rows,
                           std::string_view indent, const std::vector<size_t>& least) const {
  if (world_.columns == 0) return cli::Table(rows, indent);
  return FittedTable(rows, std::max(world_.columns, kNarrowest), indent, least);
}

std::string Printer::Fitted(const std::string& text, bool terminal) const {
  if (!terminal || world_.columns == 0) return text;
  return Folded(text, std::max(world_.columns, kNarrowest));
}

void Printer::Result(const std::string& text, const Json& object) {
  Verbatim(json_ ? text : Fitted(text, true), object);
}

void Printer::Verbatim(const std::string& text, const Json& object) {
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
  world_.err << Fitted(sentence, world_.err_is_terminal) << "\n";
}

ExitCode Printer::Fail(ExitCode exit, std::string_view code, const std::string& sentence,
                       const Json& details) {
  Done();
  if (!json_) {
    world_.err << Fitted(Painted("1", "samenspel:") + " " + sentence, world_.err_is_terminal)
               << "\n";
    return exit;
  }
  Json error = {{"code", code}, {"exit", static_cast<int>(exit)}, {"message", sentence}};
  error.update(details);
  Emit({{"error", error}});
  return exit;
}

ExitCode Printer::Fail(const base::Status& status) {
  const ExitCode exit = ExitOf(status);
  const bool file = status.code() == base::Code::kIo || status.code() == base::Code::kNotFound;
  return Fail(exit, exit == kExitInvalid ? "invalid" : "failed",
              Printable(file ? FileFault(status.message()) : status.message()));
}

// Out of "open /a/b: Permission denied".
std::string Printer::FileFault(const std::string& message) const {
  const auto* known = std::ranges::find_if(
      kFaults, [&](const auto& fault) { return message.ends_with(fault.first); });
  const size_t why_at =
      known != std::end(kFaults) ? message.size() - known->first.size() : message.rfind(": ");
  if (why_at == std::string::npos) return message;
  std::string path = message.substr(0, why_at);
  path.erase(path.find_last_not_of(": ") + 1);
  for (const std::string_view verb : {"open ", "create ", "read ", "write ", "list ", "sync ",
                                      "make directory ", "rename to ", "remove "}) {
    if (path.starts_with(verb)) path.erase(0, verb.size());
  }
  if (path.ends_with(".new")) path.resize(path.size() - 4);  // Of a file that is replaced.
  const std::string why = known == std::end(kFaults) ? message.substr(why_at + 2)
                                                     : texts_.Word("file_fault", known->second);
  const std::string option = OptionOf(path);
  return (option.empty() ? "" : option + ": ") + path + ": " + why + ".";
}

std::string Printer::OptionOf(const std::string& path) const {
  const std::pair<std::string_view, std::string> named[] = {
      {"--result", options_.change.result},       {"--registry", options_.keys.registry},
      {"--secrets", options_.keys.secrets},       {"--note-file", options_.change.words},
      {"--config", options_.config.value_or("")}, {"", options_.target},
  };
  for (const auto& [option, value] : named) {
    if (Touch(value, path)) return std::string(option);
  }
  return Touch(world_.Variable("SAMENSPEL_CONFIG"), path) ? "SAMENSPEL_CONFIG" : "";
}

void Printer::Progress(const std::string& sentence) {
  if (json_ || quiet_ || !world_.err_is_terminal) return;
  // A line that the terminal breaks could not be wiped.
  const std::string line = world_.columns > 1 ? Clipped(sentence, world_.columns - 1) : sentence;
  const size_t width = Width(line);
  const size_t wipe = progress_width_ > width ? progress_width_ - width : 0;
  world_.err << "\r" << line << std::string(wipe, ' ') << std::flush;
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

std::string Printer::End(int64_t ms) const {
  return LocalEnd(base::FromMs(ms), texts_.language(), world_.clock.Wall());
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
