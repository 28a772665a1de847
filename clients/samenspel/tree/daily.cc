// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/tree.h"

namespace samenspel::cli {
namespace {

using Codes = std::vector<std::string>;

Codes ReportSorts() { return {"newest", "oldest", "colour", "term", "case"}; }
Codes MeetingSorts() { return {"next", "newest", "case"}; }
Codes Steps() { return {"112", "crisis_team", "hospital", "safe_place", "home", "none"}; }
Codes Outcomes() {
  return {"local_team", "involved_professional", "veilig_thuis", "meeting", "advice", "stopped"};
}

void AddPage(Tree& tree, CLI::App* verb) {
  ListOptions& list = tree.options().list;
  tree.Within(tree.Add(verb, "--limit", list.limit, "help.list.limit"), 1, 200)->type_name("N");
  tree.Add(verb, "--page", list.page, "help.list.page")->type_name("TOKEN");
}

void AddSort(Tree& tree, CLI::App* verb, const Codes& sorts) {
  tree.Choose(tree.Add(verb, "--sort", tree.options().list.sort, "help.list.sort"), sorts)
      ->type_name("CODE");
}

void AddColour(Tree& tree, CLI::App* verb) {
  tree.ChooseColour(tree.Add(verb, "--colour", tree.options().list.colour, "help.list.colour"))
      ->type_name("CODE");
}

void AddDays(Tree& tree, CLI::App* verb) {
  tree.Add(verb, "--from", tree.options().list.from, "help.list.from")->type_name("DATE");
  tree.Add(verb, "--until", tree.options().list.until, "help.list.until")->type_name("DATE");
}

void AddId(Tree& tree, CLI::App* verb) {
  tree.AddOperand(verb, "ID", tree.options().target, "help.id");
}

void AddVersion(Tree& tree, CLI::App* verb) {
  tree.Add(verb, "--version", tree.options().change.version, "help.change.version")->type_name("N");
}

void AddNote(Tree& tree, CLI::App* verb) {
  tree.Add(verb, "--note-file", tree.options().change.words, "help.change.note")->type_name("FILE");
}

void AddSending(Tree& tree, CLI::App* report) {
  Options& options = tree.options();
  CLI::App* submit = tree.Verb(report, "submit", "help.report.submit", ReportSubmit);
  auto* file = tree.Add(submit, "FILE", options.target, "help.report.file")->type_name("");
  tree.Add(submit, "--retry", options.retry, "help.report.retry");
  tree.Add(submit, "--for-desk", options.change.for_desk, "help.report.for_desk")->type_name("ORG");
  submit->callback([&options, file] {
    if (!options.retry && file->empty()) throw CLI::RequiredError("FILE");
    options.run = ReportSubmit;
  });
  CLI::App* check = tree.Verb(report, "check", "help.report.check", ReportCheck);
  tree.AddOperand(check, "FILE", options.target, "help.report.file");
  tree.Verb(report, "crisismeter", "help.report.crisismeter", ReportCrisismeter);
  CLI::App* import = tree.Verb(report, "import", "help.report.import", ReportImport);
  tree.AddOperand(import, "FILE", options.target, "help.report.import_file");
  tree.Add(import, "--result", options.change.result, "help.report.result")->type_name("FILE");
  tree.Add(import, "--again", options.change.again, "help.report.again");
  tree.Add(import, "--continue", options.change.go_on, "help.report.continue");
}

void AddReading(Tree& tree, CLI::App* report) {
  ListOptions& list = tree.options().list;
  AddId(tree, tree.Verb(report, "show", "help.report.show", ReportShow));
  CLI::App* reports = tree.Verb(report, "list", "help.report.list", ReportList);
  tree.Add(reports, "--all", list.all, "help.report.all");
  tree.Add(reports, "--mine", list.mine, "help.report.mine");
  AddColour(tree, reports);
  AddDays(tree, reports);
  AddSort(tree, reports, ReportSorts());
  AddPage(tree, reports);
}

void AddDeciding(Tree& tree, CLI::App* report) {
  ChangeOptions& change = tree.options().change;
  CLI::App* hold = tree.Verb(report, "hold", "help.report.hold", ReportHold);
  AddId(tree, hold);
  tree.Choose(tree.Add(hold, "--step", change.step, "help.report.step"), Steps())
      ->required()
      ->type_name("CODE");
  tree.Suggest(tree.Add(hold, "--who", change.who, "help.report.who")->type_name("WHO"), {"me"});
  AddNote(tree, hold);
  AddVersion(tree, hold);
  CLI::App* confirm = tree.Verb(report, "confirm", "help.report.confirm", ReportConfirm);
  AddId(tree, confirm);
  AddVersion(tree, confirm);
  CLI::App* open = tree.Verb(report, "open", "help.report.open", ReportOpen);
  AddId(tree, open);
  tree.Add(open, "--reason-file", change.words, "help.report.reason")->type_name("FILE");
  tree.Add(open, "--yes", change.yes, "help.report.yes");
  CLI::App* circle = tree.Verb(report, "circle", "help.report.circle", ReportCircle);
  AddId(tree, circle);
  tree.Add(circle, "PERSON", change.persons, "help.report.persons")->type_name("");
  AddVersion(tree, circle);
}

void AddClaim(Tree& tree, CLI::App* under) {
  CLI::App* claim = tree.Verb(under, "claim", "help.queue.claim", QueueClaim);
  AddId(tree, claim);
  AddVersion(tree, claim);
  CLI::App* over = tree.Verb(under, "hand-over", "help.queue.hand_over", QueueHandOver);
  AddId(tree, over);
  tree.AddOperand(over, "TO", tree.options().change.to, "help.queue.to");
  CLI::App* back = tree.Verb(under, "hand-back", "help.queue.hand_back", QueueHandBack);
  AddId(tree, back);
  for (CLI::App* verb : {over, back}) {
    AddNote(tree, verb);
    AddVersion(tree, verb);
  }
}

void AddSettle(Tree& tree, CLI::App* queue) {
  CLI::App* settle = tree.Verb(queue, "settle", "help.queue.settle", QueueSettle);
  AddId(tree, settle);
  tree.Choose(tree.Add(settle, "--outcome", tree.options().change.outcome, "help.queue.outcome"),
              Outcomes())
      ->required()
      ->type_name("CODE");
  AddNote(tree, settle);
  AddVersion(tree, settle);
}

void AddQueue(Tree& tree) {
  Options& options = tree.options();
  CLI::App* queue = tree.Thing("queue");
  // Without a verb: the list itself. A verb has its own say before this is called.
  queue->require_subcommand(0, 1);
  queue->callback([&options, queue] {
    if (queue->get_subcommands().empty()) options.run = Queue;
  });
  tree.Add(queue, "--watch", options.list.watch, "help.queue.watch");
  tree.Within(tree.Add(queue, "--interval", options.list.interval_s, "help.queue.interval"), 1,
              3600)
      ->type_name("SECONDS");
  tree.Add(queue, "--unclaimed", options.list.unclaimed, "help.queue.unclaimed");
  AddColour(tree, queue);
  AddSort(tree, queue, ReportSorts());
  AddPage(tree, queue);
  AddClaim(tree, queue);
  AddSettle(tree, queue);
  AddClaim(tree, &tree.app());
}

void AddMeeting(Tree& tree) {
  ListOptions& list = tree.options().list;
  CLI::App* meeting = tree.Thing("meeting");
  AddId(tree, tree.Verb(meeting, "show", "help.meeting.show", MeetingShow));
  AddId(tree, tree.Verb(meeting, "accept", "help.meeting.accept", MeetingAccept));
  CLI::App* meetings = tree.Verb(meeting, "list", "help.meeting.list", MeetingList);
  tree.Add(meetings, "--mine", list.mine, "help.meeting.mine");
  tree.Add(meetings, "--to-accept", list.to_accept, "help.meeting.to_accept");
  AddDays(tree, meetings);
  AddSort(tree, meetings, MeetingSorts());
  AddPage(tree, meetings);
}

void AddAlarm(Tree& tree) {
  Options& options = tree.options();
  CLI::App* alarm = tree.Thing("alarm");
  CLI::App* alarms = tree.Verb(alarm, "list", "help.alarm.list", AlarmList);
  tree.Add(alarms, "--all", options.list.all, "help.alarm.all");
  tree.Add(alarms, "--mine", options.list.mine, "help.alarm.mine");
  tree.Choose(tree.Add(alarms, "--kind", options.list.kind, "help.alarm.kind"),
              Tree::CodesOf("alarm_kind"))
      ->type_name("CODE");
  AddPage(tree, alarms);
  for (CLI::App* verb : {tree.Verb(alarm, "show", "help.alarm.show", AlarmShow),
                         tree.Verb(alarm, "ack", "help.alarm.ack", AlarmAck)}) {
    tree.AddOperand(verb, "ID", options.target, "help.alarm.id");
  }
}

void AddReview(Tree& tree) {
  Options& options = tree.options();
  CLI::App* review = tree.Thing("review");
  review->require_subcommand(0, 1);
  auto* opening = tree.Add(review, "ID", options.target, "help.review.id")->type_name("");
  tree.Add(review, "--justified", options.change.justified, "help.review.justified");
  tree.Add(review, "--not-justified", options.change.not_justified, "help.review.not_justified");
  AddNote(tree, review);
  tree.Verb(review, "list", "help.review.list", ReviewList);
  review->callback([&options, review, opening] {
    if (!review->get_subcommands().empty()) return;
    if (opening->empty()) throw CLI::RequiredError("ID");
    options.run = Review;
  });
}

}  // namespace

void AddDaily(Tree& tree) {
  CLI::App* report = tree.Thing("report");
  AddSending(tree, report);
  AddReading(tree, report);
  AddDeciding(tree, report);
  AddQueue(tree);
  AddMeeting(tree);
  AddAlarm(tree);
  AddReview(tree);
  tree.Verb(&tree.app(), "me", "help.me", Me);
}

}  // namespace samenspel::cli
