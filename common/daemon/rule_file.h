// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/file_system.h"
#include "common/base/result.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::daemon {

/// The last line of every rule file on disk that is not empty.
inline constexpr std::string_view kRulesEnd = "# end";

/// Whether all of a rule file is there. A file that was cut between two lines may be right in all
/// else, with fewer seats or questions than were meant.
inline base::Status CheckWhole(std::string_view toml, const std::string& name) {
  const size_t last = toml.find_last_not_of(" \t\r\n");
  const std::string_view text = toml.substr(0, last == std::string_view::npos ? 0 : last + 1);
  const size_t before = text.rfind('\n');
  if (text.substr(before == std::string_view::npos ? 0 : before + 1) == kRulesEnd) {
    return base::Ok();
  }
  const auto line = 1 + std::count(text.begin(), text.end(), '\n');
  return {base::Code::kInvalid,
          name + ":" + std::to_string(line) + ": the last line is not " + std::string(kRulesEnd) +
              "; without it a half-written file cannot be told from a whole one"};
}

/// A rule file on disk, and the rules that the journal has adopted from it. Decisions use the
/// adopted ones; a file that differs is offered to the journal as a request of the daemon to
/// itself.
///   Rules  what Parse makes of the file; has a `hash`, the SHA-256 of its bytes
template <class Rules>
class RuleFile {
 public:
  using Parse = base::Result<Rules> (*)(std::string_view toml, const std::string& name);

  static base::Result<RuleFile> Open(base::FileSystem& files, std::string path, Parse parse) {
    RuleFile file(files, std::move(path), parse);
    auto read = file.Read();
    if (!read.ok()) return read.status();
    file.on_disk_ = std::move(*read);
    return file;
  }

  /// SIGHUP. A file that is not right, or does not end with kRulesEnd, leaves everything as it was.
  base::Status Reload() {
    auto read = Read();
    if (!read.ok()) return read.status();
    on_disk_ = std::move(*read);
    due_ = true;
    return base::Ok();
  }

  const std::string& bytes() const { return on_disk_->first; }
  const Rules& on_disk() const { return on_disk_->second; }

  /// Takes what the journal holds as the rules in force; empty: it holds none yet. Files that were
  /// adopted before they had to end with kRulesEnd stay what they were.
  base::Status Adopt(const std::string& toml) {
    if (toml.empty()) return base::Ok();
    auto parsed = parse_(toml, "adopted " + path_);
    if (!parsed.ok()) return parsed.status();
    adopted_ = std::move(*parsed);
    return base::Ok();
  }
  /// Null until a file was adopted.
  const Rules* adopted() const { return adopted_ ? &*adopted_ : nullptr; }

  bool due() const { return due_; }
  /// The id of the request that adopts the file, so that it takes effect once; nothing when the
  /// journal, at `version`, holds these very bytes. Not due again until the next Reload.
  std::optional<std::string> TakeDue(std::string_view adopted_hash, uint64_t version) {
    if (!std::exchange(due_, false) || adopted_hash == on_disk().hash) return std::nullopt;
    return tlog::Sha256({"adopt", on_disk().hash, store::BigEndian(version)}).substr(0, 16);
  }

 private:
  using Content = std::pair<std::string, Rules>;
  RuleFile(base::FileSystem& files, std::string path, Parse parse)
      : files_(&files), path_(std::move(path)), parse_(parse) {}
  base::Result<Content> Read() const {
    auto bytes = files_->Read(path_);
    if (!bytes.ok()) return bytes.status();
    SAMENSPEL_RETURN_IF_ERROR(CheckWhole(*bytes, path_));
    auto rules = parse_(*bytes, path_);
    if (!rules.ok()) return rules.status();
    return Content{std::move(*bytes), std::move(*rules)};
  }

  base::FileSystem* files_;
  std::string path_;
  Parse parse_;
  std::optional<Content> on_disk_;
  std::optional<Rules> adopted_;
  bool due_ = true;
};

}  // namespace samenspel::daemon
