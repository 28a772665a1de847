// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

namespace samenspel::bench {
namespace {

constexpr int kDigits = 11;  // 2^11 buckets tell values apart that differ by a thousandth.
constexpr size_t kHalf = size_t{1} << (kDigits - 1);
constexpr int kStepsPerHalving = 5;

std::string Line(const char* format, double value, double part, uint64_t count) {
  char text[96];
  std::snprintf(text, sizeof text, format, value, part, static_cast<unsigned long long>(count),
                1 / std::max(1e-12, 1 - part));
  return text;
}

// As the original: five steps until half of what was left at the last halving is done.
double NextPart(double part) {
  const double halvings = std::floor(std::log2(1 / (1 - part))) + 1;
  return part + 1 / (kStepsPerHalving * std::exp2(halvings));
}

}  // namespace

size_t Histogram::IndexOf(uint64_t value) {
  const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - kDigits);
  return static_cast<size_t>(shift) * kHalf + static_cast<size_t>(value >> shift);
}

uint64_t Histogram::HighestOf(size_t index) {
  if (index < 2 * kHalf) return index;
  const size_t shift = index / kHalf - 1;
  return ((static_cast<uint64_t>(index - shift * kHalf) + 1) << shift) - 1;
}

void Histogram::Record(uint64_t value) {
  const size_t index = IndexOf(value);
  if (index >= counts_.size()) counts_.resize(index + 1);
  ++counts_[index];
  ++count_;
  max_ = std::max(max_, value);
}

void Histogram::Add(const Histogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

double Histogram::Mean() const {
  double sum = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    sum += static_cast<double>(HighestOf(i)) * static_cast<double>(counts_[i]);
  }
  return count_ == 0 ? 0 : sum / static_cast<double>(count_);
}

double Histogram::Deviation() const {
  const double mean = Mean();
  double sum = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    const double off = static_cast<double>(HighestOf(i)) - mean;
    sum += off * off * static_cast<double>(counts_[i]);
  }
  return count_ == 0 ? 0 : std::sqrt(sum / static_cast<double>(count_));
}

uint64_t Histogram::ValueAt(double part) const {
  if (count_ == 0) return 0;
  const auto wanted = std::max<uint64_t>(
      1, static_cast<uint64_t>(std::ceil(part * static_cast<double>(count_) - 1e-9)));
  uint64_t seen = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= wanted) return std::min(HighestOf(i), max_);
  }
  return max_;
}

uint64_t Histogram::CountUpTo(uint64_t value) const {
  uint64_t seen = 0;
  const size_t last = std::min(IndexOf(value) + 1, counts_.size());
  for (size_t i = 0; i < last; ++i) seen += counts_[i];
  return seen;
}

std::string Histogram::Distribution(double unit) const {
  std::string text = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n";
  for (double part = 0; count_ > 0; part = NextPart(part)) {
    const uint64_t value = ValueAt(part);
    const uint64_t seen = CountUpTo(value);
    if (seen == count_) break;
    text += Line("%12.3f %2.12f %10llu %14.2f\n", static_cast<double>(value) / unit, part, seen);
  }
  if (count_ > 0) {
    text += Line("%12.3f %2.12f %10llu\n", static_cast<double>(max_) / unit, 1, count_);
  }
  char foot[256];
  std::snprintf(foot, sizeof foot,
                "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n"
                "#[Max     = %12.3f, Total count    = %12llu]\n"
                "#[Buckets = %12zu, SubBuckets     = %12zu]\n",
                Mean() / unit, Deviation() / unit, static_cast<double>(max_) / unit,
                static_cast<unsigned long long>(count_),
                counts_.size() <= 2 * kHalf ? size_t{1} : (counts_.size() - 1) / kHalf, 2 * kHalf);
  return text + foot;
}

}  // namespace samenspel::bench
