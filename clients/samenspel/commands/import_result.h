// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "common/base/file_system.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// What became of one line of an import.
struct LineResult {
  size_t number = 0;
  std::optional<intake::v1::ReportReceived> received = {};
  std::string code = {};   ///< Without `received`: why not.
  std::string field = {};  ///< Path of the field that is wrong; quotes nothing of it.
  size_t same_as = 0;      ///< An earlier line with the same form, a report of its own; 0: none.
};

/// What became of all lines, kept for the user and written to a file line by line, so that it is
/// there as far as the import came.
class ImportResult {
 public:
  /// Starts the file anew; an empty path writes none.
  base::Status WriteTo(const std::string& path, base::FileSystem& files);
  void Add(LineResult line);
  /// Lines of the file may have been received in an earlier run.
  void SetContinued() { continued_ = true; }

  size_t failed() const;
  const base::Status& written() const { return written_; }

  /// How many of which colour, the red ones that wait for a person's eye, and each line that
  /// failed or says the same as another.
  std::string Text(const Context& context) const;
  Json ToJson() const;

 private:
  std::string RedText(const Context& context) const;
  std::string FailedText(const Context& context) const;
  std::string EqualText(const Context& context) const;

  std::vector<LineResult> lines_;
  bool continued_ = false;
  std::unique_ptr<base::File> file_;
  uint64_t offset_ = 0;
  base::Status written_;
};

}  // namespace samenspel::cli
