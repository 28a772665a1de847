// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_looks.h"

namespace samenspel::simulation {

/// People who are asked to a table: accept, late or never; some for a seat that is not theirs.
class Table {
 public:
  Table(Stage& stage, Cases& cases, Looks& looks) : stage_(stage), cases_(cases), looks_(looks) {}

  /// Somebody whose seat waits takes it.
  void AcceptSome();
  /// Somebody reads what meetings there are for them.
  void ListSome();
  /// The same seat twice at once, or with an old version.
  void Collide();

 private:
  Story* Planned();
  void Accept(Person& who, Story& story, const meeting::v1::Mdo& mdo, uint64_t seen);
  void CheckListed(Person& who, const meeting::v1::ListMdos& wish,
                   const meeting::v1::MdosListed& listed);

  Stage& stage_;
  Cases& cases_;
  Looks& looks_;
};

}  // namespace samenspel::simulation
