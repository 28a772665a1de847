// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

namespace samenspel::cli {
namespace {

// How to type a command, and what is wrong with what was typed, or with a file. Dutch is the source
// language; texts_usage_en.cc has the same keys with the same places.
constexpr TextEntry kTexts[] = {
    {"usage.label", "Gebruik"},
    {"usage.options", "OPTIES"},
    {"usage.command", "OPDRACHT"},
    {"usage.operands_title", "Wat erbij hoort"},
    {"usage.options_title", "Opties"},
    {"usage.commands_title", "Opdrachten"},
    {"usage.required", "verplicht"},
    {"usage.more", "Opties die bij elke opdracht kunnen: samenspel --help"},
    {"usage.hint", "Typ: {command}"},
    {"usage.unknown", "{argument} ken ik hier niet."},
    {"usage.missing", "{name} ontbreekt."},
    {"usage.no_command", "zeg erbij wat u wilt. Kies uit: {commands}."},
    {"usage.not_a_choice", "{value} kan hier niet. Kies uit: {choices}."},
    {"usage.not_in_range", "{value} is geen geheel getal van {least} tot en met {most}."},
    {"usage.not_a_value", "{name}: {value} is geen geheel getal."},
    {"usage.twice", "{name} staat er meer dan één keer."},
    {"usage.no_value", "achter {name} ontbreekt een waarde."},
    {"usage.wrong", "zo kan het niet. {detail}"},

    {"help.command", "Toon hulp bij een opdracht"},
    {"help.command.words", "De opdracht, zoals report submit; zonder: alle opdrachten"},

    {"file_fault.not_there", "bestaat niet"},
    {"file_fault.not_permitted", "u mag hier niet lezen of schrijven"},
    {"file_fault.is_folder", "is een map, geen bestand"},
    {"file_fault.no_folder", "is geen map"},
    {"file_fault.full", "de schijf is vol"},

    {"config.line", "regel {line}"},
    {"config.not_toml", "dit is geen geldige TOML."},
    {"config.unknown_key", "de instelling {name} bestaat niet."},
    {"config.unknown_service", "de dienst {name} bestaat niet."},
    {"config.not_text", "{name} moet tekst tussen aanhalingstekens zijn."},
    {"config.not_a_table", "{name} moet een tabel zijn, zoals [server.intake]."},
    {"config.half_server", "bij {name} horen endpoint en key."},
    {"config.bad_timeout",
     "SAMENSPEL_TIMEOUT moet een geheel getal van 1 tot en met 600 zijn (seconden)."},
    {"config.no_secret",
     "In de configuratie en de omgeving staat niet waar uw geheime sleutel ligt (secret)."},
    {"config.bad_secret", "{file}: dit is geen CURVE-sleutel."},

    {"roster.whole", "bestand"},
    {"roster.unreadable", "Het bestand {file} is niet te lezen. Er is niets veranderd."},
    {"roster.nothing_in_it",
     "In {file} staan geen organisaties, mensen of diensten. Er is niets veranderd."},

    {"roster_fault.missing", "dit moet ingevuld zijn"},
    {"roster_fault.unknown_field", "dit veld kent een roosterbestand niet."},
    {"roster_fault.trailing_text", "na het rooster staat nog iets"},

    {"coverage.amount", "{count} x, samen {length}"},
    {"coverage.empty", "leeg: {amount}"},
    {"coverage.thin", "rust op één persoon: {amount}"},

    {"gap.one_each", "rust telkens op één persoon"},

    {"service_state.silent", "antwoordt niet"},
    {"service_state.turned", "weigert ons"},

    {"owner.offered_to_you", "u bent gevraagd het over te nemen"},

    {"submit.owner", "u, tot een collega van uw meldpunt de melding neemt"},
    {"submit.owner_until", "u, tot iemand van {desk} de melding neemt"},
    {"submit.claim",
     "Pakt u het zelf op, typ: samenspel claim {id}\n  Wat er bij uw meldpunt ligt: samenspel "
     "queue"},
    {"submit.look", "Hoe het ermee staat: samenspel report show {id}"},
    {"submit.logged", "Vastgelegd in het controlelog (regels: {count}); bewijs: {proof}."},
};

}  // namespace

std::span<const TextEntry> UsageDutch() { return kTexts; }

}  // namespace samenspel::cli
