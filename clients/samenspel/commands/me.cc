// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <set>

#include "clients/samenspel/known_lines.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_alarm.h"
#include "clients/samenspel/show_meeting.h"
#include "clients/samenspel/show_opening.h"
#include "clients/samenspel/table.h"
#include "proto/escalation/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

// Gathers what waits at each service. One that is away does not hide what the others say, but it is
// told: nothing there and nothing heard are not the same.
class Mine {
 public:
  Mine(Context& context, Session& session) : context_(context), session_(session) {}

  void Ask() {
    // What rings goes first.
    escalation::v1::Request alarms;
    alarms.mutable_list_alarms()->set_asked_me(true);
    escalation::v1::Response rings;
    if (Heard("escalation", alarms, rings)) Add(rings.alarms_listed());
    intake::v1::Request mine;
    mine.mutable_show_mine();
    intake::v1::Response reports;
    if (Heard("intake", mine, reports)) Add(reports.mine_shown());
    meeting::v1::Request seats;
    seats.mutable_list_mdos()->set_to_accept(true);
    meeting::v1::Response tables;
    if (Heard("meeting", seats, tables)) Add(tables.mdos_listed());
  }

  ExitCode Show() {
    if (text_.empty() && exit_ == kExitOk) text_ = context_.Say("me.nothing") + "\n";
    text_ += gaps_;
    object_["unheard"] = unheard_;
    context_.printer.Result(text_, object_);
    return exit_;
  }

 private:
  static bool Has(const common::v1::Reply& reply, std::string_view code) {
    return std::ranges::any_of(reply.reasons(),
                               [code](const auto& reason) { return reason.code() == code; });
  }

  template <class Request, class Response>
  bool Heard(const std::string& service, const Request& request, Response& response) {
    const cli::Heard heard = session_.Ask(service, request);
    if (heard.ok() && response.ParseFromString(heard.reply.response())) {
      LearnNames(context_, session_, response);
      return true;
    }
    const bool denied = heard.replied() && heard.reply.status() == common::v1::STATUS_DENIED;
    if (denied && Has(heard.reply, "not_permitted")) return false;  // Nothing can wait there.
    const std::string_view key = denied ? "me.other_purpose" : "me.unheard";
    gaps_ += context_.Say(key, {{"service", service}}) + "\n";
    unheard_.push_back(service);
    exit_ = denied ? kExitDenied : kExitUnavailable;
    return false;
  }

  void Part(std::string_view title, std::string_view name, const std::string& text, Json list) {
    object_[std::string(name)] = std::move(list);
    if (text.empty()) return;
    text_ +=
        (text_.empty() ? "" : "\n") + context_.printer.Strong(context_.Say(title)) + "\n" + text;
  }

  // Of a long list the beginning, which is the most urgent, and what shows the rest: what waits
  // must fit a screen or two, also after an import.
  template <class List>
  static List FirstOf(const List& list) {
    List first = list;
    if (first.size() > kLinesMax) first.DeleteSubrange(kLinesMax, first.size() - kLinesMax);
    return first;
  }
  template <class List>
  std::string RestText(const List& list, const char* command) {
    if (list.size() <= kLinesMax) return {};
    return context_.Say("me.more", {{"count", std::to_string(list.size() - kLinesMax)},
                                    {"command", std::string("samenspel ") + command}}) +
           "\n";
  }

  // Programs get each list whole; people see each report once, where it asks most.
  void Reports(std::string_view title, std::string_view name, const ReportLines& lines,
               const char* command) {
    ReportLines fresh;
    for (const auto& line : lines) {
      if (shown_.insert(line.report()).second) *fresh.Add() = line;
    }
    AddTableTerms(lines, terms_);
    const std::string text =
        fresh.empty() ? "" : ReportsText(context_, FirstOf(fresh)) + RestText(fresh, command);
    Part(title, name, text, ReportsJson(lines));
  }

  void Add(const intake::v1::MineShown& mine) {
    Reports("me.offered", "offered", mine.offered(), "report list --mine");
    Reports("me.unconfirmed", "unconfirmed", mine.unconfirmed(), "queue");
    Reports("me.owned", "owned", mine.owned(), "report list --mine");
    Reports("me.unclaimed", "unclaimed", mine.unclaimed(), "queue --unclaimed");
    const auto& reviews = mine.reviews();
    Part("me.reviews", "reviews",
         reviews.empty()
             ? ""
             : OpeningsText(context_, FirstOf(reviews)) + RestText(reviews, "review list"),
         OpeningsJson(reviews));
  }

  void Add(const meeting::v1::MdosListed& listed) {
    const auto& mdos = listed.mdos();
    Part("me.meetings", "meetings",
         mdos.empty() ? ""
                      : MdosText(context_, FirstOf(mdos), terms_) +
                            RestText(mdos, "meeting list --to-accept"),
         MdosJson(mdos));
  }

  void Add(const escalation::v1::AlarmsListed& listed) {
    const Alarms& alarms = listed.alarms();
    Part("me.alarms", "alarms",
         alarms.empty()
             ? ""
             : AlarmsText(context_, FirstOf(alarms)) + RestText(alarms, "alarm list --mine"),
         AlarmsJson(alarms));
  }

  static constexpr int kLinesMax = 10;
  Context& context_;
  Session& session_;
  std::string text_;
  std::string gaps_;  // What is not known, in words.
  Json object_ = Json::object();
  std::vector<std::string> unheard_;
  std::set<std::string> shown_;  // Reports that stand in a list already.
  TableTerms terms_;             // Of the reports in them.
  ExitCode exit_ = kExitOk;
};

}  // namespace

ExitCode Me(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  Mine mine(context, **session);
  mine.Ask();
  return mine.Show();
}

}  // namespace samenspel::cli
