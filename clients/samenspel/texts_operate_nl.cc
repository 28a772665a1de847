// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

namespace samenspel::cli {
namespace {

constexpr TextEntry kTexts[] = {
    {"help.roster", "Dienstroosters"},
    {"help.roster.load",
     "Laad organisaties, mensen en diensten uit een JSON-bestand; alleen wat verschilt"},
    {"help.roster.file", "Bestand zoals samenspel region demo --print het toont"},
    {"help.roster.show", "Toon wie wanneer dienst heeft (anders de komende 24 uur)"},
    {"help.roster.function", "Alleen deze functie"},
    {"help.roster.organisation", "Alleen deze organisatie"},
    {"help.roster.on_duty", "Alleen wie dienst heeft; zonder tijd: nu"},
    {"help.roster.ids", "Toon ook de kenmerken van mensen"},
    {"help.roster.from", "Vanaf: dag, tijd, of tijd met offset (anders nu)"},
    {"help.roster.until", "Tot: dag, tijd, of tijd met offset"},
    {"help.roster.coverage", "Toon waar het rooster gaten heeft; eindigt met 1 als er een is"},
    {"help.roster.weeks", "Hoeveel weken vooruit (anders 2)"},
    {"help.policy", "Wie wat mag vragen, en waarom"},
    {"help.policy.explain", "Leg uit waarom iemand iets in een zaak wel of niet mag"},
    {"help.policy.who", "me, of het kenmerk van een persoon"},
    {"help.policy.what", "Soort verzoek aan intake, zoals show_report"},
    {"help.policy.case", "Melding of zaaknummer"},
    {"help.settings", "Instellingen"},
    {"help.config.show", "Toon alle instellingen; van geheimen alleen waar ze liggen"},
    {"help.config.origin", "Zeg ook waar elke instelling vandaan komt"},
    {"help.purpose.show", "Toon waarvoor u nu vraagt"},
    {"help.purpose.set", "Kies waarvoor u vraagt, voor deze aanmelding"},
    {"help.purpose.code", "Doel, zoals child_safety"},
    {"help.purpose.forget", "Vergeet wat bewaard was"},
    {"help.clock", "Toon van elke dienst de eigen tijd naast de klok van haar machine"},
    {"help.clock.accept", "Laat diensten de klok van hun machine volgen die zij niet geloven"},
    {"help.clock.service", "Alleen deze dienst (anders alle die haar niet geloven)"},
    {"help.glossary", "Leg een woord uit het vak of van dit programma uit"},
    {"help.glossary.term", "Nederlands of Engels woord; zonder: alle woorden"},
    {"help.completion", "Aanvullen met de tabtoets"},
    {"help.completion.bash", "Geef het script voor bash: source <(samenspel completion bash)"},
    {"help.manual", "Geef de handleiding als bron voor scdoc"},
    {"help.top", "Toon steeds hoe het de diensten gaat; q stopt"},
    {"help.top.interval", "Hoeveel seconden tussen twee keer kijken (anders 2)"},
    {"help.top.once", "Toon het één keer, zonder scherm"},
    {"help.audit.verify", "Controleer het hele log: handtekening, bomen en ketens"},
    {"help.audit.export", "Schrijf het hele log in een map, om met andere programma's na te gaan"},
    {"help.audit.folder", "Lege of nieuwe map"},

    {"label.log", "Log"},
    {"label.since", "Sinds toen"},
    {"label.leaves", "Regels"},
    {"table.version", "Versie"},
    {"table.uptime", "Draait al"},
    {"table.attention", "Aandacht"},
    {"table.rate", "Per s"},
    {"table.behind", "Achter"},
    {"table.unclaimed", "Onverdeeld"},
    {"table.alarms", "Alarmen"},
    {"table.refused", "Geweigerd"},
    {"table.request", "Verzoek"},
    {"table.effect", "Wat het doet"},
    {"table.purposes", "Doelen"},
    {"table.setting", "Instelling"},
    {"table.value", "Waarde"},
    {"table.origin", "Vandaan"},
    {"table.organisation", "Organisatie"},
    {"table.own_time", "Eigen tijd"},
    {"table.wall_clock", "Klok van de machine"},
    {"table.difference", "Verschil"},
    {"table.on_duty", "Dienst"},

    {"audit.progress", "Het log wordt gelezen: {done} van {all}"},
    {"audit.signed", "{origin}, {size} regels, met een goede handtekening"},
    {"audit.first_time", "De eerste keer hier: er is nog niets om mee te vergelijken."},
    {"audit.continues", "Begint precies met het log van {size} regels dat hier eerder gezien is."},
    {"audit.root_holds", "Alle {size} gelezen; hun wortel is die onder de handtekening."},
    {"audit.chain_holds",
     "{count} regels, tot en met {last}: geen ontbreekt, elke noemt die ervoor"},
    {"audit.own_chain_holds",
     "{count} regels, tot en met {last}: op volgorde (wat ertussen ontbreekt zijn de "
     "ondertekeningen zelf)"},
    {"audit.all_holds", "Het log klopt."},
    {"audit.does_not_hold",
     "HET LOG KLOPT NIET. Vertrouw het niet, en waarschuw meteen de beheerder en de "
     "toezichthouder."},
    {"audit.at_leaf", "Regel {leaf} van het log, van {service}:"},
    {"audit.more_faults", "En nog {count} fouten."},
    {"audit.seen_unreadable",
     "{file} hoort het log te noemen dat hier het laatst gezien is, maar is geen ondertekening met "
     "deze sleutel.\n"
     "  Is de sleutel van het log met reden veranderd, haal het bestand dan weg."},
    {"log_fault.signature", "de ondertekening is niet goed"},
    {"log_fault.root", "de gelezen regels geven een andere wortel dan is ondertekend"},
    {"log_fault.shorter", "het log is korter dan het hier al eens was"},
    {"log_fault.not_continued", "het log gaat niet door op wat hier eerder gezien is"},
    {"log_fault.short_read", "hier houdt het log op, voor het einde dat is ondertekend"},
    {"log_fault.header", "dit is niet te lezen"},
    {"log_fault.gap", "er ontbreken regels voor deze"},
    {"log_fault.previous_hash", "deze noemt een andere regel ervoor dan die er staat"},
    {"log_fault.epoch", "deze hoort bij een eerder leven van het journaal"},
    {"log_fault.repeated", "dit nummer is al geweest"},

    {"export.not_empty", "De map {folder} is niet leeg. Er is niets geschreven."},
    {"export.does_not_hold",
     "Het log klopt niet; typ: samenspel audit verify. In {folder} staat geen geldige kopie."},
    {"export.done", "{size} regels geschreven in {folder}. Hoe na te gaan: README.txt in die map."},
    {"export.readme",
     "Een kopie van het controlelog {origin}, zoals het was bij {size} regels.\n"
     "\n"
     "checkpoint       wie wat ondertekende: een signed note (C2SP signed-note, tlog-checkpoint)\n"
     "tile/L/...       hashes van de Merkle-boom (C2SP tlog-tiles; RFC 6962, SHA-256)\n"
     "tile/entries/... de regels, 256 per bestand, elk na haar lengte in twee bytes, grootste "
     "eerst\n"
     "\n"
     "Na te gaan met elk programma dat tlog-tiles leest. De controlesleutel van het log, die "
     "gelijk moet\n"
     "zijn aan de sleutel die u van elders hebt:\n"
     "\n"
     "  {key}\n"
     "\n"
     "In Go: golang.org/x/mod/sumdb/note (Open) voor checkpoint, en golang.org/x/mod/sumdb/tlog\n"
     "(RecordHash, TileHashReader, CheckRecord, CheckTree) voor regels en boom. Met de hand, regel "
     "0:\n"
     "\n"
     "  bytes=$((16#$(head -c 2 tile/entries/000* | xxd -p)))\n"
     "  (printf '\\000'; tail -c +3 tile/entries/000* | head -c $bytes) | sha256sum\n"
     "  head -c 32 tile/0/000* | xxd -p -c 32\n"
     "\n"
     "(is het log klein, dan is het bestand 000.p/N in plaats van 000). Beide moeten gelijk zijn, "
     "en zo\n"
     "voor elke regel; de wortel over tile/0 moet die in checkpoint zijn, in base64.\n"
     "\n"
     "Een regel is een protobuf-bericht, samenspel.common.v1.EntryHeader: wie wat vroeg, wanneer,\n"
     "waarvoor, en wat ervan kwam. Er staan geen gegevens van gezinnen in; van wat verzegeld is "
     "alleen\n"
     "de hash.\n"},

    {"roster.refused", "Het rooster is niet geladen. Er is niets veranderd."},
    {"roster.progress", "Het rooster wordt geladen: {done} van {all}"},
    {"roster.nothing_differs", "Alles stond er al zo. Er is niets veranderd."},
    {"roster.loaded",
     "Nieuw of veranderd: organisaties {organisations}, professionals {professionals}, diensten "
     "van {shifts} mensen."},
    {"roster.off_duty", "geen dienst"},
    {"roster.nobody", "Niemand."},
    {"roster.unknown_function", "--function: de functie {text} bestaat niet. Bekend: {known}."},
    {"roster.unknown_organisation",
     "--organisation: {text} staat niet in het rooster. Bekend: {known}."},
    {"roster.namesakes",
     "--organisation: er heten er meer {text}. Typ het kenmerk van wie u bedoelt: {known}."},
    {"roster.bad_times",
     "Dit zijn geen goede tijden: een dag (2026-11-21), een tijd (2026-11-21 20:45) of een tijd "
     "met offset, en het einde na het begin."},
    {"coverage.period", "Bezetting van {when}"},
    {"coverage.whole", "steeds bezet"},
    {"coverage.has_holes", "Er zijn gaten: wie het rooster maakt, is aan zet."},
    {"coverage.no_holes", "Geen gaten."},
    {"coverage.more", "Er is meer dan hier past: kies een kortere tijd."},
    {"gap.nobody_holds", "niemand in de regio heeft deze functie"},
    {"gap.nobody_on_duty", "niemand heeft dienst"},
    {"gap.all_booked", "wie dienst heeft, zit al ergens anders"},
    {"gap.one_person", "rust op één persoon"},

    {"effect.read", "lezen"},
    {"effect.change", "veranderen"},
    {"effect.internal", "alleen de dienst zelf"},
    {"policy.yes", "JA: {who} mag {what} in {case}."},
    {"policy.no", "NEE: {who} mag niet {what} in {case}."},
    {"policy.registered", "Staat in het register, met een sleutel die geldt."},
    {"policy.not_registered", "Staat niet in het register, of de sleutel geldt niet."},
    {"policy.role_fits", "Heeft een rol die hiervoor nodig is: {roles} (nodig: {needed})."},
    {"policy.role_lacks", "Heeft geen rol die hiervoor nodig is: {roles} (nodig: {needed})."},
    {"policy.purposes", "Moet een van deze doelen noemen: {purposes}."},
    {"policy.acts_for",
     "Handelt voor {organisation}, in dienst bij {employer}. Rechten volgen voor wie men handelt."},
    {"policy.involved", "Is bij de zaak betrokken, of dat is hiervoor niet nodig:"},
    {"policy.not_involved", "Is nu niet bij de zaak betrokken; wat er was:"},
    {"policy.by_name", "op naam"},
    {"policy.by_organisation", "als {role} van {organisation}"},
    {"policy.from", "sinds {time}"},
    {"policy.until", "tot {time}"},
    {"policy.ended", "geëindigd {time}"},
    {"policy.open", "zonder einde"},
    {"policy.secret_location",
     "Er is een geheime plek. Die staat alleen open voor wie in de kring zit."},
    {"policy.hidden_reporter",
     "Er is een geheime melder. Die staat alleen open voor wie in de kring zit."},
    {"policy.bad_who", "Wie: me, of een kenmerk zoals pro_..."},
    {"policy.bad_what", "Dit verzoek kent intake niet. Wel: {names}."},
    {"policy.bad_case", "Dit is geen melding of zaaknummer. Voorbeelden: rpt_..., 2026-004711-J"},
    {"involvement.sender", "afzender"},
    {"involvement.desk", "meldpunt"},
    {"involvement.owner", "eigenaar"},
    {"involvement.first_step", "houdt het kind veilig"},
    {"involvement.seat", "plaats aan tafel"},
    {"involvement.break_glass", "noodknop"},
    {"involvement.alarm", "gevraagd door een alarm"},

    {"purpose.must_be_given",
     "Zeg waarvoor u dit vraagt: --purpose CODE, SAMENSPEL_PURPOSE, samenspel purpose set CODE, of "
     "purpose in de configuratie. Kies uit:"},
    {"purpose.question", "Waarvoor vraagt u dit? Het wordt vastgelegd bij alles wat u doet."},
    {"purpose.prompt", "Nummer of code:"},
    {"purpose.kept", "Onthouden tot u zich afmeldt. Anders kiezen: samenspel purpose set CODE"},
    {"purpose.none_chosen", "Er is geen doel gekozen. Er is niets gevraagd."},
    {"purpose.nowhere",
     "Er is geen plek om het te bewaren: deze aanmelding heeft geen XDG_RUNTIME_DIR, of de "
     "configuratie geen principal. Gebruik --purpose of SAMENSPEL_PURPOSE."},
    {"purpose.not_chosen", "Er is nog geen doel gekozen."},
    {"purpose.now", "{code}: {words} ({where})"},
    {"purpose.unknown", "Dit doel bestaat niet. Kies uit:"},
    {"purpose.set", "U vraagt nu voor {code}, tot u zich afmeldt."},
    {"purpose.forgotten", "Vergeten. Nu geldt weer wat de configuratie zegt."},
    {"purpose_word.child_safety", "de veiligheid van een kind"},
    {"purpose_word.region_setup", "de regio inrichten: organisaties, mensen, roosters"},
    {"purpose_word.privacy_review", "nagaan of inzage terecht was"},
    {"purpose_word.audit", "toezicht op wat er is vastgelegd"},

    {"config.not_said", "-"},
    {"origin.flag", "opdrachtregel"},
    {"origin.environment", "omgeving"},
    {"origin.session", "deze aanmelding"},
    {"origin.file", "bestand"},
    {"origin.default", "standaard"},

    {"glossary.source", "Bron: {source}"},
    {"glossary.unknown", "Het woord {term} staat niet in de woordenlijst."},
    {"glossary.near", "Bedoelt u misschien: {names}?"},

    {"span.seconds", "{count} s"},
    {"span.minutes", "{count} min"},
    {"span.hours", "{count} uur"},
    {"span.days", "{count} d"},
    {"clock.believed", "geloofd"},
    {"clock.ahead", "{span} voor, niet geloofd"},
    {"clock.behind", "{span} achter, niet geloofd"},
    {"clock.advice",
     "Een dienst die haar klok niet gelooft gaat verder op eigen tijd; haar termijnen lopen door.\n"
     "Vergelijk beide met een klok die u vertrouwt.\n"
     "Is de klok van de machine fout: zet haar goed, dan wordt zij vanzelf weer geloofd.\n"
     "Is zij goed: samenspel clock accept"},
    {"clock.nothing", "de klok wordt geloofd; er is niets recht te zetten."},
    {"clock.went_forward",
     "volgt de klok weer; de tijd ging {span} vooruit. Termijnen die daartussen lagen gaan nu af."},
    {"clock.went_back",
     "volgt de klok weer; de tijd ging {span} terug. Termijnen die liepen houden de tijd die zij "
     "nog hadden; overleggen blijven op de afgesproken tijd: loop samenspel meeting list na."},
    {"clock.away", "antwoordt niet; er is niets rechtgezet."},
    {"clock.no_answer", "is gevraagd en antwoordde niet: kijk met samenspel clock."},
    {"status.clock", "klok wijkt {span} af: samenspel clock"},
    {"status.disk_low", "schijf bijna vol"},
    {"status.registry_refused", "register onleesbaar: een oud is van kracht"},
    {"status.alarms", "alarmen: {count}"},
    {"status.unclaimed", "onverdeeld: {count}"},
    {"status.lagging", "{who} loopt achter"},
    {"status.turned_away", "geweigerd: {count}"},
    {"top.alarms", "Alarmen open: {count}"},
    {"top.clock", "{service} gelooft haar klok niet, die {span} afwijkt: samenspel clock"},
    {"top.no_alarms", "Geen alarm open."},
    {"top.away", "weg"},
    {"top.refuses", "weigert"},
    {"top.alarms_unknown", "{service} antwoordt niet: alarmen onbekend"},
    {"top.queue_unknown", "{service} antwoordt niet: wachtrij onbekend"},
    {"top.unknown", "{service} antwoordt niet"},
    {"top.no_escalation", "De config zegt niet waar escalation is: alarmen onbekend"},
    {"top.how", "Elke {seconds} s; q stopt."},

    {"manual.name", "NAAM"},
    {"manual.synopsis", "SAMENVATTING"},
    {"manual.shape", "_DING_ _WERKWOORD_ \\[_OPTIES_\\]"},
    {"manual.options", "OPTIES"},
    {"manual.commands", "OPDRACHTEN"},
    {"manual.exit_codes", "HOE HET EINDIGT"},
    {"manual.files", "BESTANDEN"},
    {"manual.config", "Wie u bent, waar de diensten zijn; zie samenspel config show --origin."},
    {"manual.session", "Wat tot het afmelden bewaard blijft: waarvoor u vraagt."},
    {"exit_code.0", "Gelukt."},
    {"exit_code.1", "Een regel zegt nee, of een bewijs klopt niet."},
    {"exit_code.2", "Niet goed ingevuld: formulier, configuratie of opdrachtregel."},
    {"exit_code.3", "Het is er niet, of u mag het niet weten."},
    {"exit_code.4", "Iemand anders was eerder."},
    {"exit_code.5", "U mag dit niet vragen."},
    {"exit_code.6", "Een dienst is weg of te druk; daar is niets gebeurd."},
    {"exit_code.7", "Verstuurd en niet beantwoord: de uitkomst is niet bekend."},

    {"reason.stands_twice", "dit staat er twee keer"},
    {"reason.not_a_time", "dit is geen tijd met offset (2026-11-21T20:45+01:00)"},
};

}  // namespace

std::span<const TextEntry> OperateDutch() { return kTexts; }

}  // namespace samenspel::cli
