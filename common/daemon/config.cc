// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/config.h"

#include <algorithm>

#include "common/daemon/toml_reader.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr int64_t kDiskMbMax = 1 << 20;

void ReadFollows(TomlTable& table, Config& config) {
  for (TomlTable& follow : table.Tables("follow")) {
    config.follow.push_back({follow.Text("service"), follow.Text("endpoint")});
  }
}

void ReadGrants(TomlTable& table, Config& config) {
  for (TomlTable& grant : table.Tables("grant")) {
    GrantConfig one;
    one.principal = grant.Text("principal");
    one.view = grant.Text("view");
    one.kinds = grant.TextsOr("kinds", {});
    one.every_entry = grant.BoolOr("every_entry", false);
    if (one.view != "clear" && one.view != "sealed" && one.view != "opened") {
      grant.Refuse("view", "is not clear, sealed or opened");
    }
    if (one.kinds.empty() == !one.every_entry) {
      grant.Refuse("", "a grant has either kinds or every_entry = true");
    }
    config.grants.push_back(std::move(one));
  }
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Result<Config> LoadConfig(base::FileSystem& files, const std::string& path,
                          std::string_view service) {
  const auto content = files.Read(path);
  if (!content.ok()) return content.status();
  auto parsed = TomlTable::Parse(*content, path);
  if (!parsed.ok()) return parsed.status();
  TomlTable& table = *parsed;
  Config config;
  config.service = table.Text("service");
  if (config.service != service) table.Refuse("service", "is not " + std::string(service));
  config.data = table.Text("data");
  config.keys = table.Text("keys");
  config.keys_copy = table.TextOr("keys_copy", "");
  config.secrets = table.Text("secrets");
  config.registry = table.Text("registry");
  config.listen = table.Text("listen");
  config.rules = table.TextOr("rules", "");
  config.terms = table.TextOr("terms", "");
  config.metrics = table.TextOr("metrics", "");
  config.origin = table.TextOr("origin", "");
  config.audit = table.TextOr("audit", "");
  config.log_level = table.TextOr("log_level", config.log_level);
  if (table.Has("write_buffer_mb"))
    config.write_buffer_mb = table.Number("write_buffer_mb", 1, 1024);
  if (table.Has("disk_floor_mb"))
    config.disk_floor_mb = table.Number("disk_floor_mb", 0, kDiskMbMax);
  if (table.Has("disk_ballast_mb"))
    config.disk_ballast_mb = table.Number("disk_ballast_mb", 0, kDiskMbMax);
  const std::string& level = config.log_level;
  if (level != "error" && level != "warning" && level != "info" && level != "debug") {
    table.Refuse("log_level", "is not error, warning, info or debug");
  }
  ReadFollows(table, config);
  ReadGrants(table, config);
  SAMENSPEL_RETURN_IF_ERROR(table.Finish());
  return config;
}

Result<std::vector<Grant>> GrantsOf(const Config& config,
                                    const google::protobuf::Message& event_type) {
  std::vector<Grant> grants;
  for (const GrantConfig& from : config.grants) {
    Grant grant;
    grant.principal = from.principal;
    grant.every_entry = from.every_entry;
    grant.view = from.view == "opened"   ? common::v1::VIEW_OPENED
                 : from.view == "sealed" ? common::v1::VIEW_SEALED
                                         : common::v1::VIEW_CLEAR;
    for (const std::string& kind : from.kinds) {
      const auto* field = event_type.GetDescriptor()->FindFieldByName(kind);
      if (field == nullptr) {
        return Status(Code::kInvalid, "grant of " + from.principal + ": " + config.service +
                                          " has no event " + kind);
      }
      grant.kinds.insert(static_cast<uint32_t>(field->number()));
    }
    grants.push_back(std::move(grant));
  }
  return grants;
}

Result<std::vector<FollowConfig>> FollowsOf(const Config& config,
                                            const std::vector<FollowWish>& wishes) {
  std::vector<FollowConfig> follows;
  for (const FollowWish& wish : wishes) {
    const auto found = std::find_if(config.follow.begin(), config.follow.end(),
                                    [&](const auto& one) { return one.service == wish.service; });
    if (found == config.follow.end()) {
      return Status(Code::kInvalid,
                    "the config of " + config.service + " lacks a [[follow]] of " + wish.service);
    }
    follows.push_back(*found);
  }
  if (follows.size() != config.follow.size()) {
    return Status(Code::kInvalid, "the config of " + config.service +
                                      " has a [[follow]] too many: it follows each of its " +
                                      std::to_string(follows.size()) + " services once");
  }
  return follows;
}

Result<std::string> ReadSecret(base::FileSystem& files, const std::string& path,
                               size_t characters) {
  auto content = files.Read(path);
  if (!content.ok()) return content.status();
  while (!content->empty() && (content->back() == '\n' || content->back() == '\r')) {
    content->pop_back();
  }
  if (content->size() != characters) {
    return Status(Code::kInvalid,
                  path + " does not hold " + std::to_string(characters) + " characters");
  }
  return content;
}

std::string FromHex(std::string_view text) {
  std::string bytes;
  if (text.size() % 2 != 0) return bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace samenspel::daemon
