// SPDX-License-Identifier: EUPL-1.2
#include "tests/arrows/arrows.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <optional>

namespace samenspel::arrows {
namespace {

using Prefixes = std::initializer_list<std::string_view>;

bool StartsWithAny(std::string_view text, Prefixes prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return text.starts_with(prefix); });
}

/// "services/intake/daemon/x.cc" -> "intake"; also of "proto/intake/v1/x.pb.h".
std::string_view SecondFolder(std::string_view path) {
  path.remove_prefix(path.find('/') + 1);
  return path.substr(0, path.find('/'));
}

bool IsDomain(std::string_view path) {
  return path.starts_with("services/") && path.find("/domain/") != path.npos;
}

bool IsOurs(std::string_view include) {
  return StartsWithAny(include, {"common/", "services/", "clients/", "tests/", "proto/"});
}

/// Of another service only what has happened may be read; its state is its own affair.
bool MayServiceReadProto(std::string_view service, std::string_view include) {
  const std::string_view owner = SecondFolder(include);
  if (owner == "common" || owner == service) return true;
  return include.find("/state/") == include.npos && !include.ends_with("/requests.pb.h");
}

bool MayServiceInclude(std::string_view path, std::string_view include) {
  const std::string_view service = SecondFolder(path);
  if (include.starts_with("proto/")) return MayServiceReadProto(service, include);
  const std::string own = "services/" + std::string(service) + "/";
  if (IsDomain(path)) {
    return include.starts_with(own + "domain/") ||
           StartsWithAny(include,
                         {"common/base/", "common/time/", "common/tlog/", "common/decide/"});
  }
  return StartsWithAny(include, {own, "common/"});
}

bool MayClientInclude(std::string_view include) {
  if (include.starts_with("proto/")) return include.find("/state/") == include.npos;
  return StartsWithAny(include,
                       {"clients/", "common/base/", "common/time/", "common/bus/", "common/tlog/"});
}

bool MayCommonInclude(std::string_view path, std::string_view include) {
  // The foundations lie under everything, so they stand on nothing but the standard library.
  if (path.starts_with("common/base/")) return include.starts_with("common/base/");
  if (path.starts_with("common/time/")) {
    return StartsWithAny(include, {"common/base/", "common/time/"});
  }
  if (path.starts_with("common/decide/")) {
    return StartsWithAny(include, {"common/base/", "common/decide/", "proto/common/"});
  }
  return StartsWithAny(include, {"common/", "proto/common/"});
}

bool MayInclude(std::string_view path, std::string_view include) {
  if (path.starts_with("services/")) return MayServiceInclude(path, include);
  if (path.starts_with("clients/")) return MayClientInclude(include);
  if (path.starts_with("common/")) return MayCommonInclude(path, include);
  return true;  // Tests may look at everything.
}

/// What can wait, fail or differ between runs, and so never stands in a domain.
bool IsImpure(std::string_view include) {
  constexpr std::array kImpure = {"thread", "mutex",    "shared_mutex", "condition_variable",
                                  "future", "random",   "fstream",      "cstdio",
                                  "ctime",  "iostream", "filesystem",   "atomic",
                                  "time.h", "stdio.h",  "poll.h",       "fcntl.h"};
  return std::ranges::find(kImpure, include) != kImpure.end() ||
         StartsWithAny(include, {"sys/", "unistd", "spdlog/", "sodium", "openssl/", "arpa/",
                                 "netinet/", "CLI/"});
}

/// A library that one folder wraps: its headers, its namespace, and where they may stand.
struct Wrapped {
  std::string_view name;
  std::string_view headers;
  std::string_view space;
  std::string_view folder;
};
constexpr std::array kWrapped = {Wrapped{"ZeroMQ", "zmq", "zmq::", "common/bus/"},
                                 Wrapped{"RocksDB", "rocksdb/", "rocksdb::", "common/store/"}};

bool MayName(std::string_view path, const Wrapped& library) {
  const bool is_its_disk = library.name == "RocksDB" && path.starts_with("tests/simulation/disk/");
  // What our own wrappers are measured against stands on the libraries themselves.
  const bool is_bench = StartsWithAny(path, {"tests/bench/floor/", "tests/bench/append/"});
  return path.starts_with(library.folder) || path.starts_with("tests/support/") || is_its_disk ||
         is_bench || path.starts_with("tests/" + std::string(library.folder));
}

/// The file named by an #include directive, as it stands between the quotes or the brackets.
std::optional<std::string_view> Included(std::string_view line) {
  const auto skip_blanks = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(line.find_first_of("\"<") == line.npos ? line.size()
                                                            : line.find_first_of("\"<") + 1);
  return line.substr(0, line.find_first_of("\">"));
}

/// Whether `space` ("zmq::") is named in the line's code; a comment or a longer word is not it.
bool Names(std::string_view line, std::string_view space) {
  const std::string_view code = line.substr(0, line.find("//"));
  for (size_t at = code.find(space); at != code.npos; at = code.find(space, at + 1)) {
    const char before = at == 0 ? ' ' : code[at - 1];
    if (std::string_view("_").find(before) == std::string_view::npos &&
        !std::isalnum(static_cast<unsigned char>(before))) {
      return true;
    }
  }
  return false;
}

std::optional<std::string> Judge(std::string_view path, std::string_view line) {
  const auto include = Included(line);
  if (include && IsOurs(*include) && !MayInclude(path, *include)) {
    return "may not include " + std::string(*include);
  }
  const bool is_pure =
      IsDomain(path) || path.starts_with("common/time/") || path.starts_with("common/decide/");
  if (include && is_pure && IsImpure(*include)) {
    return std::string(*include) + " can wait or differ between runs";
  }
  for (const Wrapped& library : kWrapped) {
    const bool names = include ? include->starts_with(library.headers) : Names(line, library.space);
    if (names && !MayName(path, library)) {
      return "names " + std::string(library.name) + ", which only " + std::string(library.folder) +
             " does";
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Breach> Check(std::string_view path, std::string_view text) {
  std::vector<Breach> breaches;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (auto what = Judge(path, line)) breaches.push_back({std::string(path), number, *what});
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return breaches;
}

}  // namespace samenspel::arrows
