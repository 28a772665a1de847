// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <charconv>
#include <optional>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/trip.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_entries.h"
#include "common/base/ids.h"
#include "common/tlog/note_key.h"

namespace samenspel::cli {
namespace {

constexpr uint64_t kFirstEpoch = 1;
// What a case consists of: reports, meetings, alarms, the household.
constexpr std::string_view kStreams[] = {"rpt", "mdo", "alm", "hh"};

std::optional<uint64_t> ReadNumber(const std::string& text) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

// "intake:12": entry 12 of intake; "intake:2:12": of the journal that was restored once.
std::optional<common::v1::Ref> ReadRef(const std::string& text) {
  const size_t first = text.find(':');
  if (first == std::string::npos) return std::nullopt;
  const size_t last = text.rfind(':');
  common::v1::Ref ref;
  ref.set_service(text.substr(0, first));
  if (std::ranges::find(kServices, ref.service()) == std::end(kServices)) return std::nullopt;
  const auto sequence = ReadNumber(text.substr(last + 1));
  const auto epoch = last == first ? std::optional(kFirstEpoch)
                                   : ReadNumber(text.substr(first + 1, last - first - 1));
  if (!sequence || !epoch) return std::nullopt;
  ref.set_sequence(*sequence);
  ref.set_epoch(*epoch);
  return ref;
}

std::optional<audit::v1::ShowEntries> ReadWhat(const std::string& text) {
  audit::v1::ShowEntries request;
  if (const auto ref = ReadRef(text)) {
    *request.mutable_entry() = *ref;
    return request;
  }
  const auto is_id = [&](std::string_view prefix) { return base::IsId(prefix, text); };
  if (std::ranges::none_of(kStreams, is_id) && !base::IsCaseNumber(text)) return std::nullopt;
  request.set_stream(text);
  return request;
}

ExitCode PrintEntries(Context& context, const std::vector<CheckedEntry>& entries) {
  const bool proven = !AnyFailed(entries);
  std::string text = EntriesText(context, entries);
  if (proven) {
    text += context.Say("audit.all_proven", {{"count", std::to_string(entries.size())}}) + "\n";
  }
  context.printer.Result(text, {{"proven", proven}, {"entries", EntriesJson(entries)}});
  if (proven) return kExitOk;
  if (context.printer.json()) return kExitRefused;
  return context.printer.Fail(kExitRefused, "proof_failed", context.Say("proof.alarm"));
}

}  // namespace

ExitCode AuditShow(Context& context) {
  const auto what = ReadWhat(context.options.target);
  if (!what) return context.printer.Fail(kExitInvalid, "bad_ref", context.Say("audit.bad_ref"));
  if (!tlog::VerifierKey::Parse(context.settings.audit_key).ok()) {
    return context.printer.Fail(kExitInvalid, "no_audit_key", context.Say("audit.no_key"));
  }
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  std::optional<Heard> failed;
  const std::vector<CheckedEntry> entries = FetchEntries(**session, *what, failed);
  if (failed) return Explain(context.printer, **session, "audit", *failed);
  if (entries.empty()) {
    return context.printer.Fail(kExitNotFound, "not_found", context.Say("audit.nothing"));
  }
  LearnNames(context, **session, entries);
  return PrintEntries(context, entries);
}

}  // namespace samenspel::cli
