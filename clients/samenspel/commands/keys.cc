// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/key_files.h"
#include "clients/samenspel/secrets.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "common/base/ids.h"
#include "common/bus/link.h"
#include "common/bus/registry.h"
#include "common/tlog/base64.h"
#include "common/tlog/note_key.h"

namespace samenspel::cli {
namespace {

using base::Result;
using base::Status;

constexpr std::string_view kAuditPrincipal = "svc_audit";
// Of the first column of a list, on a narrow terminal: an id stays whole, to be copied.
constexpr size_t kIdColumns = 30;

bool IsService(std::string_view id) {
  return id.starts_with(kServicePrefix) && id.size() > kServicePrefix.size() &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

base::Instant WholeSeconds(base::Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant);
}

bus::Principal PrincipalOf(const Context& context) {
  const KeysOptions& options = context.options.keys;
  bus::Principal principal;
  principal.id = context.options.target;
  principal.employer = options.employer;
  principal.organisation = options.organisation.empty() ? options.employer : options.organisation;
  principal.function = options.function;
  principal.roles = options.roles;
  principal.valid_from = WholeSeconds(context.world.clock.Wall());
  principal.valid_until = principal.valid_from + std::chrono::hours(24) * options.days;
  return principal;
}

// Whether a registry with this principal can be loaded: one bad file would lock everybody out.
bool IsReadable(bus::Principal principal) {
  const auto keys = bus::NewCurveKeys();
  if (!keys.ok()) return false;
  principal.curve_key = keys->public_key;
  const auto files = base::MemoryFileSystem();
  const Status placed = files->Replace("/registry/one.toml", bus::RegistryFile(principal));
  return placed.ok() && bus::Registry::Load(*files, "/registry").ok();
}

// The key in `path`, or a new one that is written there.
Result<bus::CurveKeys> CurveKeysAt(const std::string& path, World& world) {
  if (world.files.Exists(path)) {
    const auto text = world.files.Read(path);
    if (!text.ok()) return text.status();
    return bus::CurveKeysOf(Trimmed(*text));
  }
  auto keys = bus::NewCurveKeys();
  if (!keys.ok()) return keys.status();
  const Status written = world.files.Replace(path, keys->secret_key + "\n");
  if (!written.ok()) return written;
  return keys;
}

Status HexKeyAt(const std::string& path, World& world) {
  return world.files.Exists(path) ? base::Ok() : WriteHexKey(path, world);
}

// The public half of the seed in `path`, in base64.
Result<std::string> PublicOfSeed(const std::string& path, World& world) {
  const auto seed = ReadHexKey(path, world);
  if (!seed.ok()) return seed.status();
  const auto key = tlog::SigningKey::FromSeed("log", *seed);
  if (!key.ok()) return key.status();
  return tlog::EncodeBase64(key->verifier().public_key());
}

// Secrets first: a registry file without its secret would be of no use to anyone, the other way
// round is repaired by a second run.
Status WriteKeys(Context& context, bus::Principal& principal) {
  World& world = context.world;
  const std::string folder = SecretsFolder(context, principal.id);
  SAMENSPEL_RETURN_IF_ERROR(world.files.MakeDirectory(context.options.keys.registry));
  SAMENSPEL_RETURN_IF_ERROR(world.files.MakeDirectory(folder));
  const auto keys = CurveKeysAt(folder + "/curve.secret", world);
  if (!keys.ok()) return keys.status();
  principal.curve_key = keys->public_key;
  const bool service = context.options.keys.service;
  SAMENSPEL_RETURN_IF_ERROR(HexKeyAt(folder + (service ? "/master.key" : "/spool.key"), world));
  if (principal.id == kAuditPrincipal) {
    const std::string seed = folder + "/ed25519.seed";
    SAMENSPEL_RETURN_IF_ERROR(HexKeyAt(seed, world));
    auto key = PublicOfSeed(seed, world);
    if (!key.ok()) return key.status();
    principal.ed25519_key = std::move(*key);
  }
  return world.files.Replace(RegistryPath(context, principal.id), bus::RegistryFile(principal));
}

std::string_view StateOf(const bus::Principal& principal, base::Instant now) {
  if (principal.revoked_at && now >= *principal.revoked_at) return "revoked";
  if (now < principal.valid_from) return "not_yet";
  if (now >= principal.valid_until) return "expired";
  return principal.other_curve_key.empty() ? "valid" : "changing";
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

ExitCode AlreadyThere(Context& context, bool known, bool secret) {
  const std::string& id = context.options.target;
  const std::string folder = SecretsFolder(context, id);
  if (context.options.keys.if_missing && known && secret) {
    const std::string text = context.Say("keys.kept", {{"id", id}, {"folder", folder}});
    context.printer.Result(context.printer.quiet() ? "" : text + "\n",
                           {{"id", id}, {"made", false}});
    return kExitOk;
  }
  const std::string_view why = secret ? "keys.exists" : "keys.known_without_secret";
  return context.printer.Fail(kExitRefused, "exists",
                              context.Say(why, {{"id", id}, {"folder", folder}}));
}

}  // namespace

ExitCode KeysNew(Context& context) {
  const std::string& id = context.options.target;
  const bool service = context.options.keys.service;
  if (service ? !IsService(id) : !base::IsId("pro", id)) {
    return context.printer.Fail(kExitInvalid, "bad_id",
                                context.Say(service ? "keys.bad_service" : "keys.bad_id"));
  }
  const bool known = context.world.files.Exists(RegistryPath(context, id));
  const bool secret = context.world.files.Exists(SecretsFolder(context, id) + "/curve.secret");
  // A secret alone is what a run that was cut short leaves behind: with --if-missing it is
  // finished.
  const bool finish = secret && !known && context.options.keys.if_missing;
  if ((known || secret) && !finish) return AlreadyThere(context, known, secret);

  bus::Principal principal = PrincipalOf(context);
  if (!IsReadable(principal)) {
    return context.printer.Fail(kExitInvalid, "bad_principal", context.Say("keys.bad_principal"));
  }
  const Status written = WriteKeys(context, principal);
  if (!written.ok()) return context.printer.Fail(written);
  const std::string text = context.Say("keys.made", {{"id", id},
                                                     {"folder", SecretsFolder(context, id)},
                                                     {"registry", RegistryPath(context, id)}});
  context.printer.Result(context.printer.quiet() ? "" : text + "\n",
                         {{"id", id}, {"made", true}, {"curve_key", principal.curve_key}});
  return kExitOk;
}

ExitCode KeysList(Context& context) {
  const auto registry = bus::Registry::Load(context.world.files, context.options.keys.registry);
  if (!registry.ok()) return context.printer.Fail(registry.status());
  const base::Instant now = context.world.clock.Wall();
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.id"), context.Say("table.function"),
                  context.Say("table.roles"), context.Say("table.until"),
                  context.Say("table.state")});
  Json list = Json::array();
  for (const auto& [id, principal] : (*registry)->all()) {
    const std::string_view state = StateOf(principal, now);
    rows.push_back({Printable(id),
                    Printable(context.printer.texts().Word("function", principal.function)),
                    Printable(Joined(principal.roles)),
                    context.printer.Time(base::ToMs(principal.valid_until)),
                    context.printer.texts().Word("key_state", state)});
    list.push_back({{"id", id},
                    {"employer", principal.employer},
                    {"organisation", principal.organisation},
                    {"function", principal.function},
                    {"roles", principal.roles},
                    {"curve_key", principal.curve_key},
                    {"other_curve_key", principal.other_curve_key},
                    {"valid_from", IsoTime(principal.valid_from)},
                    {"valid_until", IsoTime(principal.valid_until)},
                    {"state", state}});
  }
  context.printer.Result(context.printer.Table(rows, "", {kIdColumns}), {{"principals", list}});
  return kExitOk;
}

ExitCode KeysRevoke(Context& context) {
  ExitCode exit = kExitOk;
  auto principal = FindPrincipal(context, context.options.target, exit);
  if (!principal) return exit;
  // Revoking again changes nothing: the first moment is the one that counts afterwards.
  if (!principal->revoked_at) {
    principal->revoked_at = WholeSeconds(context.world.clock.Wall());
    const Status written = context.world.files.Replace(RegistryPath(context, principal->id),
                                                       bus::RegistryFile(*principal));
    if (!written.ok()) return context.printer.Fail(written);
  }
  const std::string text = context.Say("keys.revoked", {{"id", principal->id}});
  context.printer.Result(context.printer.quiet() ? "" : text + "\n",
                         {{"id", principal->id}, {"revoked_at", IsoTime(*principal->revoked_at)}});
  return kExitOk;
}

ExitCode KeysAuditKey(Context& context) {
  ExitCode exit = kExitOk;
  const auto principal = FindPrincipal(context, std::string(kAuditPrincipal), exit);
  if (!principal) return exit;
  const auto bytes = tlog::DecodeBase64(principal->ed25519_key);
  const auto key = tlog::VerifierKey::Make(context.options.keys.origin, bytes.value_or(""));
  if (!key.ok()) {
    return context.printer.Fail(kExitInvalid, "no_log_key", context.Say("keys.no_log_key"));
  }
  context.printer.Result(key->Text() + "\n", {{"audit_key", key->Text()}});
  return kExitOk;
}

}  // namespace samenspel::cli
