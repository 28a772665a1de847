// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/service.h"

int main(int argc, char** argv) {
  return samenspel::daemon::RunDaemon(argc, argv, "intake", samenspel::intake::Service::Make);
}
