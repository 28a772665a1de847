// SPDX-License-Identifier: EUPL-1.2
#include "tests/load/ledger.h"

#include <algorithm>

namespace samenspel::load {
namespace {

using Line = Ledger::Line;
using Act = Ledger::Act;

std::vector<Line> InOrder(std::vector<Line> lines) {
  std::sort(lines.begin(), lines.end(), [](const Line& left, const Line& right) {
    return left.told.version() < right.told.version();
  });
  return lines;
}

bool MayClaim(const intake::v1::Ownership& before, const std::string& by) {
  return before.open() || before.offered_to() == by;
}

// Why `line` cannot have followed `before`; empty: it can.
std::string WhyNot(const Line& before, const Line& line) {
  const intake::v1::Ownership& was = before.told.ownership();
  if (before.told.version() == line.told.version()) {
    // What is as it was asked already is told again, and is no change.
    const bool repeat = before.told.SerializeAsString() == line.told.SerializeAsString();
    return repeat ? "" : "two changes made one version";
  }
  if (before.act == Act::kSettled) return "changed after it was settled";
  if (line.told.ownership().owner().empty()) return "has no owner";
  switch (line.act) {
    case Act::kSent:
      return "sent twice";
    case Act::kClaimed:
      if (line.told.ownership().owner() != line.by) return "claimed, and somebody else's";
      return MayClaim(was, line.by) ? "" : "claimed while it was not free";
    case Act::kHandedOver:
    case Act::kHandedBack:
      return was.owner() == line.by || was.open() ? "" : "given away by another than its owner";
    case Act::kSettled:
      return was.owner() == line.by ? "" : "settled by another than its owner";
  }
  return "";
}

}  // namespace

void Ledger::Write(Line line) {
  const std::lock_guard lock(mutex_);
  by_report_[line.told.report()].push_back(std::move(line));
}

void Ledger::WriteTrouble(std::string what) {
  const std::lock_guard lock(mutex_);
  troubles_.push_back(std::move(what));
}

std::vector<std::string> Ledger::Contradictions() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> found;
  for (const auto& [report, lines] : by_report_) {
    const std::vector<Line> sorted = InOrder(lines);
    for (size_t i = 1; i < sorted.size(); ++i) {
      const std::string why = WhyNot(sorted[i - 1], sorted[i]);
      if (!why.empty()) found.push_back(report + " by " + sorted[i].by + ": " + why);
    }
  }
  return found;
}

std::vector<std::string> Ledger::Troubles() const {
  const std::lock_guard lock(mutex_);
  return troubles_;
}

std::map<std::string, Line> Ledger::Last() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Line> last;
  for (const auto& [report, lines] : by_report_) last[report] = InOrder(lines).back();
  return last;
}

std::map<Act, size_t> Ledger::Counts() const {
  const std::lock_guard lock(mutex_);
  std::map<Act, size_t> counts;
  for (const auto& [report, lines] : by_report_) {
    for (const Line& line : lines) ++counts[line.act];
  }
  return counts;
}

}  // namespace samenspel::load
