// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <ostream>
#include <string>

#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/base/file_system.h"
#include "common/bus/client.h"

namespace samenspel::cli {

using Environment = std::map<std::string, std::string>;

/// Everything outside the command that it touches. `main` fills it with the machine's, tests with
/// fakes. Outlives whatever is made with it.
struct World {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  Environment environment;
  base::FileSystem& files;
  base::Clock& clock;
  base::Entropy& entropy;
  std::function<base::Result<std::unique_ptr<bus::Client>>(const bus::ServerAddress&,
                                                           const bus::CurveKeys&)>
      connect;
  std::function<void(base::milliseconds)>
      pause;  ///< Between two looks at a daemon that is not up yet.

  /// Empty when it is not set.
  std::string Variable(const std::string& name) const {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  }
};

}  // namespace samenspel::cli
