// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/watch.h"
#include "tests/simulation/person.h"

namespace samenspel::simulation::model {

void Watch::Answered(const Acknowledged& answer) {
  Answered(answer.principal, answer.server, answer.reply);
}

}  // namespace samenspel::simulation::model
