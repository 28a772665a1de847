// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/merkle.h"

#include <benchmark/benchmark.h>

#include <array>

#include "common/tlog/checkpoint.h"
#include "common/tlog/note.h"
#include "common/tlog/note_key.h"
#include "common/tlog/tiles.h"

namespace samenspel::bench {
namespace {

constexpr size_t kHeaderBytes = 3000;  // Of intake's entry for a red report.

tlog::CompactRange TreeOf(uint64_t size) {
  tlog::CompactRange tree;
  for (uint64_t i = 0; i < size; ++i) tree.Append(std::string(tlog::kHashSize, 'h'));
  return tree;
}

// One entry becomes a leaf.
void AppendLeaf(benchmark::State& state) {
  const std::string header(kHeaderBytes, 'e');
  tlog::CompactRange tree = TreeOf(100'000);
  for (auto _ : state) {
    benchmark::DoNotOptimize(tlog::AppendLeaf(tlog::LeafHash(header), tree));
  }
}
BENCHMARK(AppendLeaf);

// What a turn of audit adds to its leaves: root, checkpoint, signature, and a look at all three.
void SignTurn(benchmark::State& state) {
  const std::string header(kHeaderBytes, 'e');
  const auto key = tlog::SigningKey::FromSeed("region.example/log", std::string(32, 's'));
  tlog::CompactRange tree = TreeOf(100'000);
  for (auto _ : state) {
    for (int64_t i = 0; i < state.range(0); ++i) tlog::AppendLeaf(tlog::LeafHash(header), tree);
    const auto text = tlog::CheckpointText({key->verifier().name(), tree.size(), tree.Root()});
    const auto line = tlog::SignatureLine(key->verifier(), key->Sign(*text));
    const auto note = tlog::ComposeNote(*text, std::array{*line});
    benchmark::DoNotOptimize(tlog::OpenCheckpoint(*note, key->verifier()));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(SignTurn)->ArgName("leaves")->Arg(1)->Arg(16)->Arg(64)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace samenspel::bench
