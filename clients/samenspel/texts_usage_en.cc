// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

namespace samenspel::cli {
namespace {

// How to type a command, and what is wrong with what was typed, or with a file. The same keys and
// places as texts_usage_nl.cc.
constexpr TextEntry kTexts[] = {
    {"usage.label", "Usage"},
    {"usage.options", "OPTIONS"},
    {"usage.command", "COMMAND"},
    {"usage.operands_title", "Arguments"},
    {"usage.options_title", "Options"},
    {"usage.commands_title", "Commands"},
    {"usage.required", "required"},
    {"usage.more", "Options that go with every command: samenspel --help"},
    {"usage.hint", "Type: {command}"},
    {"usage.unknown", "{argument} is not known here."},
    {"usage.missing", "{name} is missing."},
    {"usage.no_command", "say what you want. Choose from: {commands}."},
    {"usage.not_a_choice", "{value} will not do here. Choose from: {choices}."},
    {"usage.not_in_range", "{value} is no whole number from {least} to {most}."},
    {"usage.not_a_value", "{name}: {value} is no whole number."},
    {"usage.twice", "{name} stands there more than once."},
    {"usage.no_value", "a value is missing behind {name}."},
    {"usage.wrong", "that cannot be done. {detail}"},

    {"help.command", "Show help for a command"},
    {"help.command.words", "The command, such as report submit; without: all commands"},

    {"file_fault.not_there", "does not exist"},
    {"file_fault.not_permitted", "you may not read or write here"},
    {"file_fault.is_folder", "is a folder, not a file"},
    {"file_fault.no_folder", "is no folder"},
    {"file_fault.full", "the disk is full"},

    {"config.line", "line {line}"},
    {"config.not_toml", "this is not valid TOML."},
    {"config.unknown_key", "there is no setting {name}."},
    {"config.unknown_service", "there is no service {name}."},
    {"config.not_text", "{name} must be text in quotes."},
    {"config.not_a_table", "{name} must be a table, such as [server.intake]."},
    {"config.half_server", "{name} needs endpoint and key."},
    {"config.bad_timeout", "SAMENSPEL_TIMEOUT must be a whole number from 1 to 600 (seconds)."},
    {"config.no_secret",
     "The config and the environment do not say where your secret key is (secret)."},
    {"config.bad_secret", "{file}: this is no CURVE key."},

    {"roster.whole", "file"},
    {"roster.unreadable", "The file {file} cannot be read. Nothing was changed."},
    {"roster.nothing_in_it",
     "There are no organisations, people or shifts in {file}. Nothing was changed."},

    {"roster_fault.missing", "this must be filled in"},
    {"roster_fault.unknown_field", "a roster file does not know this field."},
    {"roster_fault.trailing_text", "something follows after the roster"},

    {"coverage.amount", "{count} x, {length} in all"},
    {"coverage.empty", "empty: {amount}"},
    {"coverage.thin", "rests on one person: {amount}"},

    {"gap.one_each", "rests on one person each time"},

    {"service_state.silent", "does not answer"},
    {"service_state.turned", "refuses us"},

    {"owner.offered_to_you", "you were asked to take it over"},

    {"submit.owner", "you, until a colleague of your desk takes the report"},
    {"submit.owner_until", "you, until somebody of {desk} takes the report"},
    {"submit.claim",
     "If you take it up yourself, type: samenspel claim {id}\n  What lies with your desk: "
     "samenspel queue"},
    {"submit.look", "How it stands: samenspel report show {id}"},
    {"submit.logged", "Recorded in the audit log (entries: {count}); proof: {proof}."},
};

}  // namespace

std::span<const TextEntry> UsageEnglish() { return kTexts; }

}  // namespace samenspel::cli
