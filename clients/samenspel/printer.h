// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/json_tree.h"
#include "clients/samenspel/options.h"
#include "clients/samenspel/settings.h"
#include "clients/samenspel/texts.h"
#include "clients/samenspel/world.h"
#include "proto/intake/v1/report.pb.h"

namespace samenspel::cli {

using Json = nlohmann::ordered_json;

/// Where a command's words go. With --json nothing but one object goes to standard output: what the
/// command found, or an error. Without it: text. --quiet leaves out everything but errors and what
/// was asked for.
class Printer {
 public:
  Printer(World& world, const Options& options, const Texts& texts, bool color);

  const Texts& texts() const { return texts_; }
  bool json() const { return json_; }
  bool quiet() const { return quiet_; }
  /// How wide text may be: as wide as the terminal, within what reads well.
  size_t columns() const;
  /// Rows in columns, on a terminal not wider than that is; elsewhere they stay whole.
  std::string Table(const std::vector<std::vector<std::string>>& rows, std::string_view indent = "",
                    const std::vector<size_t>& least = {}) const;

  /// The result: `text` for people, `object` for programs. On a terminal lines that are wider than
  /// it are folded.
  void Result(const std::string& text, const Json& object);
  /// The same for what is to be copied as it is: scripts, source.
  void Verbatim(const std::string& text, const Json& object);
  /// From now on results and errors of --json are kept for Collected(), which prints them as one
  /// object's "results".
  void Collect() { collecting_ = true; }
  void Collected();
  /// A remark on standard error; not with --json or --quiet.
  void Remark(const std::string& sentence);
  /// One sentence on standard error, or {"error": {...}}; returns `exit`.
  ///   code  never translated: for programs
  ExitCode Fail(ExitCode exit, std::string_view code, const std::string& sentence,
                const Json& details = Json::object());
  /// For a status of our own libraries. What a file on this machine refuses is said in the user's
  /// language, with the option that named it.
  ExitCode Fail(const base::Status& status);

  /// The line that shows that we wait; only on a terminal. Done() wipes it.
  void Progress(const std::string& sentence);
  void Done();

  /// "■ rood": a sign and a word, and on a terminal a colour too, but never the colour alone.
  std::string Colour(intake::v1::Colour colour) const;
  std::string Strong(const std::string& text) const;
  std::string Time(int64_t ms) const;
  std::string Span(int64_t from_ms, int64_t until_ms) const;
  /// Of a term or another end: midnight is 24:00 of the day before.
  std::string End(int64_t ms) const;

 private:
  void Emit(const Json& object);
  std::string Fitted(const std::string& text, bool terminal) const;
  std::string FileFault(const std::string& message) const;
  std::string OptionOf(const std::string& path) const;
  std::string Painted(const char* code, const std::string& text) const;

  World& world_;
  const Options& options_;
  const Texts& texts_;
  bool json_;
  bool quiet_;
  bool color_;
  bool collecting_ = false;
  Json collected_ = Json::array();
  size_t progress_width_ = 0;
};

/// How wide text may be in this world; 100 where nobody knows.
size_t TextColumns(const World& world);

/// "red"; for --json.
std::string ColourCode(intake::v1::Colour colour);

}  // namespace samenspel::cli
