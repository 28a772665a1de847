// SPDX-License-Identifier: EUPL-1.2
// The ills of a disk: what is left after a power cut, old copies, rot.
#include <algorithm>

#include "tests/simulation/disk/platter.h"

namespace samenspel::simulation {
namespace {

constexpr uint64_t kSector = 512;

void Flip(std::string& bytes, uint64_t bit) {
  char& byte = bytes[bit / 8];
  byte = static_cast<char>(static_cast<uint8_t>(byte) ^ (1U << (bit % 8)));
}

// RocksDB refuses to open a manifest that ends in rubbish. The file systems we run on (ext4 as
// Debian mounts it, XFS) leave none where a file was growing.
bool IsManifest(const std::string& path) { return path.find("/MANIFEST-") != std::string::npos; }

const char* NameOf(Tail tail) {
  switch (tail) {
    case Tail::kDropped:
      return "tail dropped";
    case Tail::kKept:
      return "tail kept";
    case Tail::kTorn:
      return "tail torn";
    case Tail::kScrambled:
      return "tail scrambled";
  }
  return "";
}

}  // namespace

uint64_t Platter::operations() const {
  const std::lock_guard lock(mutex_);
  return operations_;
}

bool Platter::has_power() const {
  const std::lock_guard lock(mutex_);
  return has_power_;
}

FaultCounts Platter::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void Platter::FailAt(uint64_t operation, DiskFault fault) {
  const std::lock_guard lock(mutex_);
  planned_.emplace(operation, fault);
}

void Platter::ForgetPlans() {
  const std::lock_guard lock(mutex_);
  planned_.clear();
  rot_on_read_.clear();
}

void Platter::MakeRoom() {
  const std::lock_guard lock(mutex_);
  full_ = false;
}

void Platter::PowerCut() {
  const std::lock_guard lock(mutex_);
  Cut();
}

Tail Platter::SomeTail() { return kTails[chance_.Below(std::size(kTails))]; }

void Platter::PowerOn(std::optional<Tail> tail) {
  const std::lock_guard lock(mutex_);
  Cut();
  SettleNames(tail);
  for (const auto& [path, node] : image_.names) Settle(*node, tail, IsManifest(path));
  has_power_ = true;
  full_ = false;
  sync_errors_ = 0;
  ++power_;
  locked_.clear();
}

void Platter::SettleNames(std::optional<Tail> tail) {
  std::set<std::string> directories;
  for (const Renaming& renaming : image_.unsynced_names) directories.insert(renaming.directory);
  for (const std::string& directory : directories) {
    SettleNamesOf(directory, tail ? *tail : SomeTail());
  }
  image_.unsynced_names.clear();
  // What stood in a directory that is gone is gone with it; parents sort before their children.
  for (auto at = image_.durable_names.begin(); at != image_.durable_names.end();) {
    const std::string parent = at->first.substr(0, std::max<size_t>(1, at->first.rfind('/')));
    const bool orphan = at->first != "/" && !image_.durable_names.contains(parent);
    at = orphan ? image_.durable_names.erase(at) : std::next(at);
  }
  image_.names = image_.durable_names;
}

// File systems with a journal keep changes of names in their order, and RocksDB counts on that: of
// those in one directory the first so many are left.
void Platter::SettleNamesOf(const std::string& directory, Tail tail) {
  const auto count = std::ranges::count(image_.unsynced_names, directory, &Renaming::directory);
  uint64_t left = tail == Tail::kDropped ? 0 : static_cast<uint64_t>(count);
  if (tail == Tail::kTorn || tail == Tail::kScrambled) left = chance_.Below(left + 1);
  for (const Renaming& renaming : image_.unsynced_names) {
    if (renaming.directory != directory) continue;
    const bool kept = left > 0;
    if (left > 0) --left;
    if (kept) {
      Apply(renaming, image_.durable_names);
    } else {
      ++counts_[renaming.gone.empty()   ? "creation lost"
                : renaming.path.empty() ? "removal lost"
                                        : "rename lost"];
    }
  }
}

void Platter::Settle(Node& node, std::optional<Tail> forced, bool no_rubbish) {
  if (node.unsynced.empty() && !node.strayed) return;
  node.content = node.durable;
  node.strayed = false;
  Tail tail = forced ? *forced : SomeTail();
  if (no_rubbish && tail == Tail::kScrambled) tail = Tail::kTorn;
  if (!node.unsynced.empty()) ++counts_[NameOf(tail)];
  uint64_t bytes = 0;
  for (const Edit& edit : node.unsynced) bytes += edit.bytes.size();
  switch (tail) {
    case Tail::kDropped:
      break;
    case Tail::kScrambled:
      Scramble(node);
      break;
    case Tail::kTorn:
      bytes = chance_.Below(bytes + 1);
      [[fallthrough]];
    case Tail::kKept:
      KeepFirst(node, bytes);
      break;
  }
  node.unsynced.clear();
  node.durable = node.content;
}

// The first `left` bytes that were written, in the order of writing.
void Platter::KeepFirst(Node& node, uint64_t left) {
  for (Edit& edit : node.unsynced) {
    const bool whole = edit.bytes.size() <= left;
    if (!whole) edit.bytes.resize(left);
    if (edit.cuts || !edit.bytes.empty()) Apply(edit, node.content);
    if (!whole) return;
    left -= edit.bytes.size();
  }
}

// Sector by sector: the new, what was there, or rubbish.
void Platter::Scramble(Node& node) {
  for (const Edit& edit : node.unsynced) {
    if (edit.cuts) {
      if (chance_.OneIn(2)) Apply(edit, node.content);
      continue;
    }
    for (uint64_t from = 0; from < edit.bytes.size();) {
      const uint64_t sector_ends = ((edit.offset + from) / kSector + 1) * kSector - edit.offset;
      const uint64_t end = std::min<uint64_t>(edit.bytes.size(), sector_ends);
      Edit part{.offset = edit.offset + from, .bytes = edit.bytes.substr(from, end - from)};
      const uint64_t fate = chance_.Below(4);
      if (fate == 0) chance_.Fill(part.bytes.data(), part.bytes.size());
      if (fate < 3) Apply(part, node.content);
      from = end;
    }
  }
}

Contents Platter::Copy(const std::string& prefix) const {
  const std::lock_guard lock(mutex_);
  Contents contents;
  for (const auto& [path, node] : image_.names) {
    if (!node->is_directory && path.starts_with(prefix)) contents[path] = node->content;
  }
  return contents;
}

void Platter::PutBack(const Contents& contents, const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  const auto replaced = [&](const auto& name) {
    return !name.second->is_directory && name.first.starts_with(prefix);
  };
  std::erase_if(image_.names, replaced);
  std::erase_if(image_.durable_names, replaced);
  std::erase_if(image_.unsynced_names, [&](const Renaming& renaming) {
    return renaming.path.starts_with(prefix) || renaming.gone.starts_with(prefix);
  });
  for (const auto& [path, content] : contents) {
    if (!path.starts_with(prefix)) continue;
    auto node = std::make_shared<Node>();
    node->content = node->durable = content;
    image_.names[path] = image_.durable_names[path] = std::move(node);
  }
  ++counts_["old copy put back"];
}

Image Platter::Take() const {
  const std::lock_guard lock(mutex_);
  return image_;
}

void Platter::Become(Image image) {
  const std::lock_guard lock(mutex_);
  image_ = std::move(image);
  planned_.clear();
  Cut();
}

void Platter::Tell(AfterEach told) {
  const std::lock_guard lock(mutex_);
  after_each_ = std::move(told);
}

void Platter::RotOnRead(const std::string& part) {
  const std::lock_guard lock(mutex_);
  rot_on_read_.push_back(part);
}

std::optional<std::string> Platter::Rot(const std::string& part) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, std::shared_ptr<Node>>> hit;
  for (const auto& [path, node] : image_.names) {
    if (path.find(part) != std::string::npos && !node->durable.empty())
      hit.emplace_back(path, node);
  }
  if (hit.empty()) return std::nullopt;
  const auto& [path, node] = hit[chance_.Below(hit.size())];
  const uint64_t bit = chance_.Below(node->durable.size() * 8);
  for (std::string* bytes : {&node->durable, &node->content}) {
    if (bit / 8 < bytes->size()) Flip(*bytes, bit);
  }
  ++counts_["bit rot"];
  return path;
}

void Platter::FlipBit(std::string& bytes) { Flip(bytes, chance_.Below(bytes.size() * 8)); }

}  // namespace samenspel::simulation
