// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/crisismeter_file.h"

#include "common/daemon/toml_reader.h"
#include "common/tlog/sha256.h"
#include "services/intake/domain/crisismeter_check.h"

namespace samenspel::intake {
namespace {

using daemon::TomlTable;

// The whole file stands in one journal entry.
constexpr size_t kFileBytesMax = 48 * 1024;
constexpr int64_t kWeightMax = 100;
constexpr int64_t kYesMax = 200;
constexpr int64_t kThresholdMax = kWeightMax * kYesMax;

v1::Colour ColourOf(TomlTable& table) {
  const std::string word = table.Text("colour");
  if (word == "red") return v1::COLOUR_RED;
  if (word == "amber") return v1::COLOUR_AMBER;
  if (word == "green") return v1::COLOUR_GREEN;
  table.Refuse("colour", "is not red, amber or green");
  return v1::COLOUR_UNSPECIFIED;
}

// Keeps the tables of the file, so that a fault found in the rules can be told by its line.
class Reader {
 public:
  explicit Reader(TomlTable file) : file_(std::move(file)), former_(!file_.Has("domain")) {}

  base::Result<Crisismeter> Read() {
    ReadHead();
    ReadDomains();
    ReadIndicators();
    ReadRules();
    ReadCounts();
    ReadVerdicts();
    SAMENSPEL_RETURN_IF_ERROR(file_.Finish());
    if (const auto fault = NamingFault(rules_)) Refuse(*fault);
    SAMENSPEL_RETURN_IF_ERROR(file_.Finish());
    if (former_) return rules_;
    if (const auto fault = MeaningFault(rules_)) Refuse(*fault);
    SAMENSPEL_RETURN_IF_ERROR(file_.Finish());
    return rules_;
  }

 private:
  void ReadHead() {
    if (file_.Text("name") != "crisismeter") file_.Refuse("name", "is not crisismeter");
    rules_.version = file_.Text("version");
    rules_.adopted_on = file_.Date("adopted_on");
    rules_.adopted_by = file_.Text("adopted_by");
  }

  void ReadDomains() {
    if (former_) return;
    domains_ = file_.Tables("domain");
    for (TomlTable& table : domains_) {
      rules_.domains.push_back(
          {.id = table.Text("id"), .nl = table.Text("nl"), .en = table.Text("en")});
    }
    if (domains_.empty()) file_.Refuse("domain", "holds no domain");
  }

  void ReadIndicators() {
    indicators_ = file_.Tables("indicator");
    for (TomlTable& table : indicators_) {
      Indicator indicator{.id = table.Text("id"),
                          .domain = table.Text("domain"),
                          .nl = table.Text("nl"),
                          .en = table.Text("en"),
                          .help_nl = table.Text("help_nl"),
                          .help_en = table.Text("help_en"),
                          .source = table.Text("source")};
      if (!former_) {
        indicator.direct = table.BoolOr("direct", false);
        if (table.Has("weight")) {
          indicator.weight = static_cast<uint32_t>(table.Number("weight", 0, kWeightMax));
        }
      }
      rules_.indicators.push_back(std::move(indicator));
    }
  }

  void ReadRules() {
    knock_outs_ = file_.Tables("rule");
    for (TomlTable& table : knock_outs_) {
      Rule rule{.id = table.Text("id"),
                .colour = ColourOf(table),
                .any_yes = table.TextsOr("any_yes", {}),
                .nl = table.Text("nl"),
                .en = table.Text("en")};
      if (!former_) rule.all_yes = table.TextsOr("all_yes", {});
      rules_.rules.push_back(std::move(rule));
    }
  }

  void ReadCounts() {
    if (former_) return;
    counts_ = file_.Tables("count");
    for (TomlTable& table : counts_) {
      rules_.counts.push_back(
          {.id = table.Text("id"),
           .domain = table.Text("domain"),
           .yes_at_least = static_cast<uint32_t>(table.Number("yes_at_least", 1, kYesMax)),
           .colour = ColourOf(table),
           .nl = table.Text("nl"),
           .en = table.Text("en")});
    }
  }

  Verdict ReadVerdict(const char* key) {
    TomlTable table = file_.Table(key);
    return {.colour = ColourOf(table), .nl = table.Text("nl"), .en = table.Text("en")};
  }

  void ReadVerdicts() {
    rules_.unknown = ReadVerdict("unknown");
    rules_.clear = ReadVerdict("clear");
    if (former_ || !file_.Has("weights")) return;
    TomlTable weights = file_.Table("weights");
    rules_.weights = {static_cast<uint32_t>(weights.Number("amber_at_least", 1, kThresholdMax)),
                      weights.Text("nl"), weights.Text("en")};
    rules_.unknown_weight = {rules_.unknown.colour, weights.Text("unknown_nl"),
                             weights.Text("unknown_en")};
  }

  void Refuse(const RuleFault& fault) {
    using At = RuleFault::At;
    switch (fault.at) {
      case At::kFile:
        return file_.Refuse(fault.key, fault.sentence);
      case At::kDomain:
        return domains_[fault.index].Refuse(fault.key, fault.sentence);
      case At::kIndicator:
        return indicators_[fault.index].Refuse(fault.key, fault.sentence);
      case At::kRule:
        return knock_outs_[fault.index].Refuse(fault.key, fault.sentence);
      case At::kCount:
        return counts_[fault.index].Refuse(fault.key, fault.sentence);
      case At::kWeights:
        return file_.Table("weights").Refuse(fault.key, fault.sentence);
      case At::kUnknown:
        return file_.Table("unknown").Refuse(fault.key, fault.sentence);
      case At::kClear:
        return file_.Table("clear").Refuse(fault.key, fault.sentence);
    }
  }

  TomlTable file_;
  const bool former_;
  Crisismeter rules_;
  std::vector<TomlTable> domains_, indicators_, knock_outs_, counts_;
};

}  // namespace

base::Result<Crisismeter> ParseCrisismeter(std::string_view toml, const std::string& name) {
  auto file = TomlTable::Parse(toml, name);
  if (!file.ok()) return file.status();
  if (toml.size() > kFileBytesMax) file->Refuse("", "the file is larger than 48 KiB");
  auto rules = Reader(std::move(*file)).Read();
  if (rules.ok()) rules->hash = tlog::Sha256(toml);
  return rules;
}

}  // namespace samenspel::intake
