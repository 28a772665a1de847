// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/fuzz/stage.h"

namespace samenspel::fuzz {

// Made at the first call, and the same from then on: nothing that is asked has an effect.
const Stage& IntakeStage();
const Stage& MeetingStage();
const Stage& EscalationStage();
const Stage& AuditStage();

}  // namespace samenspel::fuzz
