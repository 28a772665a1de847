// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/log_reader.h"
#include "clients/samenspel/secrets.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "common/tlog/tiles.h"

namespace samenspel::cli {
namespace {

// Writes the log into a folder as C2SP tlog-tiles lays it out (docs/formats/audit.md). The first
// write that fails is kept; later ones are passed over.
class TileWriter {
 public:
  TileWriter(base::FileSystem& files, std::string folder)
      : files_(files), folder_(std::move(folder)) {}

  void Take(const std::string& header) {
    bundle_.push_back(header);
    for (tlog::StoredHash& one : tlog::AppendLeaf(tlog::LeafHash(header), tree_)) {
      if (hashes_.size() <= static_cast<size_t>(one.tile_level)) hashes_.emplace_back();
      hashes_[static_cast<size_t>(one.tile_level)].push_back(std::move(one.hash));
    }
    if (bundle_.size() == tlog::kTileWidth) WriteBundle();
  }
  // After the last leaf: what is not full, and the tiles.
  void Finish() {
    if (!bundle_.empty()) WriteBundle();
    for (size_t level = 0; level < hashes_.size(); ++level) WriteLevel(static_cast<int>(level));
  }
  void Write(const std::string& path, const std::string& content) {
    if (!status_.ok()) return;
    const std::string whole = folder_ + "/" + path;
    status_ = files_.MakeDirectory(FolderOf(whole));
    if (status_.ok()) status_ = files_.Replace(whole, content);
  }
  const base::Status& status() const { return status_; }

 private:
  void WriteBundle() {
    const auto bytes = tlog::EncodeEntryBundle(bundle_);
    if (!bytes.ok()) status_ = bytes.status();
    if (status_.ok()) {
      Write(tlog::EntryBundlePath(bundles_, static_cast<int>(bundle_.size())), *bytes);
    }
    bundle_.clear();
    ++bundles_;
  }
  void WriteLevel(int level) {
    const auto& row = hashes_[static_cast<size_t>(level)];
    const auto read = [&](int, uint64_t index) -> base::Result<std::string> { return row[index]; };
    for (uint64_t index = 0;; ++index) {
      const int width = tlog::WidthOfTile(level, index, tree_.size());
      if (width == 0) return;
      const auto bytes = tlog::EncodeTile(level, index, width, read);
      if (!bytes.ok()) status_ = bytes.status();
      if (!status_.ok()) return;
      Write(tlog::TilePath(level, index, width), *bytes);
    }
  }

  base::FileSystem& files_;
  std::string folder_;
  base::Status status_;
  tlog::CompactRange tree_;
  std::vector<std::string> bundle_;
  uint64_t bundles_ = 0;
  std::vector<std::vector<std::string>> hashes_;  // Per tile level.
};

ExitCode Refuse(Context& context, std::string_view code, std::string_view key) {
  return context.printer.Fail(kExitRefused, code,
                              context.Say(key, {{"folder", Printable(context.options.target)}}));
}

ExitCode Finish(Context& context, const tlog::VerifierKey& key, TileWriter& writer,
                const SignedCheckpoint& checkpoint) {
  writer.Finish();
  const std::string size = std::to_string(checkpoint.checkpoint.size);
  writer.Write("README.txt", context.Say("export.readme", {{"origin", checkpoint.checkpoint.origin},
                                                           {"size", size},
                                                           {"key", key.Text()}}));
  writer.Write("checkpoint", checkpoint.note);  // Last: a folder without it is not complete.
  if (!writer.status().ok()) return context.printer.Fail(writer.status());
  context.printer.Result(
      context.Say("export.done", {{"size", size}, {"folder", context.options.target}}) + "\n",
      {{"folder", context.options.target}, {"size", checkpoint.checkpoint.size}});
  return kExitOk;
}

}  // namespace

ExitCode AuditExport(Context& context) {
  const std::string& folder = context.options.target;
  const auto key = tlog::VerifierKey::Parse(context.settings.audit_key);
  if (!key.ok()) {
    return context.printer.Fail(kExitInvalid, "no_audit_key", context.Say("audit.no_key"));
  }
  const auto names = context.world.files.List(folder);
  if (names.ok() && !names->empty()) return Refuse(context, "not_empty", "export.not_empty");
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  TileWriter writer(context.world.files, folder);
  const WholeLog log = ReadLog(
      **session, *key, 0, [&](uint64_t, const std::string& header) { writer.Take(header); },
      [&](uint64_t done, uint64_t all) {
        context.printer.Progress(context.Say(
            "audit.progress", {{"done", std::to_string(done)}, {"all", std::to_string(all)}}));
      });
  context.printer.Done();
  if (log.failed) return Explain(context.printer, **session, "audit", *log.failed);
  if (log.fault) return Refuse(context, "log_does_not_hold", "export.does_not_hold");
  return Finish(context, *key, writer, *log.checkpoint);
}

}  // namespace samenspel::cli
