# SPDX-License-Identifier: EUPL-1.2
# Makes a source of a text: cmake -DFROM=text -DTO=source.cc -DHEADER=... -DNAMESPACE=... -DFUNCTION=... -P
# The function, declared in HEADER, gives the text as a std::string_view.
file(READ "${FROM}" text)
file(CONFIGURE OUTPUT "${TO}" @ONLY CONTENT [[
// Made at build time; do not change.
#include "@HEADER@"

namespace @NAMESPACE@ {

std::string_view @FUNCTION@() {
  static constexpr char kText[] = R"embedded(@text@)embedded";
  return {kText, sizeof kText - 1};
}

}  // namespace @NAMESPACE@
]])
