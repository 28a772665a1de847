// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/base/instant.h"

namespace samenspel::cli {

/// The whole terminal, for a command that refreshes what it shows. Given back when it goes.
class Screen {
 public:
  virtual ~Screen() = default;
  /// Shows these lines instead of what stood there; what does not fit is cut off.
  virtual void Show(const std::string& text) = 0;
  /// Waits this long, or until a key: true when it asks to leave (q).
  virtual bool LeaveAsked(base::milliseconds wait) = 0;
};

}  // namespace samenspel::cli
