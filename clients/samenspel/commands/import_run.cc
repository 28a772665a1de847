// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/import_run.h"

#include <filesystem>

#include "clients/samenspel/session.h"
#include "clients/samenspel/table.h"
#include "common/base/ids.h"
#include "common/tlog/sha256.h"

namespace samenspel::cli {
namespace {

constexpr size_t kIdBytes = 16;
// A file that was corrected comes back the same day; after this, another file under its name is as
// likely.
constexpr std::chrono::hours kSameDay{12};

// One name for one file, however it was typed. A pipe has no other name than the one typed.
std::string WholePath(const std::string& file) {
  std::error_code error;
  const auto path = std::filesystem::absolute(file, error).lexically_normal();
  if (file == "-" || error) return file;
  const auto real = std::filesystem::is_regular_file(path, error)
                        ? std::filesystem::canonical(path, error)
                        : path;
  return error ? path.string() : real.string();
}

// The name of a file may name a child, so only its hash is written down.
std::string RecordPath(const Context& context) {
  const std::string name =
      tlog::Sha256({"samenspel import of ", WholePath(context.options.target)});
  return SpoolPath(context.settings) + "/" + base::UuidText(name.substr(0, kIdBytes)) + ".import";
}

// What a file is to the last import under its name.
enum class Kin { kSame, kOther, kRepeated, kUnclear };

Kin KinOf(const ImportRecord& before, const ImportRecord::Likeness& like, base::Instant now) {
  const bool recent = now - before.last_run() < kSameDay;
  if (before.complete()) {
    return like.shared > 0 && (!like.gone || recent) ? Kin::kRepeated : Kin::kOther;
  }
  if (like.shared == 0) return Kin::kSame;  // Nothing in it can be passed over.
  // With nothing new in it, it was cut off, or what was wrong lay outside it: however long ago.
  return !like.gone && (!like.fresh || recent) ? Kin::kSame : Kin::kUnclear;
}

size_t LinesOf(const FormCounts& file) {
  size_t lines = 0;
  for (const auto& [form, count] : file) lines += count;
  return lines;
}

}  // namespace

ExitCode ImportRun::Begin(Context& context, const FormCounts& file) {
  const ExitCode opened = Open(context);
  const ExitCode chosen = opened == kExitOk ? Choose(context, file) : opened;
  if (chosen == kExitOk) record_->Begin(file, context.world.clock.Wall());
  return chosen;
}

ExitCode ImportRun::Open(Context& context) {
  Printer& printer = context.printer;
  files_ = &context.world.files;
  path_ = RecordPath(context);
  auto key = SpoolKey(context.settings.secret, context.world);
  if (!key.ok()) return printer.Fail(key.status());
  spool_key_ = std::move(*key);
  const base::Status made = files_->MakeDirectory(SpoolPath(context.settings));
  if (!made.ok()) return printer.Fail(made);
  auto lock = files_->Lock(path_ + ".lock");
  if (!lock.ok() && lock.status().code() == base::Code::kExists) {
    return printer.Fail(kExitRefused, "import_busy", context.Say("import.busy"));
  }
  if (!lock.ok()) return printer.Fail(lock.status());
  lock_ = std::move(*lock);
  const auto text = files_->Read(path_);
  // Not there is no earlier import; there and unreadable is one that we must not forget.
  if (!text.ok() && text.status().code() != base::Code::kNotFound)
    return printer.Fail(text.status());
  const auto read = text.ok() ? ImportRecord::Parse(*text, spool_key_) : std::nullopt;
  if (read) record_ = std::make_unique<ImportRecord>(*read);
  if (!text.ok() || read || context.options.change.again) return kExitOk;
  return printer.Fail(kExitRefused, "import_damaged",
                      context.Say("import.damaged", {{"file", Printable(path_)}}),
                      {{"file", path_}});
}

ExitCode ImportRun::Choose(Context& context, const FormCounts& file) {
  const ChangeOptions& change = context.options.change;
  if (change.go_on && record_ == nullptr) {
    return context.printer.Fail(kExitNotFound, "no_earlier_import",
                                context.Say("import.nothing_before"));
  }
  if (record_ == nullptr) return StartAnew(context);
  const ImportRecord::Likeness like = record_->Compare(file);
  if (change.go_on) return GoOn(context, like.shared);
  const Kin kin = KinOf(*record_, like, context.world.clock.Wall());
  // A run with --again that was cut off and is typed again is still that one.
  const bool cut_off = record_->again() && kin == Kin::kSame;
  if (change.again && !cut_off) return StartAnew(context);
  switch (kin) {
    case Kin::kRepeated:
      return Ask(context, "import_repeated", "import.repeated", like.shared, LinesOf(file));
    case Kin::kUnclear:
      return Ask(context, "import_unclear", "import.unclear", like.shared, LinesOf(file));
    case Kin::kSame:
      return GoOn(context, like.shared);
    case Kin::kOther:
      break;
  }
  if (like.shared > 0) {
    context.printer.Remark(context.Say(
        "import.alike", {{"count", std::to_string(like.shared)}, {"time", TimeOf(context)}}));
  }
  return StartAnew(context);
}

ExitCode ImportRun::Ask(Context& context, const char* code, const char* text, size_t shared,
                        size_t all) const {
  const std::string sentence = context.Say(
      text,
      {{"count", std::to_string(shared)}, {"all", std::to_string(all)}, {"time", TimeOf(context)}});
  return context.printer.Fail(kExitRefused, code, sentence, {{"shared", shared}, {"lines", all}});
}

ExitCode ImportRun::GoOn(Context& context, size_t shared) {
  continued_ = shared > 0;
  if (!continued_) return kExitOk;
  context.printer.Remark(context.Say("import.continues", {{"time", TimeOf(context)}}));
  return kExitOk;
}

ExitCode ImportRun::StartAnew(Context& context) {
  record_ = std::make_unique<ImportRecord>(spool_key_, context.world.entropy.Bytes(kIdBytes),
                                           context.options.change.again);
  return kExitOk;
}

std::string ImportRun::TimeOf(const Context& context) const {
  return context.printer.Time(base::ToMs(record_->last_run()));
}

base::Status ImportRun::Save() { return files_->Replace(path_, record_->Text()); }

}  // namespace samenspel::cli
