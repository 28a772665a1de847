// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "tests/scenarios/story.h"
#include "tests/support/region.h"

namespace samenspel::scenarios {

/// Where a story is played: a region of real daemons with a roster, and a desk with the demo's
/// reports in its working folder. Begins as desk-vt.
class Stage {
 public:
  Stage();
  /// Plays one step; the test fails where something else comes out than the story says.
  void Play(const Step& step);

 private:
  void Type(const Step& step);
  void Happen(const std::string& what);
  void Edit(const std::string& what);
  void Write(const std::string& what);
  void Until(const std::string& what);
  void ChangeRules(const std::string& what);
  void BreakRules(const std::string& name, bool whole);
  void Reload(const std::string& rules, const std::string& text);
  support::Outcome RunClient(const std::string& words) const;

  support::Region region_;
  support::ScratchFolder desk_;
  std::string who_ = "desk-vt";
  Bindings bindings_;
};

}  // namespace samenspel::scenarios
