// SPDX-License-Identifier: EUPL-1.2
// Another key for somebody who is in use: both count for a while, so that nobody is kept out.
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/key_files.h"
#include "clients/samenspel/secrets.h"
#include "common/bus/link.h"

namespace samenspel::cli {
namespace {

using base::Status;

// How far it is.
enum class Stage {
  kNone,       // One key.
  kAnnounced,  // Known by the first, and the next counts too.
  kSwitched,   // Known by the next, and the former counts too.
  kBroken,     // The secret of the key in the registry is nowhere.
};

class Rotation {
 public:
  Rotation(Context& context, bus::Principal principal)
      : context_(context),
        principal_(std::move(principal)),
        folder_(SecretsFolder(context, principal_.id)) {}

  const bus::Principal& principal() const { return principal_; }
  const std::string& folder() const { return folder_; }

  Stage stage() const {
    if (principal_.other_curve_key.empty()) return Stage::kNone;
    if (PublicOf(kNext) == principal_.other_curve_key) return Stage::kAnnounced;
    return PublicOf(kNow) == principal_.curve_key ? Stage::kSwitched : Stage::kBroken;
  }

  // The secret first: a key that counts and that nobody has would help nobody.
  Status Announce() {
    const auto keys = bus::NewCurveKeys();
    if (!keys.ok()) return keys.status();
    SAMENSPEL_RETURN_IF_ERROR(files().Replace(folder_ + kNext, keys->secret_key + "\n"));
    principal_.other_curve_key = keys->public_key;
    return Enter();
  }
  // May be cut short anywhere and run again.
  Status Switch() {
    if (stage() == Stage::kAnnounced) {
      const auto next = files().Read(folder_ + kNext);
      if (!next.ok()) return next.status();
      SAMENSPEL_RETURN_IF_ERROR(files().Replace(folder_ + kNow, *next));
      std::swap(principal_.curve_key, principal_.other_curve_key);
      SAMENSPEL_RETURN_IF_ERROR(Enter());
    }
    return RemoveNext();
  }
  Status End() {
    principal_.other_curve_key.clear();
    SAMENSPEL_RETURN_IF_ERROR(Enter());
    return RemoveNext();
  }

 private:
  static constexpr const char* kNow = "/curve.secret";
  static constexpr const char* kNext = "/curve-next.secret";

  base::FileSystem& files() const { return context_.world.files; }
  Status Enter() {
    return files().Replace(RegistryPath(context_, principal_.id), bus::RegistryFile(principal_));
  }
  Status RemoveNext() {
    return files().Exists(folder_ + kNext) ? files().Remove(folder_ + kNext) : base::Ok();
  }
  // Empty: there is none, or it cannot be read.
  std::string PublicOf(const char* name) const {
    const auto secret = files().Read(folder_ + name);
    if (!secret.ok()) return "";
    const auto keys = bus::CurveKeysOf(Trimmed(*secret));
    return keys.ok() ? keys->public_key : "";
  }

  Context& context_;
  bus::Principal principal_;
  std::string folder_;
};

// The last part of a text's key is the code that programs read.
std::string CodeOf(std::string_view text) { return std::string(text.substr(text.rfind('.') + 1)); }

ExitCode Refuse(Context& context, const Rotation& rotation, std::string_view text) {
  return context.printer.Fail(
      kExitRefused, CodeOf(text),
      context.Say(text, {{"id", rotation.principal().id}, {"folder", rotation.folder()}}));
}

ExitCode Tell(Context& context, const Rotation& rotation, const Status& done,
              std::string_view text) {
  if (!done.ok()) return context.printer.Fail(done);
  const bus::Principal& principal = rotation.principal();
  const std::string said =
      context.Say(text, {{"id", principal.id}, {"key", principal.other_curve_key}});
  context.printer.Result(context.printer.quiet() ? "" : said + "\n",
                         {{"id", principal.id},
                          {"state", CodeOf(text)},
                          {"curve_key", principal.curve_key},
                          {"other_curve_key", principal.other_curve_key}});
  return kExitOk;
}

ExitCode Begin(Context& context, Rotation& rotation, Stage stage) {
  if (stage == Stage::kSwitched) {
    return Refuse(context, rotation, "keys.rotate.switched_already");
  }
  const Status done = stage == Stage::kNone ? rotation.Announce() : base::Ok();
  const bool service = rotation.principal().id.starts_with(kServicePrefix);
  return Tell(context, rotation, done,
              service ? "keys.rotate.announced" : "keys.rotate.person.announced");
}

}  // namespace

ExitCode KeysRotate(Context& context) {
  const KeysOptions& step = context.options.keys;
  if (int{step.change} + int{step.finish} + int{step.cancel} > 1) {
    return context.printer.Fail(kExitInvalid, "one_step", context.Say("keys.rotate.one_step"));
  }
  ExitCode exit = kExitOk;
  auto principal = FindPrincipal(context, context.options.target, exit);
  if (!principal) return exit;
  Rotation rotation(context, *std::move(principal));
  if (rotation.principal().revoked_at) return Refuse(context, rotation, "keys.rotate.revoked");
  const Stage stage = rotation.stage();
  if (stage == Stage::kBroken) return Refuse(context, rotation, "keys.rotate.no_secret");
  if (!step.change && !step.finish && !step.cancel) return Begin(context, rotation, stage);
  if (stage == Stage::kNone) return Refuse(context, rotation, "keys.rotate.not_begun");
  if (step.change) return Tell(context, rotation, rotation.Switch(), "keys.rotate.switched");
  if (step.finish && stage == Stage::kAnnounced) {
    return Refuse(context, rotation, "keys.rotate.not_switched");
  }
  if (step.cancel && stage == Stage::kSwitched) {
    return Refuse(context, rotation, "keys.rotate.switched_already");
  }
  return Tell(context, rotation, rotation.End(),
              step.finish ? "keys.rotate.finished" : "keys.rotate.cancelled");
}

}  // namespace samenspel::cli
