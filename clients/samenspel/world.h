// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <ostream>
#include <string>

#include "clients/samenspel/screen.h"
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
  bool in_is_terminal = false;
  size_t columns = 0;  ///< Of the terminal that `out` is; 0: not known.
  Environment environment;
  base::FileSystem& files;
  base::Clock& clock;
  base::Entropy& entropy;
  std::function<base::Result<std::unique_ptr<bus::Client>>(const bus::ServerAddress&,
                                                           const bus::CurveKeys&)>
      connect;
  std::function<void(base::milliseconds)>
      pause;  ///< Between two looks at a daemon that is not up yet.
  /// Whether Ctrl-C was typed since the first time this was asked; until then Ctrl-C simply ends
  /// the command.
  std::function<bool()> interrupted = [] { return false; };
  /// Takes the whole terminal; null, or giving null: there is none to take.
  std::function<std::unique_ptr<Screen>()> open_screen = {};

  /// Empty when it is not set.
  std::string Variable(const std::string& name) const {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  }
};

}  // namespace samenspel::cli
