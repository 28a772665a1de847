// SPDX-License-Identifier: EUPL-1.2
#include "common/metrics/text.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <utility>
#include <vector>

namespace samenspel::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using Labels = std::vector<std::pair<std::string, std::string>>;

class Families {
 public:
  explicit Families(std::string service) : service_(std::move(service)) {}

  void Add(const std::string& name, const std::string& help, double value, const Labels& labels) {
    const auto [at, is_new] = by_name_.try_emplace(name, all_.size());
    if (is_new) all_.push_back({"samenspel_" + name, help, prometheus::MetricType::Gauge, {}});
    ClientMetric metric;
    metric.label.push_back({"service", service_});
    for (const auto& [key, text] : labels) metric.label.push_back({key, text});
    metric.gauge.value = value;
    all_[at->second].metric.push_back(std::move(metric));
  }
  const std::vector<MetricFamily>& all() const { return all_; }

 private:
  std::string service_;
  std::vector<MetricFamily> all_;
  std::map<std::string, size_t> by_name_;
};

double Behind(uint64_t head, uint64_t at) { return head > at ? static_cast<double>(head - at) : 0; }

double SecondsSince(int64_t ms, base::Instant now) {
  return static_cast<double>(base::ToMs(now) - ms) / 1000;
}

void AddFollow(Families& families, const common::v1::FollowStatus& follow, base::Instant now) {
  const Labels labels = {{"follows", follow.service()}};
  families.Add("follow_behind_entries", "Entries of the followed service not taken yet.",
               Behind(follow.head(), follow.applied()), labels);
  families.Add("follow_stopped", "1: what was received cannot be understood; see the log.",
               follow.stopped() ? 1 : 0, labels);
  if (follow.heard_at_ms() != 0) {
    families.Add("follow_silent_seconds", "Time since the followed service was heard.",
                 SecondsSince(follow.heard_at_ms(), now), labels);
  }
}

}  // namespace

std::string MetricsText(const common::v1::ServiceStatus& status, base::Instant now) {
  Families families(status.service());
  families.Add("build_info", "Version of the program.", 1, {{"version", status.version()}});
  families.Add("uptime_seconds", "Time since the daemon started.",
               SecondsSince(status.started_at_ms(), now), {});
  families.Add("journal_entries", "Entries in the journal.",
               static_cast<double>(status.head().sequence()), {});
  families.Add("clock_off_seconds",
               "Wall clock minus own time while it is not believed; 0: it is believed.",
               static_cast<double>(status.clock_off_ms()) / 1000, {});
  for (const auto& follow : status.follows()) AddFollow(families, follow, now);
  for (const auto& follower : status.followers()) {
    const Labels labels = {{"follower", follower.principal()}};
    families.Add("follower_behind_entries", "Entries not sent to a follower yet.",
                 Behind(status.head().sequence(), follower.sent()), labels);
    families.Add("follower_lagging", "1: a follower was not level for a minute.",
                 follower.lagging() ? 1 : 0, labels);
  }
  for (const auto& counter : status.counters()) {
    families.Add(counter.name(), "See docs/operations.md.", static_cast<double>(counter.value()),
                 {});
  }
  return prometheus::TextSerializer().Serialize(families.all());
}

}  // namespace samenspel::metrics
