// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace samenspel::battery {

/// What the table says of one attempt.
struct Verdict {
  std::set<std::string> answers;  ///< Each of them is right: "ok", "denied", ...
  bool marked = false;            ///< When it is ok, an entry tells of it first.
  std::string gate;               ///< Which gate or line said so: "roles", "answer 2", ...

  bool Is(const std::string& answer) const { return answers.contains(answer); }
};

/// A line of `answers`: what it says when all of its facts hold.
struct Line {
  std::vector<std::string> facts;  ///< "knows", "!owner"
  Verdict verdict;
};

/// A kind of request, and who may ask it.
struct Row {
  std::string name;  ///< "intake.show_report"; of the envelope: "envelope.status"
  std::vector<std::string> roles;
  std::vector<std::string> purposes;
  bool change = false;
  std::string target;
  std::vector<Line> lines;

  std::string kind() const { return name.substr(name.find('.') + 1); }
  std::string service() const { return name.substr(0, name.find('.')); }
};

/// tests/battery/verdicts.toml, which says how it is read.
class Table {
 public:
  /// Throws with file and line when it is not well formed.
  static Table Of(const std::string& toml);

  const std::vector<Row>& rows() const { return rows_; }
  const Row& At(const std::string& name) const;

 private:
  std::vector<Row> rows_;
};

/// The bytes of the table of this checkout.
std::string TableText();

}  // namespace samenspel::battery
