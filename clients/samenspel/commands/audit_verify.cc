// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/log_reader.h"
#include "clients/samenspel/secrets.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "common/tlog/merkle.h"
#include "proto/audit/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

constexpr size_t kFaultsShown = 20;

// What was found, to be told in words.
struct Findings {
  std::optional<SignedCheckpoint> seen;  // The one of last time.
  std::optional<SignedCheckpoint> now;
  ChainCheck chains;
  std::vector<LogFault> faults;
  size_t more_faults = 0;

  void Add(LogFault fault) {
    if (faults.size() < kFaultsShown) {
      faults.push_back(std::move(fault));
    } else {
      ++more_faults;
    }
  }
};

// Next to the spool: the last checkpoint that was checked here, as it was signed.
std::string SeenPath(const Settings& settings) { return SpoolPath(settings) + ".checkpoint"; }

// Reads what was seen last. False: it is not readable as a checkpoint of this log.
bool ReadSeen(Context& context, const tlog::VerifierKey& key, Findings& findings) {
  const std::string path = SeenPath(context.settings);
  if (!context.world.files.Exists(path)) return true;
  const auto note = context.world.files.Read(path);
  if (!note.ok()) return false;
  auto opened = tlog::OpenCheckpoint(*note, key);
  if (!opened.ok()) return false;
  findings.seen = SignedCheckpoint{*note, std::move(*opened)};
  return true;
}

bool IsShorter(const common::v1::Reply& reply) {
  return reply.reasons_size() > 0 && reply.reasons(0).code() == "size_beyond_log";
}

// Whether today's log begins with the one that was seen. Gives today's checkpoint.
std::optional<Heard> ProveContinued(Session& session, const tlog::VerifierKey& key,
                                    Findings& findings) {
  const tlog::Checkpoint& seen = findings.seen->checkpoint;
  audit::v1::Request request;
  request.mutable_prove_consistency()->set_old_size(seen.size);
  Heard heard = session.Ask("audit", request);
  if (heard.replied() && IsShorter(heard.reply)) {
    findings.Add({.code = "shorter"});
    return std::nullopt;
  }
  audit::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
      !response.has_consistency_proven()) {
    return heard;
  }
  const auto& proven = response.consistency_proven();
  auto now = tlog::OpenCheckpoint(proven.checkpoint(), key);
  if (!now.ok()) {
    findings.Add({.code = "signature"});
    return std::nullopt;
  }
  const std::vector<std::string> path(proven.path().begin(), proven.path().end());
  if (!tlog::VerifyConsistency(seen.size, seen.root, now->size, now->root, path).ok()) {
    findings.Add({.code = "not_continued"});
  }
  findings.now = SignedCheckpoint{proven.checkpoint(), std::move(*now)};
  return std::nullopt;
}

// Reads every leaf under the checkpoint that was proven to continue the one seen.
std::optional<Heard> CheckLeaves(Context& context, Session& session, const tlog::VerifierKey& key,
                                 Findings& findings) {
  const uint64_t size = findings.now ? findings.now->checkpoint.size : 0;
  WholeLog log = ReadLog(
      session, key, size,
      [&](uint64_t leaf, const std::string& header) {
        if (auto fault = findings.chains.Take(leaf, header)) findings.Add(std::move(*fault));
      },
      [&](uint64_t done, uint64_t all) {
        context.printer.Progress(context.Say(
            "audit.progress", {{"done", std::to_string(done)}, {"all", std::to_string(all)}}));
      });
  context.printer.Done();
  if (log.failed) return std::move(log.failed);
  if (log.fault) findings.Add(std::move(*log.fault));
  // The same size and another root: two logs under one key.
  if (findings.now && log.checkpoint &&
      log.checkpoint->checkpoint.root != findings.now->checkpoint.root) {
    findings.Add({.code = "not_continued"});
  }
  if (log.checkpoint) findings.now = std::move(log.checkpoint);
  return std::nullopt;
}

std::string FaultText(const Context& context, const LogFault& fault) {
  std::string text = context.printer.texts().Word("log_fault", fault.code);
  if (!fault.leaf) return text;
  const std::string leaf = std::to_string(*fault.leaf);
  const std::string service = fault.service.empty() ? "?" : Printable(fault.service);
  return context.Say("audit.at_leaf", {{"leaf", leaf}, {"service", service}}) + " " + text;
}

std::string SinceText(const Context& context, const Findings& findings) {
  if (!findings.seen) return context.Say("audit.first_time");
  return context.Say("audit.continues", {{"size", std::to_string(findings.seen->checkpoint.size)}});
}

std::string ProvenText(const Context& context, const Findings& findings) {
  const Printer& printer = context.printer;
  const tlog::Checkpoint& now = findings.now->checkpoint;
  const std::string size = std::to_string(now.size);
  std::string text =
      Line(printer, "label.log",
           context.Say("audit.signed", {{"origin", Printable(now.origin)}, {"size", size}}));
  text += Line(printer, "label.since", SinceText(context, findings));
  text += Line(printer, "label.leaves", context.Say("audit.root_holds", {{"size", size}}));
  std::vector<std::vector<std::string>> rows;
  for (const auto& [service, chain] : findings.chains.chains()) {
    const char* key = service == "audit" ? "audit.own_chain_holds" : "audit.chain_holds";
    rows.push_back({Printable(service), context.Say(key, {{"count", std::to_string(chain.entries)},
                                                          {"last", std::to_string(chain.last)}})});
  }
  return text + context.printer.Table(rows) + context.Say("audit.all_holds") + "\n";
}

Json FindingsJson(const Findings& findings) {
  Json faults = Json::array();
  for (const LogFault& fault : findings.faults) {
    faults.push_back({{"what", fault.code},
                      {"leaf", fault.leaf ? Json(*fault.leaf) : Json()},
                      {"service", fault.service}});
  }
  Json services = Json::array();
  for (const auto& [service, chain] : findings.chains.chains()) {
    services.push_back({{"service", service}, {"entries", chain.entries}, {"last", chain.last}});
  }
  return {{"holds", findings.faults.empty()},
          {"size", findings.now ? Json(findings.now->checkpoint.size) : Json()},
          {"seen_size", findings.seen ? Json(findings.seen->checkpoint.size) : Json()},
          {"services", services},
          {"faults", faults}};
}

ExitCode TellFaults(Context& context, const Findings& findings) {
  std::string text = context.Say("audit.does_not_hold");
  for (const LogFault& fault : findings.faults) text += "\n  - " + FaultText(context, fault);
  if (findings.more_faults > 0) {
    text += "\n  " +
            context.Say("audit.more_faults", {{"count", std::to_string(findings.more_faults)}});
  }
  return context.printer.Fail(kExitRefused, "log_does_not_hold", text, FindingsJson(findings));
}

ExitCode Tell(Context& context, const Findings& findings) {
  if (!findings.faults.empty() || !findings.now) return TellFaults(context, findings);
  const std::string path = SeenPath(context.settings);
  base::Status kept = context.world.files.MakeDirectory(FolderOf(path));
  if (kept.ok()) kept = context.world.files.Replace(path, findings.now->note);
  if (!kept.ok()) context.printer.Remark(Printable(kept.message()));
  context.printer.Result(ProvenText(context, findings), FindingsJson(findings));
  return kExitOk;
}

}  // namespace

ExitCode AuditVerify(Context& context) {
  const auto key = tlog::VerifierKey::Parse(context.settings.audit_key);
  if (!key.ok()) {
    return context.printer.Fail(kExitInvalid, "no_audit_key", context.Say("audit.no_key"));
  }
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  Findings findings;
  if (!ReadSeen(context, *key, findings)) {
    return context.printer.Fail(
        kExitRefused, "seen_unreadable",
        context.Say("audit.seen_unreadable", {{"file", SeenPath(context.settings)}}));
  }
  std::optional<Heard> failed;
  if (findings.seen) failed = ProveContinued(**session, *key, findings);
  if (!failed && findings.faults.empty()) failed = CheckLeaves(context, **session, *key, findings);
  if (failed) return Explain(context.printer, **session, "audit", *failed);
  return Tell(context, findings);
}

}  // namespace samenspel::cli
