// SPDX-License-Identifier: EUPL-1.2
#include <benchmark/benchmark.h>

#include "common/daemon/journal.h"
#include "common/daemon/wire_check.h"
#include "tests/bench/inner/sample.h"

namespace samenspel::bench {
namespace {

void DecodeEnvelope(benchmark::State& state) {
  const std::string bytes = EnvelopeOf(RedReport());
  for (auto _ : state) {
    common::v1::Envelope envelope;
    benchmark::DoNotOptimize(envelope.ParseFromString(bytes));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
}
BENCHMARK(DecodeEnvelope);

// Along the schema, before anything is parsed.
void CheckWire(benchmark::State& state) {
  const std::string bytes = RedReport().SerializeAsString();
  const auto& type = *intake::v1::Request::descriptor();
  for (auto _ : state) benchmark::DoNotOptimize(daemon::FindWireFault(type, bytes));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
}
BENCHMARK(CheckWire);

void DecodeReport(benchmark::State& state) {
  const std::string bytes = RedReport().SerializeAsString();
  for (auto _ : state) {
    intake::v1::Request request;
    benchmark::DoNotOptimize(request.ParseFromString(bytes));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
}
BENCHMARK(DecodeReport);

void DigestRequest(benchmark::State& state) {
  common::v1::Envelope envelope;
  envelope.ParseFromString(EnvelopeOf(RedReport()));
  const std::string key(32, 'k');
  for (auto _ : state) benchmark::DoNotOptimize(daemon::RequestDigest(key, envelope));
}
BENCHMARK(DigestRequest);

}  // namespace
}  // namespace samenspel::bench
