// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <limits>
#include <set>

#include "clients/samenspel/commands/import_result.h"
#include "clients/samenspel/commands/import_run.h"
#include "clients/samenspel/commands/read_form.h"
#include "clients/samenspel/import_lines.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"

namespace samenspel::cli {
namespace {

using base::milliseconds;

bool TryLater(const common::v1::Reply& reply) {
  return reply.status() == common::v1::STATUS_BUSY ||
         reply.status() == common::v1::STATUS_UNAVAILABLE;
}

class Import {
 public:
  Import(Context& context, Session& session, ImportRun& run, ImportResult& result)
      : context_(context), session_(session), run_(run), result_(result) {}

  void Send(const std::vector<ImportLine>& lines) {
    started_ = context_.world.clock.SinceBoot();
    LookIntoSpool(lines);
    for (size_t i = 0; i < lines.size(); ++i) {
      ShowProgress(i, lines.size());
      result_.Add(Become(lines[i]));
    }
    context_.printer.Done();
  }

  // Every line was received.
  void Complete() {
    run_.record().Complete();
    Save();
  }

  // What stopped it halfway; ok: every line had its turn.
  ExitCode stopped() const { return stopped_; }

 private:
  // What an earlier run left there: a line without an answer, or one whose no is known by now.
  void LookIntoSpool(const std::vector<ImportLine>& lines) {
    const auto waiting = session_.spool().All();
    if (!waiting.ok()) return;  // `report submit --retry` says which file it is.
    for (const bus::Spool::Waiting& one : *waiting) waiting_.insert(one.request_id);
    for (const auto& [form, count] : CountForms(lines)) {
      for (const std::string& id : run_.record().RefusedIds(form)) {
        if (waiting_.contains(id)) RemoveFromSpool(id);
      }
    }
  }

  LineResult Become(const ImportLine& line) {
    LineResult became{.number = line.number, .same_as = line.same_as};
    if (line.wrong) {
      became.code = line.wrong->code;
      became.field = line.wrong->path;
    } else if (stopped_ != kExitOk) {
      became.code = "not_sent";
    } else {
      SendOne(line, became);
    }
    return became;
  }

  void SendOne(const ImportLine& line, LineResult& became) {
    const ImportRecord::Turn turn = run_.record().Next(line.form);
    const bool refused = SendAs(turn, line, became);
    if (!refused || !waiting_.contains(turn.request_id)) return;
    // The no may be one of an earlier run, before what was wrong was mended.
    const ImportRecord::Turn next = run_.record().Next(line.form);
    if (!Save()) return;
    SendAs(next, line, became);
  }

  // It lies in the spool before the first byte leaves, and goes once intake has said yes, or its no
  // is on record. True: it was refused, and goes under another id from now on.
  bool SendAs(const ImportRecord::Turn& turn, const ImportLine& line, LineResult& became) {
    const common::v1::Envelope envelope = session_.EnvelopeOf(line.request, turn.request_id);
    const base::Status kept = session_.spool().Put("intake", envelope);
    if (!kept.ok()) return Stop(kExitUnavailable, "not_kept", became);
    const Heard heard = Patiently(envelope);
    if (!heard.replied()) {
      const bool sent = heard.how == Heard::How::kNoAnswer;
      return Stop(sent ? kExitNoAnswer : kExitUnavailable, sent ? "no_answer" : "unavailable",
                  became);
    }
    if (TryLater(heard.reply)) return Stop(kExitUnavailable, "unavailable", became);
    if (heard.ok()) return TakeYes(heard.reply, turn, became);
    became.code = heard.reply.reasons().empty() ? "refused" : heard.reply.reasons(0).code();
    became.field = heard.reply.reasons().empty() ? "" : heard.reply.reasons(0).field();
    // Intake has an answer to this id already: under another one it would be a second report.
    const bool refused = became.code != "request_id_reused";
    if (refused) run_.record().Refused(turn);
    if (refused && !Save()) return false;
    RemoveFromSpool(turn.request_id);
    return refused;
  }

  bool TakeYes(const common::v1::Reply& reply, const ImportRecord::Turn& turn, LineResult& became) {
    intake::v1::Response response;
    if (response.ParseFromString(reply.response()) && response.has_report_received()) {
      became.received = response.report_received();
      RemoveFromSpool(turn.request_id);
    } else {
      became.code = "no_answer";  // None that this version can read.
    }
    return false;
  }

  bool Save() {
    const base::Status saved = run_.Save();
    if (!saved.ok()) context_.printer.Remark(saved.message());
    return saved.ok();
  }

  void RemoveFromSpool(const std::string& request_id) {
    const base::Status removed = session_.spool().Remove(request_id);
    if (!removed.ok()) context_.printer.Remark(removed.message());
  }

  // A service that is busy asks to come back later: a file of many lines does.
  Heard Patiently(const common::v1::Envelope& envelope) {
    constexpr int kTries = 30;
    constexpr milliseconds kLeast{100};
    constexpr milliseconds kMost{5000};
    Heard heard;
    for (int i = 0; i < kTries; ++i) {
      heard = session_.Call("intake", envelope);
      if (!heard.replied() || !TryLater(heard.reply)) return heard;
      context_.world.pause(std::clamp(milliseconds(heard.reply.retry_after_ms()), kLeast, kMost));
    }
    return heard;
  }

  bool Stop(ExitCode exit, const char* code, LineResult& became) {
    stopped_ = exit;
    became.code = code;
    return false;
  }

  void ShowProgress(size_t done, size_t all) {
    constexpr size_t kWidth = 20;
    const size_t filled = kWidth * done / all;
    const std::string bar = std::string(filled, '#') + std::string(kWidth - filled, '.');
    std::string text =
        context_.Say("import.progress",
                     {{"bar", bar}, {"done", std::to_string(done)}, {"all", std::to_string(all)}});
    if (done > 0) {
      const milliseconds spent = context_.world.clock.SinceBoot() - started_;
      const auto left = spent * (all - done) / done;
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
      text += context_.Say("import.left", {{"seconds", std::to_string(seconds)}});
    }
    context_.printer.Progress(text);
  }

  Context& context_;
  Session& session_;
  ImportRun& run_;
  ImportResult& result_;
  std::set<std::string> waiting_;  // Ids that lay in the spool before this run.
  milliseconds started_{0};
  ExitCode stopped_ = kExitOk;
};

ExitCode Ended(Context& context, const ImportResult& result, ExitCode stopped) {
  context.printer.Result(result.Text(context), result.ToJson());
  if (!result.written().ok()) {
    context.printer.Remark(
        context.Say("import.result_lost", {{"file", context.options.change.result}}));
  }
  if (stopped != kExitOk) {
    context.printer.Remark(context.Say("import.stopped"));
    return stopped;
  }
  return result.failed() == 0 && result.written().ok() ? kExitOk : kExitRefused;
}

}  // namespace

ExitCode ReportImport(Context& context) {
  if (context.options.change.again && context.options.change.go_on) {
    return context.printer.Fail(kExitInvalid, "again_or_continue", context.Say("import.one_of"));
  }
  const auto source = ReadSource(context, std::numeric_limits<size_t>::max());
  if (!source.ok()) {
    return context.printer.Fail(kExitInvalid, "unreadable_file",
                                context.Say("form.unreadable", {{"file", context.options.target}}));
  }
  const std::vector<ImportLine> lines = ReadImport(*source);
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  ImportRun run;
  const FormCounts forms = CountForms(lines);
  if (!forms.empty()) {
    const ExitCode begun = run.Begin(context, forms);
    if (begun != kExitOk) return begun;
  }
  ImportResult result;
  if (run.continued()) result.SetContinued();
  base::Status ready = result.WriteTo(context.options.change.result, context.world.files);
  if (ready.ok() && !forms.empty()) ready = run.Save();
  if (!ready.ok()) return context.printer.Fail(ready);
  Import import(context, **session, run, result);
  import.Send(lines);
  if (!forms.empty() && result.failed() == 0) import.Complete();
  return Ended(context, result, import.stopped());
}

}  // namespace samenspel::cli
