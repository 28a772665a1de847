// SPDX-License-Identifier: EUPL-1.2
// On the real disk, in $TMPDIR.
#include <benchmark/benchmark.h>

#include "common/store/bytes.h"
#include "common/store/store.h"
#include "common/store/watermark.h"
#include "tests/bench/inner/sample.h"
#include "tests/support/scratch.h"

namespace samenspel::bench {
namespace {

// One turn with so many entries as intake makes of red reports, with a few rows of state each.
void Commit(benchmark::State& state) {
  const support::ScratchFolder folder;
  const auto disk = store::Disk::Real();
  store::StoreConfig config;
  config.path = folder.path() + "/data";
  config.service = "intake";
  (void)disk->files().MakeDirectory(config.path);
  const auto store = *store::Store::Open(config, *disk);
  const auto sample = EntriesOfReports(1).front();
  uint64_t number = 0;
  for (auto _ : state) {
    store::Batch batch = store->Begin();
    for (int64_t i = 0; i < state.range(0); ++i) {
      common::v1::EntryHeader header = sample->header;
      header.set_request_id(store::BigEndian(++number) + "reportid");
      batch.Append(std::move(header), sample->sealed);
      batch.Put(store::Column::kState, "rpt_" + store::BigEndian(number), std::string(1500, 's'));
      batch.Put(store::Column::kState, "hh_" + store::BigEndian(number), std::string(300, 's'));
      batch.Put(store::Column::kPrivate, "rpt_" + store::BigEndian(number), sample->sealed.front());
      batch.Put(store::Column::kIndex, "n/" + store::BigEndian(number), "rpt");
    }
    if (store->Commit(std::move(batch)) != store::CommitResult::kAcked) {
      state.SkipWithError("not committed");
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Commit)->ArgName("entries")->Arg(1)->Arg(64)->UseRealTime()->Unit(
    benchmark::kMicrosecond);

// What the watermark is of each of those.
void WriteWatermark(benchmark::State& state) {
  const support::ScratchFolder folder;
  const auto files = base::RealFileSystem();
  const std::string path = folder.path() + "/watermark";
  (void)store::Watermark::Reset(*files, path, {});
  const auto watermark = *store::Watermark::Open(*files, path);
  store::Head head{1, 0, std::string(32, 'h')};
  for (auto _ : state) {
    ++head.sequence;
    benchmark::DoNotOptimize(watermark->Write(head));
  }
}
BENCHMARK(WriteWatermark);

}  // namespace
}  // namespace samenspel::bench
