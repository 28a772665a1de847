// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/service.h"

int main(int argc, char** argv) {
  return samenspel::daemon::RunDaemon(argc, argv, "audit", samenspel::audit::Service::Make);
}
