// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/histogram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "clients/demo/random.h"

namespace samenspel::bench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Histogram Of(std::initializer_list<uint64_t> values) {
  Histogram histogram;
  for (const uint64_t value : values) histogram.Record(value);
  return histogram;
}

std::vector<std::string> Lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(Histogram, KeepsThreeDigitsOfEachValueWhateverItsSize) {
  for (uint64_t value = 1; value < (uint64_t{1} << 40); value = value * 3 / 2 + 1) {
    Histogram histogram = Of({value});
    histogram.Record(uint64_t{1} << 50);  // So that the value is not the greatest of all.
    const uint64_t kept = histogram.ValueAt(0.5);
    EXPECT_GE(kept, value);
    EXPECT_LE(kept - value, value / 1000) << value;
  }
}

TEST(Histogram, TellsSmallValuesExactly) {
  for (const uint64_t value : {0, 1, 999, 2047}) {
    Histogram histogram = Of({value, 1'000'000});
    EXPECT_EQ(histogram.ValueAt(0.5), value);
  }
}

TEST(Histogram, FindsThePartsOfEqualSteps) {
  Histogram histogram;
  for (uint64_t value = 1; value <= 1000; ++value) histogram.Record(value);
  EXPECT_EQ(histogram.ValueAt(0), 1U);
  EXPECT_EQ(histogram.ValueAt(0.5), 500U);
  EXPECT_EQ(histogram.ValueAt(0.99), 990U);
  EXPECT_EQ(histogram.ValueAt(0.9901), 991U);
  EXPECT_EQ(histogram.ValueAt(1), 1000U);
}

TEST(Histogram, NeverSaysMoreThanTheGreatest) {
  EXPECT_EQ(Of({1'000'001}).ValueAt(1), 1'000'001U);
  EXPECT_EQ(Of({5, 1'000'001}).max(), 1'000'001U);
}

TEST(Histogram, AddsAnotherAsIfEachValueHadBeenRecordedHere) {
  demo::Random random(3);
  Histogram all;
  Histogram even;
  Histogram odd;
  for (int i = 0; i < 10'000; ++i) {
    const uint64_t value = random.Below(10'000'000);
    all.Record(value);
    (i % 2 == 0 ? even : odd).Record(value);
  }
  even.Add(odd);
  EXPECT_EQ(even.Distribution(1), all.Distribution(1));
}

TEST(Histogram, IsZeroWhenNothingWasRecorded) {
  const Histogram histogram;
  EXPECT_EQ(histogram.ValueAt(0.99), 0U);
  EXPECT_EQ(histogram.Mean(), 0);
  EXPECT_THAT(Lines(histogram.Distribution(1)),
              ElementsAre(testing::_, "", StartsWith("#[Mean"), HasSubstr("Total count"),
                          StartsWith("#[Buckets")));
}

// As HdrHistogram prints 1 to 10 with five steps to each half; its plotter reads these columns.
TEST(Histogram, PrintsTheDistributionInTheFormatThatPlottersKnow) {
  Histogram histogram;
  for (uint64_t value = 1; value <= 10; ++value) histogram.Record(value * 1000);
  const auto lines = Lines(histogram.Distribution(1000));
  EXPECT_EQ(lines[0], "       Value     Percentile TotalCount 1/(1-Percentile)");
  EXPECT_EQ(lines[2], "       1.000 0.000000000000          1           1.00");
  EXPECT_EQ(lines[3], "       1.000 0.100000000000          1           1.11");
  EXPECT_EQ(lines[7], "       5.003 0.500000000000          5           2.00");
  EXPECT_EQ(lines[lines.size() - 5], "       9.007 0.900000000000          9          10.00");
  EXPECT_EQ(lines[lines.size() - 4], "      10.000 1.000000000000         10");
  EXPECT_EQ(lines[lines.size() - 2], "#[Max     =       10.000, Total count    =           10]");
}

}  // namespace
}  // namespace samenspel::bench
