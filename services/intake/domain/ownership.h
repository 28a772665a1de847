// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "services/intake/domain/case_list.h"

namespace samenspel::intake {

/// For whom those concerned act.
struct Owners {
  std::string desk;          ///< The owner's organisation.
  std::string offered_desk;  ///< That of the person who is asked to take it over.
};

/// Says who answers for a report from now on, and opens and ends the rights that go with it: the
/// owner, whoever is asked, their desks and the desk that took it know of the case; a former owner
/// keeps what desk or sender give (P.16).
///   note  words that go with it, perhaps none; null: those of before stay
void SetOwner(Changes& changes, const state::Report& report, const Stamp& stamp,
              const v1::Ownership& next, const Owners& owners, const v1::NotePrivate* note);

}  // namespace samenspel::intake
