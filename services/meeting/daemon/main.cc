// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/service.h"

int main(int argc, char** argv) {
  return samenspel::daemon::RunDaemon(argc, argv, "meeting", samenspel::meeting::Service::Make);
}
