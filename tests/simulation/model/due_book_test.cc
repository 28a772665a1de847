// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/due_book.h"

#include <gmock/gmock.h>

namespace samenspel::simulation::model {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

common::v1::ClockSeen Back(int64_t at_ms, int64_t by_ms) {
  common::v1::ClockSeen back;
  back.set_accepted(true);
  back.set_at_ms(at_ms);
  back.set_off_ms(-by_ms);
  return back;
}

TEST(DueBook, KeepsTheTimeThatWasLeftWhenTimeGoesBack) {
  DueBook book;
  book.Set("in five", 1005);
  book.Move(Back(1000, 900));
  EXPECT_THAT(book.DueBefore(105), IsEmpty());
  EXPECT_THAT(book.DueBefore(106), ElementsAre("in five"));
}

TEST(DueBook, WantsAtOnceWhatWasDueAndNotDoneWhenTimeWentBack) {
  DueBook book;
  book.Set("overdue", 990);
  book.Move(Back(1000, 900));
  EXPECT_THAT(book.DueBefore(100), IsEmpty());
  EXPECT_THAT(book.DueBefore(101), ElementsAre("overdue"));
}

}  // namespace
}  // namespace samenspel::simulation::model
