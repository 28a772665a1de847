// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/import_record.h"
#include "common/base/file_system.h"

namespace samenspel::cli {

/// One run of an import: which import it belongs to, and the file that remembers it. While it
/// lives, no other command imports the same file.
class ImportRun {
 public:
  /// Finds out whether this goes on with an earlier import of the file or is a new one. Changes
  /// nothing yet. Not ok: it cannot be told, or what was received before would be sent twice or
  /// passed over; the user has been told what to type.
  ExitCode Begin(Context& context, const FormCounts& file);
  /// Lines of the file may have been received in an earlier run.
  bool continued() const { return continued_; }

  ImportRecord& record() { return *record_; }
  /// What was refused, and what this run may send, is kept from here on.
  base::Status Save();

 private:
  ExitCode Open(Context& context);
  ExitCode Choose(Context& context, const FormCounts& file);
  ExitCode Ask(Context& context, const char* code, const char* text, size_t shared,
               size_t all) const;
  ExitCode GoOn(Context& context, size_t shared);
  ExitCode StartAnew(Context& context);
  std::string TimeOf(const Context& context) const;

  base::FileSystem* files_ = nullptr;
  std::string path_;
  std::string spool_key_;
  std::unique_ptr<base::FileLock> lock_;
  std::unique_ptr<ImportRecord> record_;
  bool continued_ = false;
};

}  // namespace samenspel::cli
