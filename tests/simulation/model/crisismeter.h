// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <vector>

#include "proto/intake/v1/report.pb.h"

namespace samenspel::simulation::model {

/// A crisismeter file as docs/formats/crisismeter.md reads it, and the colour that answers give.
class Crisismeter {
 public:
  /// A file that is not right gives a meter without questions.
  static Crisismeter Parse(const std::string& toml);

  using Answers = google::protobuf::RepeatedPtrField<intake::v1::IndicatorAnswer>;
  intake::v1::Colour ColourOf(const Answers& answers) const;
  bool empty() const { return indicators_.empty(); }

 private:
  struct Indicator {
    std::string id;
    std::string domain;
    int64_t weight = 0;
    bool direct = false;
  };
  struct Knockout {
    intake::v1::Colour colour;
    std::vector<std::string> any_yes;
    std::vector<std::string> all_yes;
  };
  struct Count {
    intake::v1::Colour colour;
    std::string domain;
    int64_t yes_at_least;
  };
  struct Tally {
    std::map<std::string, int64_t> yes_of_domain;
    int64_t weight = 0;
    int64_t possible = 0;
    bool direct_unknown = false;
  };

  std::vector<Indicator> indicators_;
  std::vector<Knockout> knockouts_;
  std::vector<Count> counts_;
  int64_t amber_at_least_ = 0;  // 0: no weights.
  intake::v1::Colour unknown_ = intake::v1::COLOUR_AMBER;
  intake::v1::Colour clear_ = intake::v1::COLOUR_GREEN;
};

}  // namespace samenspel::simulation::model
