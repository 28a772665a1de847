// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

#include "common/base/toml_depth.h"

namespace samenspel::cli {
namespace {

using base::Status;

// Where each key of a table goes.
using Places = std::vector<std::pair<std::string_view, std::string*>>;

class Reader {
 public:
  Reader(std::string path, const Texts& texts) : path_(std::move(path)), texts_(texts) {}

  Status Wrong(const toml::source_region& where, std::string_view why,
               const std::string& name = {}) const {
    return Wrong(where.begin.line, why, name);
  }

  Status Wrong(size_t line, std::string_view why, const std::string& name) const {
    return {base::Code::kInvalid,
            path_ + ":" + std::to_string(line) + ": " + texts_.Say(why, {{"name", name}})};
  }

  Status Text(const toml::node& node, std::string_view key, std::string& to) const {
    const auto* text = node.as_string();
    if (text == nullptr) return Wrong(node.source(), "config.not_text", std::string(key));
    to = text->get();
    return base::Ok();
  }

  ///   prefix  of the names in `lines`: "server.intake."
  Status Table(const toml::table& table, const Places& places, const std::string& prefix,
               std::map<std::string, int>& lines) const {
    for (const auto& [key, node] : table) {
      const auto place =
          std::ranges::find(places, key.str(), &std::pair<std::string_view, std::string*>::first);
      if (place == places.end()) {
        return Wrong(key.source(), "config.unknown_key", prefix + std::string(key.str()));
      }
      SAMENSPEL_RETURN_IF_ERROR(Text(node, key.str(), *place->second));
      lines[prefix + std::string(key.str())] = static_cast<int>(key.source().begin.line);
    }
    return base::Ok();
  }

  Status Servers(const toml::node& node, ConfigFile& config) const {
    const auto* servers = node.as_table();
    if (servers == nullptr) return Wrong(node.source(), "config.not_a_table", "server");
    for (const auto& [key, one] : *servers) {
      const std::string service(key.str());
      if (std::ranges::find(kServices, service) == std::end(kServices)) {
        return Wrong(key.source(), "config.unknown_service", service);
      }
      const auto* table = one.as_table();
      if (table == nullptr) {
        return Wrong(one.source(), "config.not_a_table", "server." + service);
      }
      bus::ServerAddress& address = config.servers[service];
      const Places places{{"endpoint", &address.endpoint},
                          {"key", &address.server_key},
                          {"next_key", &address.other_key}};
      SAMENSPEL_RETURN_IF_ERROR(Table(*table, places, "server." + service + ".", config.lines));
      if (address.endpoint.empty() || address.server_key.empty()) {
        return Wrong(one.source(), "config.half_server", "server." + service);
      }
    }
    return base::Ok();
  }

 private:
  std::string path_;
  const Texts& texts_;
};

}  // namespace

base::Result<ConfigFile> ReadConfig(std::string_view toml, const std::string& path,
                                    const Texts& texts) {
  const Reader reader(path, texts);
  if (const auto line = base::TooDeepLine(toml)) {
    return reader.Wrong(*line, "config.not_toml", {});
  }
  toml::table table;
  try {
    table = toml::parse(toml, path);
  } catch (const toml::parse_error& error) {
    return reader.Wrong(error.source(), "config.not_toml");
  }
  ConfigFile config;
  if (const auto server = table.find("server"); server != table.end()) {
    const Status status = reader.Servers(server->second, config);
    if (!status.ok()) return status;
    table.erase(server);
  }
  const Places places{{"principal", &config.principal}, {"secret", &config.secret},
                      {"spool", &config.spool},         {"purpose", &config.purpose},
                      {"language", &config.language},   {"audit_key", &config.audit_key}};
  const Status status = reader.Table(table, places, "", config.lines);
  if (!status.ok()) return status;
  return config;
}

}  // namespace samenspel::cli
