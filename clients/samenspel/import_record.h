// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/base/instant.h"

namespace samenspel::cli {

/// What a file with forms says: each form, serialized, and how often it stands there.
using FormCounts = std::map<std::string, size_t>;

/// What is kept of an import, so that repeating it sends nothing twice, what was refused is decided
/// anew, and another import never gets its answers. Its text, docs/formats/import.md, holds no
/// family data: a form is in it as a hash under the spool's key and the import's own random id.
class ImportRecord {
 public:
  /// A new import.
  ///   spool_key, id  32 and 16 random bytes
  ///   again          the user said that all lines are new reports
  ImportRecord(const std::string& spool_key, std::string id, bool again = false);
  /// Nothing: it is damaged, or was written under another key.
  static std::optional<ImportRecord> Parse(const std::string& text, const std::string& spool_key);
  std::string Text() const;

  /// How a file compares with what this import may have sent in: its forms that were given a
  /// request id and not refused.
  struct Likeness {
    size_t shared = 0;   ///< Lines of the file that may have been received.
    bool gone = false;   ///< Something that may have been received is not in the file.
    bool fresh = false;  ///< The file holds a line that this import has never seen.
  };
  Likeness Compare(const FormCounts& file) const;

  /// Starts a run over `file`: from here on the record holds all that the run can send.
  void Begin(const FormCounts& file, base::Instant now);
  /// Every line of the file was received.
  void Complete() { complete_ = true; }
  bool complete() const { return complete_; }
  bool again() const { return again_; }
  base::Instant last_run() const { return last_run_; }

  /// Under which id the next line with this form goes: the same in every run, in the order of the
  /// lines, until that id was answered with a refusal.
  struct Turn {
    std::string mark;  ///< The form's hash.
    size_t number = 0;
    std::string request_id;
  };
  Turn Next(const std::string& form);
  void Refused(const Turn& turn) { forms_[turn.mark].refused.insert(turn.number); }
  /// The ids under which this form was refused.
  std::set<std::string> RefusedIds(const std::string& form) const;

 private:
  struct Form {
    size_t given = 0;          ///< So many numbers may have been sent: 0 to given - 1.
    std::set<size_t> refused;  ///< Of those.
    size_t turn = 0;           ///< Of this run only: the next number is not before this.
    size_t standing() const { return given - refused.size(); }
  };

  std::string Hash(std::string_view what, std::string_view bytes) const;
  std::string MarkOf(const std::string& form) const { return Hash("form\n", form); }
  std::string IdOf(const std::string& mark, size_t number) const;
  std::string Body() const;
  bool ReadForm(const std::string& line);

  std::string id_;
  std::string secret_;
  bool again_ = false;
  bool complete_ = false;
  base::Instant last_run_;
  std::map<std::string, Form> forms_;  ///< By mark.
};

}  // namespace samenspel::cli
