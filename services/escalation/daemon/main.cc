// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/service.h"

int main(int argc, char** argv) {
  return samenspel::daemon::RunDaemon(argc, argv, "escalation",
                                      samenspel::escalation::Service::Make);
}
