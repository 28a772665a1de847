// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/queue_watch.h"

#include <algorithm>
#include <map>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using intake::v1::ReportLine;
using intake::v1::ReportsListed;

class Watch {
 public:
  Watch(Context& context, Session& session, const intake::v1::Request& request)
      : context_(context), session_(session), request_(request) {}

  ExitCode Go(const ReportsListed& first) {
    Show(first);
    while (Pause()) {
      const Heard heard = session_.Call("intake", session_.EnvelopeOf(request_), Patience());
      intake::v1::Response response;
      if (heard.replied() && !heard.ok() && !TryLater(heard.reply)) {
        return ExplainReply(context_.printer, "intake", heard.reply);
      }
      if (heard.ok() && response.ParseFromString(heard.reply.response())) {
        Show(response.reports_listed());
      } else {
        Silence();
      }
    }
    if (context_.world.out_is_terminal) context_.world.out << std::endl;
    return kExitOk;
  }

 private:
  using Lines = std::map<std::string, ReportLine>;

  static bool TryLater(const common::v1::Reply& reply) {
    return reply.status() == common::v1::STATUS_BUSY ||
           reply.status() == common::v1::STATUS_UNAVAILABLE;
  }

  // Not long: meanwhile Ctrl-C is not heard.
  base::milliseconds Patience() const {
    return std::min(context_.settings.timeout, base::milliseconds(2000));
  }

  // In slices, so that Ctrl-C is heard at once. False: it was typed.
  bool Pause() {
    constexpr base::milliseconds kSlice{100};
    const base::milliseconds whole = std::chrono::seconds(context_.options.list.interval_s);
    for (base::milliseconds waited{0}; waited < whole; waited += kSlice) {
      if (context_.world.interrupted()) return false;
      context_.world.pause(kSlice);
    }
    return !context_.world.interrupted();
  }

  void Show(const ReportsListed& listed) {
    const bool back = std::exchange(silent_, false);
    if (context_.world.out_is_terminal && !context_.printer.json()) return Draw(listed, back);
    if (back) Tell("watch.back", {}, ReportLine());
    Lines now;
    for (const ReportLine& line : listed.lines()) {  // The most urgent first.
      now[line.report()] = line;
      const auto before = known_.find(line.report());
      if (before == known_.end()) {
        Tell("watch.new", "new", line);
      } else if (before->second.SerializeAsString() != line.SerializeAsString()) {
        Tell("watch.changed", "changed", line);
      }
    }
    for (const auto& [id, line] : known_) {
      if (!now.contains(id)) Tell("watch.gone", "gone", line);
    }
    known_ = std::move(now);
  }

  // Also when only the time that is left reads differently.
  void Draw(const ReportsListed& listed, bool back) {
    const std::string text = QueueText(context_, listed);
    if (text == drawn_ && !back) return;
    drawn_ = text;
    const std::string now = context_.printer.Time(base::ToMs(context_.world.clock.Wall()));
    context_.world.out << "\x1b[H\x1b[2J" << context_.Say("watch.head", {{"time", now}}) << "\n\n"
                       << text << std::flush;
  }

  void Silence() {
    if (std::exchange(silent_, true)) return;
    if (context_.world.out_is_terminal && !context_.printer.json()) {
      context_.world.out << "\n" << context_.Say("watch.silent") << std::endl;
    } else {
      Tell("watch.silent", "silent", ReportLine());
    }
  }

  void Tell(std::string_view key, std::string_view code, const ReportLine& line) {
    const int64_t now = base::ToMs(context_.world.clock.Wall());
    if (context_.printer.json()) {
      Json object = {{"at", TimeJson(now)}, {"change", code.empty() ? "back" : code}};
      if (!line.report().empty()) object["report"] = ReportLineJson(line);
      context_.world.out << object.dump(-1, ' ', false, Json::error_handler_t::replace)
                         << std::endl;
      return;
    }
    std::string text = context_.printer.Time(now) + "  " + context_.Say(key);
    if (!line.report().empty()) {
      text += "  " + Printable(line.case_number()) + "  " + context_.printer.Colour(line.colour()) +
              "  " + ShortPerson(context_, line.ownership().owner());
      const std::string state = StateText(context_, line);
      if (!state.empty()) text += "  " + state;
    }
    context_.world.out << text << std::endl;
  }

  Context& context_;
  Session& session_;
  const intake::v1::Request& request_;
  Lines known_;
  std::string drawn_;
  bool silent_ = false;
};

}  // namespace

ExitCode WatchQueue(Context& context, Session& session, const intake::v1::Request& request,
                    const ReportsListed& listed) {
  return Watch(context, session, request).Go(listed);
}

}  // namespace samenspel::cli
