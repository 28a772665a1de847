// SPDX-License-Identifier: EUPL-1.2
// samenspel-kill-checker RECORD FOLDER: compares what clients were answered with all stores of a
// region whose daemons have stopped. Exit code 0: all is as it was told; 1: a line for each thing
// that is not; 2: wrong use.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/kill/checker.h"

namespace {

using samenspel::kill::Evidence;
using samenspel::kill::Judgement;

int Complain(const std::string& what) {
  std::fprintf(stderr, "samenspel-kill-checker: %s\n", what.c_str());
  return 2;
}

void Judge(const std::vector<samenspel::kill::Answered>& record, const std::string& folder,
           Judgement& judgement) {
  const Evidence evidence(folder, judgement);
  samenspel::kill::CheckChains(evidence, judgement);
  samenspel::kill::CheckAnswers(record, evidence, judgement);
  samenspel::kill::CheckOnce(evidence, judgement);
  samenspel::kill::CheckMeetings(evidence, judgement);
  samenspel::kill::CheckLog(evidence, judgement);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return Complain("RECORD FOLDER, please");
  std::ifstream file(argv[1]);
  if (!file) return Complain(std::string("cannot read ") + argv[1]);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto record = samenspel::kill::ParseRecord(text);
  if (!record.ok()) return Complain(record.status().message());
  Judgement judgement;
  Judge(*record, argv[2], judgement);
  samenspel::kill::CheckByReplay(argv[2], judgement);
  for (const auto& [what, count] : judgement.counts) std::printf("%8zu %s\n", count, what.c_str());
  for (const std::string& finding : judgement.findings) std::printf("FOUND %s\n", finding.c_str());
  std::printf("%zu findings\n", judgement.findings.size());
  return judgement.findings.empty() ? 0 : 1;
}
