// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

namespace samenspel::cli {
namespace {

// The same keys and places as texts_operate_nl.cc.
constexpr TextEntry kTexts[] = {
    {"help.roster", "Duty rosters"},
    {"help.roster.load",
     "Load organisations, people and shifts from a JSON file; only what differs"},
    {"help.roster.file", "File such as samenspel region demo --print shows it"},
    {"help.roster.show", "Show who is on duty when (else the coming 24 hours)"},
    {"help.roster.function", "Only this function"},
    {"help.roster.organisation", "Only this organisation"},
    {"help.roster.on_duty", "Only those on duty; without a time: now"},
    {"help.roster.ids", "Show the ids of people too"},
    {"help.roster.from", "From: day, time, or time with offset (else now)"},
    {"help.roster.until", "Until: day, time, or time with offset"},
    {"help.roster.coverage", "Show where the roster has holes; ends with 1 when there is one"},
    {"help.roster.weeks", "How many weeks ahead (else 2)"},
    {"help.policy", "Who may ask what, and why"},
    {"help.policy.explain", "Explain why somebody may or may not do something in a case"},
    {"help.policy.who", "me, or the id of a person"},
    {"help.policy.what", "Kind of request to intake, such as show_report"},
    {"help.policy.case", "Report or case number"},
    {"help.settings", "Settings"},
    {"help.config.show", "Show all settings; of secrets only where they lie"},
    {"help.config.origin", "Say also where each setting comes from"},
    {"help.purpose.show", "Show what you ask for now"},
    {"help.purpose.set", "Choose what you ask for, for this login session"},
    {"help.purpose.code", "Purpose, such as child_safety"},
    {"help.purpose.forget", "Forget what was kept"},
    {"help.clock", "Show each service's own time beside the clock of its machine"},
    {"help.clock.accept",
     "Make services follow the clock of their machine that they do not believe"},
    {"help.clock.service", "Only this service (else all that do not believe it)"},
    {"help.glossary", "Explain a word of the field or of this program"},
    {"help.glossary.term", "Dutch or English word; without: all words"},
    {"help.completion", "Completion with the tab key"},
    {"help.completion.bash", "Print the script for bash: source <(samenspel completion bash)"},
    {"help.manual", "Print the manual as source for scdoc"},
    {"help.top", "Keep showing how the services do; q leaves"},
    {"help.top.interval", "Seconds between two looks (else 2)"},
    {"help.top.once", "Show it once, without a screen"},
    {"help.audit.verify", "Check the whole log: signature, tree and chains"},
    {"help.audit.export", "Write the whole log into a folder, to check with other programs"},
    {"help.audit.folder", "Empty or new folder"},

    {"label.log", "Log"},
    {"label.since", "Since then"},
    {"label.leaves", "Entries"},
    {"table.version", "Version"},
    {"table.uptime", "Up for"},
    {"table.attention", "Attention"},
    {"table.rate", "Per s"},
    {"table.behind", "Behind"},
    {"table.unclaimed", "Unclaimed"},
    {"table.alarms", "Alarms"},
    {"table.refused", "Refused"},
    {"table.request", "Request"},
    {"table.effect", "Effect"},
    {"table.purposes", "Purposes"},
    {"table.setting", "Setting"},
    {"table.value", "Value"},
    {"table.origin", "From"},
    {"table.organisation", "Organisation"},
    {"table.own_time", "Own time"},
    {"table.wall_clock", "Clock of the machine"},
    {"table.difference", "Difference"},
    {"table.on_duty", "On duty"},

    {"audit.progress", "Reading the log: {done} of {all}"},
    {"audit.signed", "{origin}, {size} entries, with a good signature"},
    {"audit.first_time", "The first time here: there is nothing yet to compare with."},
    {"audit.continues", "Begins exactly with the log of {size} entries that was seen here before."},
    {"audit.root_holds", "All {size} were read; their root is the one that was signed."},
    {"audit.chain_holds",
     "{count} entries, up to {last}: none is missing, each names the one before"},
    {"audit.own_chain_holds",
     "{count} entries, up to {last}: in order (what is missing between them are the signings "
     "themselves)"},
    {"audit.all_holds", "The log holds."},
    {"audit.does_not_hold",
     "THE LOG DOES NOT HOLD. Do not trust it, and warn the operator and the supervisor at once."},
    {"audit.at_leaf", "Entry {leaf} of the log, of {service}:"},
    {"audit.more_faults", "And {count} more faults."},
    {"audit.seen_unreadable",
     "{file} should name the log that was seen here last, but is nothing that this key has "
     "signed.\n"
     "  If the key of the log was changed for a reason, remove the file."},
    {"log_fault.signature", "the signature is not good"},
    {"log_fault.root", "the entries that were read give another root than was signed"},
    {"log_fault.shorter", "the log is shorter than it once was here"},
    {"log_fault.not_continued", "the log does not continue what was seen here before"},
    {"log_fault.short_read", "here the log ends, before the end that was signed"},
    {"log_fault.header", "this cannot be read"},
    {"log_fault.gap", "entries are missing before this one"},
    {"log_fault.previous_hash", "this names another entry before it than the one that is there"},
    {"log_fault.epoch", "this belongs to an earlier life of the journal"},
    {"log_fault.repeated", "this number has been before"},

    {"export.not_empty", "The folder {folder} is not empty. Nothing was written."},
    {"export.does_not_hold",
     "The log does not hold; type: samenspel audit verify. There is no valid copy in {folder}."},
    {"export.done", "{size} entries written to {folder}. How to check: README.txt in that folder."},
    {"export.readme",
     "A copy of the audit log {origin}, as it was at {size} entries.\n"
     "\n"
     "checkpoint       who signed what: a signed note (C2SP signed-note, tlog-checkpoint)\n"
     "tile/L/...       hashes of the Merkle tree (C2SP tlog-tiles; RFC 6962, SHA-256)\n"
     "tile/entries/... the entries, 256 a file, each after its length in two bytes, big end first\n"
     "\n"
     "Check it with any tool that reads tlog-tiles. The verifier key of the log, which should be "
     "the\n"
     "one that you hold from elsewhere:\n"
     "\n"
     "  {key}\n"
     "\n"
     "In Go: golang.org/x/mod/sumdb/note (Open) for the checkpoint, and "
     "golang.org/x/mod/sumdb/tlog\n"
     "(RecordHash, TileHashReader, CheckRecord, CheckTree) for entries and tree. By hand, for "
     "entry 0:\n"
     "\n"
     "  bytes=$((16#$(head -c 2 tile/entries/000* | xxd -p)))\n"
     "  (printf '\\000'; tail -c +3 tile/entries/000* | head -c $bytes) | sha256sum\n"
     "  head -c 32 tile/0/000* | xxd -p -c 32\n"
     "\n"
     "(when the log is small, the file is in 000.p/N instead of 000). Both lines must be equal, "
     "and so\n"
     "for each entry; the root over tile/0 must be the one in the checkpoint, in base64.\n"
     "\n"
     "An entry is a protobuf message, samenspel.common.v1.EntryHeader: who asked what, when, for "
     "what\n"
     "purpose, and what came of it. It holds no family data; what is sealed is there by its hash "
     "only.\n"},

    {"roster.refused", "The roster was not loaded. Nothing was changed."},
    {"roster.progress", "Loading the roster: {done} of {all}"},
    {"roster.nothing_differs", "All of it was there already. Nothing was changed."},
    {"roster.loaded",
     "New or changed: organisations {organisations}, professionals {professionals}, shifts of "
     "{shifts} people."},
    {"roster.off_duty", "not on duty"},
    {"roster.nobody", "Nobody."},
    {"roster.unknown_function", "--function: there is no function {text}. Known: {known}."},
    {"roster.unknown_organisation",
     "--organisation: there is no {text} in the roster. Known: {known}."},
    {"roster.namesakes",
     "--organisation: several are called {text}. Type the id of the one you mean: {known}."},
    {"roster.bad_times",
     "These are no good times: a day (2026-11-21), a time (2026-11-21 20:45) or a time with "
     "offset, and the end after the start."},
    {"coverage.period", "Coverage of {when}"},
    {"coverage.whole", "always filled"},
    {"coverage.has_holes", "There are holes: those who make the roster must act."},
    {"coverage.no_holes", "No holes."},
    {"coverage.more", "There is more than fits here: choose a shorter time."},
    {"gap.nobody_holds", "nobody in the region has this function"},
    {"gap.nobody_on_duty", "nobody is on duty"},
    {"gap.all_booked", "those on duty are taken elsewhere"},
    {"gap.one_person", "rests on one person"},

    {"effect.read", "read"},
    {"effect.change", "change"},
    {"effect.internal", "the service itself only"},
    {"policy.yes", "YES: {who} may {what} in {case}."},
    {"policy.no", "NO: {who} may not {what} in {case}."},
    {"policy.registered", "Is in the registry, with a key that is valid."},
    {"policy.not_registered", "Is not in the registry, or the key is not valid."},
    {"policy.role_fits", "Has a role that this needs: {roles} (needed: {needed})."},
    {"policy.role_lacks", "Has no role that this needs: {roles} (needed: {needed})."},
    {"policy.purposes", "Must name one of these purposes: {purposes}."},
    {"policy.acts_for",
     "Acts for {organisation}, employed by {employer}. Rights follow for whom one acts."},
    {"policy.involved", "Is involved in the case, or this needs no involvement:"},
    {"policy.not_involved", "Is not involved in the case now; what there was:"},
    {"policy.by_name", "by name"},
    {"policy.by_organisation", "as {role} of {organisation}"},
    {"policy.from", "since {time}"},
    {"policy.until", "until {time}"},
    {"policy.ended", "ended {time}"},
    {"policy.open", "without end"},
    {"policy.secret_location", "There is a secret place. It is open only to those in the circle."},
    {"policy.hidden_reporter",
     "There is a hidden reporter. It is open only to those in the circle."},
    {"policy.bad_who", "Who: me, or an id such as pro_..."},
    {"policy.bad_what", "Intake does not know this request. It knows: {names}."},
    {"policy.bad_case", "This is no report or case number. Examples: rpt_..., 2026-004711-J"},
    {"involvement.sender", "sender"},
    {"involvement.desk", "desk"},
    {"involvement.owner", "owner"},
    {"involvement.first_step", "secures the child"},
    {"involvement.seat", "seat at the table"},
    {"involvement.break_glass", "break-glass"},
    {"involvement.alarm", "asked by an alarm"},

    {"purpose.must_be_given",
     "Say what you ask this for: --purpose CODE, SAMENSPEL_PURPOSE, samenspel purpose set CODE, or "
     "purpose in the config. Choose from:"},
    {"purpose.question", "What do you ask this for? It is recorded with all that you do."},
    {"purpose.prompt", "Number or code:"},
    {"purpose.kept", "Kept until you log out. To choose otherwise: samenspel purpose set CODE"},
    {"purpose.none_chosen", "No purpose was chosen. Nothing was asked."},
    {"purpose.nowhere",
     "There is nowhere to keep it: this login session has no XDG_RUNTIME_DIR, or the config no "
     "principal. Use --purpose or SAMENSPEL_PURPOSE."},
    {"purpose.not_chosen", "No purpose has been chosen yet."},
    {"purpose.now", "{code}: {words} ({where})"},
    {"purpose.unknown", "This purpose does not exist. Choose from:"},
    {"purpose.set", "You now ask for {code}, until you log out."},
    {"purpose.forgotten", "Forgotten. What the config says holds again."},
    {"purpose_word.child_safety", "the safety of a child"},
    {"purpose_word.region_setup", "setting up the region: organisations, people, rosters"},
    {"purpose_word.privacy_review", "reviewing whether a look was right"},
    {"purpose_word.audit", "supervision of what was recorded"},

    {"config.not_said", "-"},
    {"origin.flag", "command line"},
    {"origin.environment", "environment"},
    {"origin.session", "this login session"},
    {"origin.file", "file"},
    {"origin.default", "default"},

    {"glossary.source", "Source: {source}"},
    {"glossary.unknown", "The word {term} is not in the glossary."},
    {"glossary.near", "Perhaps you mean: {names}?"},

    {"span.seconds", "{count} s"},
    {"span.minutes", "{count} min"},
    {"span.hours", "{count} h"},
    {"span.days", "{count} d"},
    {"clock.believed", "believed"},
    {"clock.ahead", "{span} ahead, not believed"},
    {"clock.behind", "{span} behind, not believed"},
    {"clock.advice",
     "A service whose clock is not believed goes on by its own time; its terms keep running.\n"
     "Compare both with a clock that you trust.\n"
     "Is the clock of the machine wrong: set it right, and it is believed again by itself.\n"
     "Is it right: samenspel clock accept"},
    {"clock.nothing", "its clock is believed; there is nothing to settle."},
    {"clock.went_forward",
     "follows its clock again; its time went {span} forward. Terms that passed in between ring "
     "now."},
    {"clock.went_back",
     "follows its clock again; its time went {span} back. Terms that ran keep the time that they "
     "had left; meetings stay at the time that was agreed: look through samenspel meeting list."},
    {"clock.away", "does not answer; nothing was settled."},
    {"clock.no_answer", "was asked and did not answer: look with samenspel clock."},
    {"status.clock", "clock off by {span}: samenspel clock"},
    {"status.disk_low", "disk nearly full"},
    {"status.registry_refused", "registry unreadable: an old one is in force"},
    {"status.alarms", "alarms: {count}"},
    {"status.unclaimed", "unclaimed: {count}"},
    {"status.lagging", "{who} lags"},
    {"status.turned_away", "refused: {count}"},
    {"top.alarms", "Alarms open: {count}"},
    {"top.clock", "{service} does not believe its clock, off by {span}: samenspel clock"},
    {"top.no_alarms", "No alarm open."},
    {"top.away", "away"},
    {"top.refuses", "refuses"},
    {"top.alarms_unknown", "{service} does not answer: alarms unknown"},
    {"top.queue_unknown", "{service} does not answer: queue unknown"},
    {"top.unknown", "{service} does not answer"},
    {"top.no_escalation", "The config does not say where escalation is: alarms unknown"},
    {"top.how", "Every {seconds} s; q leaves."},

    {"manual.name", "NAME"},
    {"manual.synopsis", "SYNOPSIS"},
    {"manual.shape", "_THING_ _VERB_ \\[_OPTIONS_\\]"},
    {"manual.options", "OPTIONS"},
    {"manual.commands", "COMMANDS"},
    {"manual.exit_codes", "EXIT STATUS"},
    {"manual.files", "FILES"},
    {"manual.config", "Who you are, where the services are; see samenspel config show --origin."},
    {"manual.session", "What is kept until you log out: what you ask for."},
    {"exit_code.0", "Done."},
    {"exit_code.1", "A rule says no, or a proof does not hold."},
    {"exit_code.2", "Not well formed: form, config or command line."},
    {"exit_code.3", "It does not exist, or you may not know of it."},
    {"exit_code.4", "Somebody else changed it first."},
    {"exit_code.5", "You may not ask this."},
    {"exit_code.6", "A service is away or busy; nothing happened there."},
    {"exit_code.7", "Sent and not answered: the outcome is not known."},

    {"reason.stands_twice", "this stands here twice"},
    {"reason.not_a_time", "this is no time with an offset (2026-11-21T20:45+01:00)"},
};

}  // namespace

std::span<const TextEntry> OperateEnglish() { return kTexts; }

}  // namespace samenspel::cli
