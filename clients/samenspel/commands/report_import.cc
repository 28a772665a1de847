// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <limits>

#include "clients/samenspel/commands/import_result.h"
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
  Import(Context& context, Session& session, ImportResult& result)
      : context_(context), session_(session), result_(result) {}

  void Send(const std::vector<ImportLine>& lines) {
    started_ = context_.world.clock.SinceBoot();
    for (size_t i = 0; i < lines.size(); ++i) {
      ShowProgress(i, lines.size());
      result_.Add(Become(lines[i]));
    }
    context_.printer.Done();
  }

  // What stopped it halfway; ok: every line had its turn.
  ExitCode stopped() const { return stopped_; }

 private:
  LineResult Become(const ImportLine& line) {
    LineResult became{.number = line.number};
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

  // It lies in the spool before the first byte leaves, and goes once intake has said yes or no.
  void SendOne(const ImportLine& line, LineResult& became) {
    const common::v1::Envelope envelope = session_.EnvelopeOf(line.request, line.request_id);
    const base::Status kept = session_.spool().Put("intake", envelope);
    if (!kept.ok()) return Stop(kExitUnavailable, "not_kept", became);
    const Heard heard = Patiently(envelope);
    if (!heard.replied()) {
      const bool sent = heard.how == Heard::How::kNoAnswer;
      return Stop(sent ? kExitNoAnswer : kExitUnavailable, sent ? "no_answer" : "unavailable",
                  became);
    }
    if (TryLater(heard.reply)) return Stop(kExitUnavailable, "unavailable", became);
    const base::Status removed = session_.spool().Remove(line.request_id);
    if (!removed.ok()) context_.printer.Remark(removed.message());
    intake::v1::Response response;
    if (heard.ok() && response.ParseFromString(heard.reply.response()) &&
        response.has_report_received()) {
      became.received = response.report_received();
    } else {
      became.code = heard.reply.reasons().empty() ? "refused" : heard.reply.reasons(0).code();
      became.field = heard.reply.reasons().empty() ? "" : heard.reply.reasons(0).field();
    }
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

  void Stop(ExitCode exit, const char* code, LineResult& became) {
    stopped_ = exit;
    became.code = code;
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
  ImportResult& result_;
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
  const auto source = ReadSource(context, std::numeric_limits<size_t>::max());
  if (!source.ok()) {
    return context.printer.Fail(kExitInvalid, "unreadable_file",
                                context.Say("form.unreadable", {{"file", context.options.target}}));
  }
  const std::vector<ImportLine> lines = ReadImport(*source);
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  ImportResult result;
  const base::Status opened = result.WriteTo(context.options.change.result, context.world.files);
  if (!opened.ok()) return context.printer.Fail(opened);
  Import import(context, **session, result);
  import.Send(lines);
  return Ended(context, result, import.stopped());
}

}  // namespace samenspel::cli
