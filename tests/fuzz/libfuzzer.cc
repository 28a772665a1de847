// SPDX-License-Identifier: EUPL-1.2
// One target as a program of libFuzzer: compiled once for each, with its name.
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstring>

#include "tests/fuzz/mutate.h"
#include "tests/fuzz/targets.h"

namespace {
const samenspel::fuzz::Target& kTarget = samenspel::fuzz::SAMENSPEL_FUZZ_TARGET;
}

extern "C" {

size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t size_max);

// Of each text that is not UTF-8 the library writes a line.
int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kTarget.run({reinterpret_cast<const char*>(data), size});
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t size_max, unsigned seed) {
  const samenspel::fuzz::Shape& shape = kTarget.shape;
  if (shape.type == nullptr && shape.header == 0 && !shape.many) {
    return LLVMFuzzerMutate(data, size, size_max);
  }
  const std::string changed = samenspel::fuzz::Mutated(
      shape, {reinterpret_cast<const char*>(data), size}, size_max, seed, LLVMFuzzerMutate);
  const size_t kept = changed.size() < size_max ? changed.size() : size_max;
  if (kept > 0) std::memcpy(data, changed.data(), kept);
  return kept;
}

}  // extern "C"
