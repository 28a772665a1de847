// SPDX-License-Identifier: EUPL-1.2
// The inputs that are kept, and seeds, through the functions that a fuzzer calls.
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "tests/fuzz/corpus.h"

namespace samenspel::fuzz {
namespace {

// A promise that is broken ends the process: which input it was is told then.
char under_way[512];

void Tell(int number) {
  (void)!write(STDERR_FILENO, under_way, strnlen(under_way, sizeof under_way));
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void Replay(const Target& target, const char* kind, const std::vector<Input>& inputs) {
  for (const Input& input : inputs) {
    std::snprintf(under_way, sizeof under_way, "input: tests/fuzz/%s/%s/%s\n", kind, target.name,
                  input.name.c_str());
    target.run(input.bytes);
  }
}

class Replaying : public testing::TestWithParam<const Target*> {
 protected:
  Replaying() {
    std::signal(SIGABRT, Tell);
    std::signal(SIGSEGV, Tell);
    google::protobuf::SetLogHandler(nullptr);  // A line for each text that is not UTF-8.
  }
};

TEST_P(Replaying, HoldsForItsSeeds) {
  const auto seeds = SeedsOf(*GetParam());
  EXPECT_FALSE(seeds.empty());
  Replay(*GetParam(), "seeds", seeds);
}

TEST_P(Replaying, HoldsForWhatWasFoundBefore) {
  Replay(*GetParam(), "regressions", Kept("regressions", *GetParam()));
  Replay(*GetParam(), "corpus", Kept("corpus", *GetParam()));
}

INSTANTIATE_TEST_SUITE_P(, Replaying, testing::ValuesIn(AllTargets().begin(), AllTargets().end()),
                         [](const auto& target) { return std::string(target.param->name); });

}  // namespace
}  // namespace samenspel::fuzz
