// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/purpose.h"

#include <algorithm>

#include "clients/samenspel/secrets.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

constexpr int kTries = 3;

// An id as the registry has them; nothing else becomes part of a file name.
bool IsPlain(const std::string& principal) {
  return !principal.empty() && std::ranges::all_of(principal, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// By number, as listed, or by its code; empty: neither.
std::string Chosen(const std::string& typed) {
  if (IsPurpose(typed)) return typed;
  for (size_t i = 0; i < std::size(kPurposes); ++i) {
    if (typed == std::to_string(i + 1)) return std::string(kPurposes[i]);
  }
  return {};
}

}  // namespace

bool IsPurpose(std::string_view code) {
  return std::ranges::find(kPurposes, code) != std::end(kPurposes);
}

std::string KeptPurposePath(const std::string& principal, const World& world) {
  const std::string folder = world.Variable("XDG_RUNTIME_DIR");
  if (folder.empty() || !IsPlain(principal)) return {};
  return folder + "/samenspel/purpose-" + principal;
}

std::string KeptPurpose(const std::string& principal, World& world) {
  const std::string path = KeptPurposePath(principal, world);
  if (path.empty() || !world.files.Exists(path)) return {};
  const auto text = world.files.Read(path);
  const std::string code = text.ok() ? Trimmed(*text) : std::string();
  return IsPurpose(code) ? code : std::string();
}

base::Status KeepPurpose(const std::string& principal, const std::string& code, World& world) {
  const std::string path = KeptPurposePath(principal, world);
  SAMENSPEL_RETURN_IF_ERROR(world.files.MakeDirectory(FolderOf(path)));
  return world.files.Replace(path, code + "\n");
}

base::Status ForgetPurpose(const std::string& principal, World& world) {
  const std::string path = KeptPurposePath(principal, world);
  if (path.empty() || !world.files.Exists(path)) return base::Ok();
  return world.files.Remove(path);
}

std::string PurposeChoices(const Texts& texts) {
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < std::size(kPurposes); ++i) {
    rows.push_back({std::to_string(i + 1), std::string(kPurposes[i]),
                    texts.Word("purpose_word", kPurposes[i])});
  }
  return Table(rows, "  ");
}

ExitCode EnsurePurpose(Settings& settings, World& world, Printer& printer) {
  if (!settings.purpose.empty()) return kExitOk;
  const Texts& texts = printer.texts();
  const std::string choices = PurposeChoices(texts);
  if (!world.in_is_terminal || !world.err_is_terminal || printer.json()) {
    return printer.Fail(kExitInvalid, "purpose_missing",
                        texts.Say("purpose.must_be_given") + "\n" + choices);
  }
  world.err << texts.Say("purpose.question") << "\n" << choices;
  for (int i = 0; i < kTries; ++i) {
    world.err << texts.Say("purpose.prompt") << " " << std::flush;
    std::string typed;
    if (!std::getline(world.in, typed)) break;
    settings.purpose = Chosen(Trimmed(typed));
    if (settings.purpose.empty()) continue;
    if (KeptPurposePath(settings.principal, world).empty()) return kExitOk;
    const base::Status kept = KeepPurpose(settings.principal, settings.purpose, world);
    printer.Remark(kept.ok() ? texts.Say("purpose.kept") : Printable(kept.message()));
    return kExitOk;
  }
  return printer.Fail(kExitInvalid, "purpose_missing", texts.Say("purpose.none_chosen"));
}

}  // namespace samenspel::cli
