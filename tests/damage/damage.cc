// SPDX-License-Identifier: EUPL-1.2
#include "tests/damage/damage.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <vector>

#include "tests/damage/base.h"
#include "tests/support/scratch.h"

namespace samenspel::damage {
namespace {

using support::ReadFile;
using support::WriteFile;
using Chance = std::mt19937_64;

constexpr std::array<std::string_view, kKinds> kNames = {"flip in the log",
                                                         "flip in a table",
                                                         "flip in the manifest",
                                                         "flip in CURRENT",
                                                         "flip in OPTIONS",
                                                         "flip in watermark",
                                                         "flip in a key block",
                                                         "log cut at a record",
                                                         "log cut anywhere",
                                                         "log emptied",
                                                         "log gone",
                                                         "table cut",
                                                         "table gone",
                                                         "manifest cut",
                                                         "manifest gone",
                                                         "CURRENT gone",
                                                         "database gone",
                                                         "watermark gone",
                                                         "old data folder back",
                                                         "old database back",
                                                         "key folder gone",
                                                         "key block gone",
                                                         "another master key",
                                                         "data of another service",
                                                         "database of another",
                                                         "data and keys of another",
                                                         "half a page of zeros",
                                                         "half a page of keys zero"};
constexpr size_t kPage = 4096;
constexpr size_t kLogBlock = 32768;
constexpr size_t kLogHeader = 7;

size_t Below(size_t bound, Chance& chance) { return bound == 0 ? 0 : chance() % bound; }

std::string DataOf(const Place& place) { return place.folder + "/data/" + place.service; }
std::string KeysOf(const Place& place) { return DataOf(place) + "-keys"; }

using Fits = std::function<bool(const std::string& name)>;

std::vector<std::string> FilesIn(const std::string& folder, const Fits& fits) {
  std::vector<std::string> files;
  for (const auto& one : std::filesystem::directory_iterator(folder)) {
    const bool is_ours = one.is_regular_file() && one.file_size() > 0;
    if (is_ours && fits(one.path().filename().string())) files.push_back(one.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// One of them by chance; empty: there is none.
std::string One(const std::vector<std::string>& files, Chance& chance) {
  return files.empty() ? std::string() : files[Below(files.size(), chance)];
}
std::string InDatabase(const Place& place, const Fits& fits, Chance& chance) {
  return One(FilesIn(DataOf(place) + "/db", fits), chance);
}

bool IsLog(const std::string& name) { return name.ends_with(".log"); }
bool IsTable(const std::string& name) { return name.ends_with(".sst"); }
bool IsManifest(const std::string& name) { return name.starts_with("MANIFEST-"); }
bool IsCurrent(const std::string& name) { return name == "CURRENT"; }
bool IsOptions(const std::string& name) { return name.starts_with("OPTIONS-"); }
bool IsBlock(const std::string& name) { return name.starts_with("block-"); }
bool HoldsData(const std::string& name) { return IsLog(name) || IsTable(name) || IsManifest(name); }

// RocksDB makes its logs longer than what they hold; damage behind that is none.
size_t UsedOf(const std::string& bytes) {
  const size_t last = bytes.find_last_not_of('\0');
  return last == std::string::npos ? 0 : last + 1;
}

std::string At(const std::string& path, size_t offset) {
  return path.empty() ? path : path + " at " + std::to_string(offset);
}

std::string Flip(const std::string& path, Chance& chance) {
  if (path.empty()) return path;
  std::string bytes = ReadFile(path);
  const size_t at = Below(UsedOf(bytes), chance);
  bytes[at] = static_cast<char>(bytes[at] ^ (1 << Below(8, chance)));
  WriteFile(path, bytes);
  return At(path, at);
}

std::string Cut(const std::string& path, size_t size) {
  if (!path.empty()) std::filesystem::resize_file(path, size);
  return At(path, size);
}

std::string CutAnywhere(const std::string& path, Chance& chance) {
  return path.empty() ? path : Cut(path, Below(UsedOf(ReadFile(path)), chance));
}

// Where the records of a log begin, and the last ends.
std::vector<size_t> RecordsOf(const std::string& bytes) {
  std::vector<size_t> edges;
  for (size_t at = 0; at + kLogHeader <= bytes.size();) {
    const size_t left = kLogBlock - at % kLogBlock;
    if (left < kLogHeader) {
      at += left;
      continue;
    }
    const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const int type = byte(6);
    if (type == 0) break;
    if (type == 1 || type == 2) edges.push_back(at);  // Whole, or the first of several parts.
    at += kLogHeader + byte(4) + 256U * byte(5);
  }
  return edges;
}

std::string CutAtRecord(const std::string& path, Chance& chance) {
  if (path.empty()) return path;
  const auto edges = RecordsOf(ReadFile(path));
  return edges.empty() ? std::string() : Cut(path, edges[Below(edges.size(), chance)]);
}

std::string Remove(const std::string& path) {
  if (!path.empty()) std::filesystem::remove_all(path);
  return path;
}

std::string ZeroHalfPage(const std::string& path, Chance& chance) {
  if (path.empty()) return path;
  std::string bytes = ReadFile(path);
  const size_t page = Below((UsedOf(bytes) + kPage - 1) / kPage, chance) * kPage;
  const size_t from = page + Below(2, chance) * kPage / 2;
  for (size_t i = from; i < std::min(from + kPage / 2, bytes.size()); ++i) bytes[i] = '\0';
  WriteFile(path, bytes);
  return At(path, from);
}

std::string PutBack(const std::string& from, const std::string& to) {
  CopyFolder(from, to);
  return to;
}

std::string Another(const Place& place) {
  return place.service == "meeting" ? "intake" : "meeting";
}

std::string DamageFiles(Kind kind, const Place& place, Chance& chance) {
  const auto file = [&](const Fits& fits) { return InDatabase(place, fits, chance); };
  switch (kind) {
    case Kind::kFlipLog:
      return Flip(file(IsLog), chance);
    case Kind::kFlipTable:
      return Flip(file(IsTable), chance);
    case Kind::kFlipManifest:
      return Flip(file(IsManifest), chance);
    case Kind::kFlipCurrent:
      return Flip(file(IsCurrent), chance);
    case Kind::kFlipOptions:
      return Flip(file(IsOptions), chance);
    case Kind::kCutLogAtRecord:
      return CutAtRecord(file(IsLog), chance);
    case Kind::kCutLog:
      return CutAnywhere(file(IsLog), chance);
    case Kind::kEmptyLog:
      return Cut(file(IsLog), 0);
    case Kind::kRemoveLog:
      return Remove(file(IsLog));
    case Kind::kCutTable:
      return CutAnywhere(file(IsTable), chance);
    case Kind::kRemoveTable:
      return Remove(file(IsTable));
    case Kind::kCutManifest:
      return CutAnywhere(file(IsManifest), chance);
    case Kind::kRemoveManifest:
      return Remove(file(IsManifest));
    case Kind::kRemoveCurrent:
      return Remove(file(IsCurrent));
    default:
      return ZeroHalfPage(file(HoldsData), chance);
  }
}

std::string DamageFolders(Kind kind, const Place& place, Chance& chance) {
  const std::string block = One(FilesIn(KeysOf(place), IsBlock), chance);
  const std::string young = place.young + "/" + place.service;
  const std::string other = place.old + "/" + Another(place);
  switch (kind) {
    case Kind::kFlipWatermark:
      return Flip(KeysOf(place) + "/watermark", chance);
    case Kind::kRemoveWatermark:
      return Remove(KeysOf(place) + "/watermark");
    case Kind::kFlipKeys:
      return Flip(block, chance);
    case Kind::kZeroHalfPageOfKeys:
      return ZeroHalfPage(block, chance);
    case Kind::kLoseKeyBlock:
      return Remove(block);
    case Kind::kLoseKeys:
      return Remove(KeysOf(place));
    case Kind::kOtherMaster: {
      const std::string path = place.folder + "/secrets/" + place.service + "/master.key";
      WriteFile(path, std::string(64, 'a') + "\n");
      return path;
    }
    case Kind::kRemoveDatabase:
      return Remove(DataOf(place) + "/db");
    case Kind::kOldData:
      return PutBack(young, DataOf(place));
    case Kind::kOldDatabase:
      return PutBack(young + "/db", DataOf(place) + "/db");
    case Kind::kSwapData:
      return PutBack(other, DataOf(place));
    case Kind::kSwapDatabase:
      return PutBack(other + "/db", DataOf(place) + "/db");
    default:
      PutBack(other + "-keys", KeysOf(place));
      return PutBack(other, DataOf(place));
  }
}

}  // namespace

std::string_view NameOf(Kind kind) { return kNames[static_cast<size_t>(kind)]; }

bool IsRepairable(Kind kind) {
  switch (kind) {
    case Kind::kFlipKeys:
    case Kind::kZeroHalfPageOfKeys:
    case Kind::kLoseKeys:
    case Kind::kLoseKeyBlock:
    case Kind::kOtherMaster:
    case Kind::kSwapData:
    case Kind::kSwapDatabase:
    case Kind::kSwapAll:
      return false;
    default:
      return true;
  }
}

std::string Damage(Kind kind, const Place& place, Chance& chance) {
  switch (kind) {
    case Kind::kFlipWatermark:
    case Kind::kRemoveWatermark:
    case Kind::kFlipKeys:
    case Kind::kZeroHalfPageOfKeys:
    case Kind::kLoseKeyBlock:
    case Kind::kLoseKeys:
    case Kind::kOtherMaster:
    case Kind::kRemoveDatabase:
    case Kind::kOldData:
    case Kind::kOldDatabase:
    case Kind::kSwapData:
    case Kind::kSwapDatabase:
    case Kind::kSwapAll:
      return DamageFolders(kind, place, chance);
    default:
      return DamageFiles(kind, place, chance);
  }
}

}  // namespace samenspel::damage
