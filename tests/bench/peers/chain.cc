// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/peers/postgres.h"

namespace samenspel::bench::peers {
namespace {

constexpr size_t kEntryBytes = 1024;

class Appender : public LoopClient {
 public:
  explicit Appender(const std::string& conninfo) : database_(conninfo), entry_(kEntryBytes, 'e') {
    database_.Prepare("append", "INSERT INTO chain (body) VALUES ($1::bytea)");
  }
  bool Trip(uint64_t) override {
    (void)database_.Run("append", {{entry_, true}});
    return true;
  }

 private:
  Database database_;
  std::string entry_;
};

}  // namespace

int RunChain(const LoopOptions& options, const std::string& conninfo) {
  return RunClosedLoop(options, [&](int) { return std::make_unique<Appender>(conninfo); });
}

}  // namespace samenspel::bench::peers
