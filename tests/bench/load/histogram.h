// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace samenspel::bench {

/// Counts of values in buckets that grow with the value, so that each is kept to three significant
/// digits whatever its size (as HdrHistogram does, with 2,048 buckets and then 1,024 for each
/// further power of two).
class Histogram {
 public:
  void Record(uint64_t value);
  void Add(const Histogram& other);

  uint64_t count() const { return count_; }
  uint64_t max() const { return max_; }
  double Mean() const;
  double Deviation() const;
  /// The greatest value that cannot be told apart from the one below or at which this part of all
  /// values lies; 0 when there are none.
  ///   part  0 to 1
  uint64_t ValueAt(double part) const;

  /// Lines `Value Percentile TotalCount 1/(1-Percentile)`, as the plotter of HdrHistogram reads
  /// them.
  ///   unit  by which values are divided: 1000 when they are microseconds and milliseconds are
  ///   wanted
  std::string Distribution(double unit) const;

 private:
  static size_t IndexOf(uint64_t value);
  static uint64_t HighestOf(size_t index);
  uint64_t CountUpTo(uint64_t value) const;

  std::vector<uint64_t> counts_;
  uint64_t count_ = 0;
  uint64_t max_ = 0;
};

}  // namespace samenspel::bench
