// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/disk/platter.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using base::Code;
using base::Result;
using base::Status;

Status NoPower() { return {Code::kIo, "the power is off"}; }
Status Full() { return {Code::kUnavailable, "no space left on device"}; }
Status NotThere(const std::string& path) { return {Code::kNotFound, path + " is not there"}; }

std::string ParentOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

}  // namespace

Platter::Platter(uint64_t seed) : chance_(seed) {
  auto root = std::make_shared<Node>();
  root->is_directory = true;
  image_.names["/"] = image_.durable_names["/"] = std::move(root);
}

// Every operation begins here: its number decides whether it happens at all.
Platter::Verdict Platter::Begin(Kind kind, uint64_t power) {
  if (!has_power_ || power != power_) return Verdict::kNoPower;
  ++operations_;
  TakePlanned();
  if (!has_power_) return Verdict::kNoPower;
  if (full_ && kind == Kind::kWrite) {
    ++counts_["no space"];
    return Verdict::kNoSpace;
  }
  if (sync_errors_ > 0 && kind == Kind::kSync) {
    --sync_errors_;
    ++counts_["sync error"];
    return Verdict::kSyncFails;
  }
  return Verdict::kGo;
}

void Platter::TakePlanned() {
  while (!planned_.empty() && planned_.begin()->first <= operations_) {
    const DiskFault fault = planned_.begin()->second;
    planned_.erase(planned_.begin());
    switch (fault) {
      case DiskFault::kPowerCutBefore:
        Cut();
        break;
      case DiskFault::kPowerCutAfter:
        cut_after_ = true;
        break;
      case DiskFault::kSyncError:
        ++sync_errors_;
        break;
      case DiskFault::kNoSpace:
        full_ = true;
        break;
    }
  }
}

Status Platter::End() {
  if (after_each_) after_each_(operations_, image_);
  if (!cut_after_) return base::Ok();
  Cut();
  return NoPower();
}

void Platter::Cut() {
  if (has_power_) ++counts_["power cut"];
  has_power_ = false;
  cut_after_ = false;
}

void Platter::Note(Renaming renaming) {
  Apply(renaming, image_.names);
  image_.unsynced_names.push_back(std::move(renaming));
}

void Platter::Apply(const Renaming& renaming, Names& names) {
  if (!renaming.gone.empty()) names.erase(renaming.gone);
  if (!renaming.path.empty()) names[renaming.path] = renaming.node;
}

void Platter::Apply(const Edit& edit, std::string& content) {
  if (edit.cuts) return content.resize(edit.offset);
  const size_t end = edit.offset + edit.bytes.size();
  if (edit.offset == content.size()) {
    content += edit.bytes;
    return;
  }
  if (content.size() < end) content.resize(end);
  content.replace(edit.offset, edit.bytes.size(), edit.bytes);
}

Result<Platter::Handle> Platter::Create(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Verdict verdict = Begin(Kind::kWrite, power_);
  if (verdict == Verdict::kNoPower) return NoPower();
  if (verdict == Verdict::kNoSpace) return Full();
  if (!image_.names.contains(ParentOf(path))) return NotThere(ParentOf(path));
  auto& node = image_.names[path];
  if (!node) {
    Note({.directory = ParentOf(path), .gone = "", .path = path, .node = std::make_shared<Node>()});
  } else if (!node->content.empty()) {
    node->content.clear();
    node->unsynced.push_back({.offset = 0, .bytes = "", .cuts = true});
  }
  SAMENSPEL_RETURN_IF_ERROR(End());
  return Handle{image_.names[path], path, power_};
}

Status Platter::Change(const Handle& file, Edit edit) {
  const Verdict verdict = Begin(Kind::kWrite, file.power);
  if (verdict == Verdict::kNoPower) return NoPower();
  if (verdict == Verdict::kNoSpace) return Full();
  Apply(edit, file.node->content);
  file.node->unsynced.push_back(std::move(edit));
  return End();
}

Status Platter::Write(const Handle& file, uint64_t offset, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  return Change(file, {.offset = offset, .bytes = std::string(bytes)});
}

Status Platter::Append(const Handle& file, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  return Change(file, {.offset = file.node->content.size(), .bytes = std::string(bytes)});
}

Status Platter::Truncate(const Handle& file, uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (file.node->content.size() == size && has_power_) return base::Ok();
  return Change(file, {.offset = size, .bytes = "", .cuts = true});
}

Status Platter::Sync(const Handle& file) {
  const std::lock_guard lock(mutex_);
  const Verdict verdict = Begin(Kind::kSync, file.power);
  if (verdict == Verdict::kNoPower) return NoPower();
  if (verdict == Verdict::kSyncFails) {
    FailSync(*file.node);
    return {Code::kIo, "sync " + file.path + ": input/output error"};
  }
  for (const Edit& edit : file.node->unsynced) Apply(edit, file.node->durable);
  file.node->unsynced.clear();
  return End();
}

// What a failed sync leaves behind differs: it may have reached the disk, it may still be waiting
// to, and Linux may have marked the pages clean, so that a later sync says yes without writing.
void Platter::FailSync(Node& node) {
  switch (chance_.Below(3)) {
    case 0:
      for (const Edit& edit : node.unsynced) Apply(edit, node.durable);
      node.unsynced.clear();
      return;
    case 1:
      node.strayed = node.strayed || !node.unsynced.empty();
      node.unsynced.clear();
      return;
    default:
      return;
  }
}

Status Platter::SyncDirectory(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const Verdict verdict = Begin(Kind::kSync, power_);
  if (verdict == Verdict::kNoPower) return NoPower();
  if (verdict == Verdict::kSyncFails) return {Code::kIo, "sync " + path + ": input/output error"};
  std::erase_if(image_.unsynced_names, [&](const Renaming& renaming) {
    if (renaming.directory != path) return false;
    Apply(renaming, image_.durable_names);
    return true;
  });
  return End();
}

Status Platter::Rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  if (Begin(Kind::kName, power_) == Verdict::kNoPower) return NoPower();
  const auto found = image_.names.find(from);
  if (found == image_.names.end()) return NotThere(from);
  Note({.directory = ParentOf(to), .gone = from, .path = to, .node = found->second});
  return End();
}

Status Platter::Remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (has_power_ && !image_.names.contains(path)) return NotThere(path);
  if (Begin(Kind::kName, power_) == Verdict::kNoPower) return NoPower();
  Note({.directory = ParentOf(path), .gone = path, .path = "", .node = nullptr});
  return End();
}

Status Platter::MakeDirectory(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (has_power_ && image_.names.contains(path)) return base::Ok();
  const Verdict verdict = Begin(Kind::kWrite, power_);
  if (verdict == Verdict::kNoPower) return NoPower();
  if (verdict == Verdict::kNoSpace) return Full();
  auto node = std::make_shared<Node>();
  node->is_directory = true;
  Note({.directory = ParentOf(path), .gone = "", .path = path, .node = std::move(node)});
  return End();
}

Result<Platter::Handle> Platter::Find(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!has_power_) return NoPower();
  const auto found = image_.names.find(path);
  if (found == image_.names.end() || found->second->is_directory) return NotThere(path);
  return Handle{found->second, path, power_};
}

Result<std::string> Platter::Read(const Handle& file, uint64_t offset, uint64_t size) {
  const std::lock_guard lock(mutex_);
  if (!has_power_ || file.power != power_) return NoPower();
  const std::string& content = file.node->content;
  if (offset >= content.size()) return std::string();
  std::string bytes = content.substr(offset, size);
  const auto rot = std::find_if(rot_on_read_.begin(), rot_on_read_.end(), [&](const auto& part) {
    return file.path.find(part) != std::string::npos;
  });
  if (rot == rot_on_read_.end() || bytes.empty()) return bytes;
  rot_on_read_.erase(rot);
  ++counts_["bit rot on read"];
  FlipBit(bytes);
  return bytes;
}

Result<std::vector<std::string>> Platter::List(const std::string& directory) {
  const std::lock_guard lock(mutex_);
  if (!has_power_) return NoPower();
  if (!image_.names.contains(directory)) return NotThere(directory);
  std::vector<std::string> children;
  const std::string prefix = directory == "/" ? directory : directory + '/';
  for (auto at = image_.names.lower_bound(prefix); at != image_.names.end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    const std::string name = at->first.substr(prefix.size());
    if (!name.empty() && name.find('/') == std::string::npos) children.push_back(name);
  }
  return children;
}

Result<uint64_t> Platter::SizeOf(const std::string& path) {
  const auto found = Find(path);
  if (!found.ok()) return found.status();
  const std::lock_guard lock(mutex_);
  return static_cast<uint64_t>(found->node->content.size());
}

bool Platter::Exists(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return has_power_ && image_.names.contains(path);
}

bool Platter::IsDirectory(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = image_.names.find(path);
  return has_power_ && found != image_.names.end() && found->second->is_directory;
}

std::optional<uint64_t> Platter::Lock(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return locked_.insert(path).second ? std::optional(power_) : std::nullopt;
}

void Platter::Unlock(const std::string& path, uint64_t power) {
  const std::lock_guard lock(mutex_);
  if (power == power_) locked_.erase(path);
}

}  // namespace samenspel::simulation
