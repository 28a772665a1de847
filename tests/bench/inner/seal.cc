// SPDX-License-Identifier: EUPL-1.2
#include <benchmark/benchmark.h>

#include "common/base/file_system.h"
#include "common/seal/key_store.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::bench {
namespace {

// A key store in memory with one block of keys.
struct Keys {
  support::SeededEntropy entropy{1};
  std::unique_ptr<base::FileSystem> files = base::MemoryFileSystem();
  std::unique_ptr<seal::KeyStore> store =
      *seal::KeyStore::Open(*files, "/keys", std::string(32, 'm'), entropy);
  Keys() { (void)store->AddBlock(); }
};

void Seal(benchmark::State& state) {
  Keys keys;
  const std::string plain(static_cast<size_t>(state.range(0)), 'p');
  for (auto _ : state) {
    const auto key = keys.store->Find(1);
    benchmark::DoNotOptimize(seal::Seal(1, *key, "intake|rpt_1|private|1", plain, keys.entropy));
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Seal)->Arg(64)->Arg(1024)->Arg(16384);

void Open(benchmark::State& state) {
  Keys keys;
  const std::string plain(static_cast<size_t>(state.range(0)), 'p');
  const std::string sealed = seal::Seal(1, *keys.store->Find(1), "context", plain, keys.entropy);
  for (auto _ : state) benchmark::DoNotOptimize(seal::Unseal(*keys.store, "context", sealed));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Open)->Arg(64)->Arg(1024)->Arg(16384);

}  // namespace
}  // namespace samenspel::bench
