// SPDX-License-Identifier: EUPL-1.2
// Makes the golden journals of a release (README.md): a small region without faults, always the
// same for the same code.  usage: make_golden FOLDER
#include <cstdio>

#include "common/base/file_system.h"
#include "common/base/hex.h"
#include "tests/golden/golden.h"
#include "tests/simulation/run.h"

namespace samenspel::golden {
namespace {

using base::Status;
using simulation::Machine;

constexpr uint64_t kSeed = 1;
constexpr int kReports = 14;

Status Dump(Machine& machine, base::FileSystem& files, const std::string& folder) {
  const std::string name = folder + "/" + machine.service();
  SAMENSPEL_RETURN_IF_ERROR(
      files.Replace(name + ".journal", EncodeJournal(RowsOf(machine.store()))));
  const std::string digest = StateDigest(machine.store(), machine.keys(), machine.entropy());
  SAMENSPEL_RETURN_IF_ERROR(files.Replace(name + ".state.sha256", digest + "\n"));
  store::Batch batch = machine.store().Begin();
  const daemon::View view(machine.store(), batch, machine.keys(), machine.entropy());
  if (view.next_key() == 1) return base::Ok();  // Nothing is sealed here.
  const auto block = machine.disk().files().Read("/keys/block-00000001");
  if (!block.ok()) return block.status();
  return files.Replace(name + ".block-00000001", *block);
}

int Make(const std::string& folder) {
  simulation::SimulatedRun run({.seed = kSeed, .hours = 1, .commands = kReports, .calm = true});
  for (const std::string& finding : run.Play()) {
    std::fprintf(stderr, "%s\n", finding.c_str());
    return 1;
  }
  const auto files = base::RealFileSystem();
  Status made = files->MakeDirectory(folder);
  if (made.ok()) {
    made = files->Replace(folder + "/test-master.key", base::ToHex(simulation::kMasterKey) + "\n");
  }
  for (size_t i = 0; i < simulation::kMachines && made.ok(); ++i) {
    made = Dump(run.world().machine(i), *files, folder);
  }
  if (made.ok()) return 0;
  std::fprintf(stderr, "%s\n", made.message().c_str());
  return 1;
}

}  // namespace
}  // namespace samenspel::golden

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_golden FOLDER\n");
    return 2;
  }
  return samenspel::golden::Make(argv[1]);
}
