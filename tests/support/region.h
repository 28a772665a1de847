// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/demo/region.h"
#include "common/bus/client.h"
#include "common/bus/registry.h"
#include "tests/support/port.h"
#include "tests/support/process.h"
#include "tests/support/scratch.h"

namespace samenspel::support {

inline constexpr std::string_view kServices[] = {"intake", "meeting", "escalation", "audit"};
/// The invented region that all tests play in.
inline constexpr uint64_t kRegionSeed = 1;
/// Long enough for a loaded machine; nothing waits this long when all is well.
inline constexpr base::milliseconds kPatience{20'000};

/// Somebody, or something, with a key.
struct Member {
  std::string id;
  std::string organisation;
  std::string function;
  std::string role;
  std::string purpose;
  std::string employer = {};  ///< Empty: the organisation.
};

/// A region of its own in a scratch folder: keys, registry, the delivered configs on free ports,
/// and the four daemons as processes. Made without starting any. Laid out as deploy/up.sh does:
/// bin aside, folder() holds config/ data/ log/ registry/ secrets/ spool/.
/// Members: desk-vt and desk-vt2 (Veilig Thuis), desk-gi (another desk), duty-vt (duty manager of
/// Veilig Thuis), table-gi (a registered protection worker of the institution, lent to the local
/// team: P.05), privacy-vt, manager, auditor,
/// operator.
class Region {
 public:
  static constexpr std::string_view kOwnOrganisation = "org_region";
  Region();

  const std::string& folder() const { return scratch_.path(); }
  std::string ConfigPath(std::string_view name) const;
  std::string LogText(std::string_view service) const;
  const Port& PortOf(std::string_view service) const { return *ports_.find(service)->second; }

  /// Where a daemon shows its metrics.
  const Port& MetricsPortOf(std::string_view service) const {
    return *metrics_ports_.find(service)->second;
  }

  /// From its next start on this daemon is the one in `programs`, a folder of another build's
  /// programs; empty: this build's. Its config and rules stay.
  void Install(std::string_view service, const std::string& programs);
  /// Config and rules of this daemon as another build delivers them: `samples` is its
  /// deploy/config.
  void Configure(std::string_view service, const std::string& samples);

  /// All of them, until each answers.
  void Start();
  /// Without waiting for it.
  ///   environment  "NAME=value"
  void Launch(std::string_view service, const std::vector<std::string>& environment = {});
  void AwaitReady(std::string_view service);
  /// Asks it to stop; returns its exit code.
  int Stop(std::string_view service);
  /// Stops all that run and expects that each ends well.
  void StopAll();
  Process& Daemon(std::string_view service) { return *daemons_.find(service)->second; }
  /// Runs a daemon's program in the foreground: {"--verify"}.
  Outcome RunDaemon(std::string_view service, const std::vector<std::string>& flags) const;

  /// Makes a key and a registry file for somebody new.
  void Enter(const std::string& name, const Member& member);
  /// Enters the registry file of a member again, changed; daemons see it within half a second.
  void Reenter(const bus::Principal& principal);
  const bus::Principal& PrincipalOf(const std::string& name) const;
  const std::string& Organisation(std::string_view kind) const;

  /// A connection of a member to a service; it comes up by itself.
  std::unique_ptr<bus::Client> Connect(const std::string& name, std::string_view service) const;
  std::unique_ptr<bus::Client> Connect(const bus::CurveKeys& keys, std::string_view service) const;
  /// Registers organisations, professionals and their duty shifts of the coming days; and the
  /// members, with desk-vt2 as deputy of desk-vt, of whom duty-vt and table-gi are on duty all the
  /// time. Of equally busy protection workers the planner takes table-gi.
  void LoadRoster(int professionals, int days);
  /// Until every daemon has followed all that the others hold.
  void Settle() const;

  /// The command line as somebody types it, in English.
  Program Client(const std::string& name, const std::vector<std::string>& words) const;

 private:
  void MakeService(std::string_view service);
  void EnterMembers();
  void AddMembersToRoster();
  void WriteDaemonConfig(std::string_view service) const;
  std::string ProgramOf(std::string_view service) const;
  void WriteClientConfig(const std::string& name, const Member& member) const;
  std::string Filled(const std::string& sample,
                     const std::map<std::string, std::string>& values) const;
  std::string FilledFile(const std::string& path,
                         const std::map<std::string, std::string>& values) const;

  ScratchFolder scratch_;
  std::map<std::string, std::unique_ptr<Port>, std::less<>> ports_;
  std::map<std::string, std::unique_ptr<Port>, std::less<>> metrics_ports_;
  std::map<std::string, bus::CurveKeys, std::less<>> keys_;
  std::map<std::string, bus::Principal, std::less<>> principals_;
  std::string log_key_;
  demo::Region people_;
  std::map<std::string, std::string, std::less<>> programs_;  // Folders of other builds' programs.
  std::map<std::string, std::unique_ptr<Process>, std::less<>> daemons_;
};

/// Where this build put the programs.
std::string DaemonProgram(std::string_view service);
std::string ClientProgram();
/// A file of the checkout.
std::string SourcePath(std::string_view path);

}  // namespace samenspel::support
