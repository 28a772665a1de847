// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/region.h"
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/roster_file.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "common/tlog/sha256.h"

namespace samenspel::cli {
namespace {

// The same content has the same request id, so loading a region twice is for the daemon one repeat
// after another. The bits of version and variant are those of UUIDv7, as everywhere.
std::string RequestIdOf(const meeting::v1::Request& request) {
  std::string id = tlog::Sha256({"samenspel region demo\n", request.SerializeAsString()});
  id.resize(16);
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x70);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

std::vector<meeting::v1::Request> RequestsOf(const demo::Region& region) {
  std::vector<meeting::v1::Request> requests;
  for (const auto& organisation : region.organisations) {
    *requests.emplace_back().mutable_register_organisation()->mutable_organisation() = organisation;
  }
  for (const auto& person : region.professionals) {
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = person;
  }
  for (const auto& person : region.deputies) {  // Each is known by now.
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = person;
  }
  for (const auto& shifts : region.shifts) {
    *requests.emplace_back().mutable_set_shifts() = shifts;
  }
  return requests;
}

ExitCode Load(Context& context, const demo::Region& region) {
  Settings settings = context.settings;
  // Loading a region is not the purpose that a config for daily work names.
  settings.purpose = context.options.purpose.value_or("region_setup");
  const auto session = Session::Open(settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const std::vector<meeting::v1::Request> requests = RequestsOf(region);
  size_t done = 0;
  for (const meeting::v1::Request& request : requests) {
    const Heard heard =
        (*session)->Call("meeting", (*session)->EnvelopeOf(request, RequestIdOf(request)));
    if (heard.how == Heard::How::kNoAnswer) {
      return context.printer.Fail(kExitNoAnswer, "no_answer", context.Say("region.no_answer"));
    }
    if (!heard.ok()) return Explain(context.printer, **session, "meeting", heard);
    if (++done % 25 == 0) {
      context.printer.Progress(
          context.Say("region.progress",
                      {{"done", std::to_string(done)}, {"all", std::to_string(requests.size())}}));
    }
  }
  const std::string organisations = std::to_string(region.organisations.size());
  const std::string professionals = std::to_string(region.professionals.size());
  const std::string text = context.Say(
      "region.loaded", {{"organisations", organisations}, {"professionals", professionals}});
  context.printer.Result(context.printer.quiet() ? "" : text + "\n",
                         {{"organisations", region.organisations.size()},
                          {"professionals", region.professionals.size()}});
  return kExitOk;
}

}  // namespace

ExitCode RegionDemo(Context& context) {
  const RegionOptions& options = context.options.region;
  const demo::Region region =
      demo::Generate(options.seed, options.professionals, options.days, context.world.clock.Wall());
  if (!options.print) return Load(context, region);
  const Json object = RosterJson(region);
  context.printer.Verbatim(object.dump(2) + "\n", object);
  return kExitOk;
}

}  // namespace samenspel::cli
