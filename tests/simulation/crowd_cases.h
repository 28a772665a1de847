// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_stage.h"

namespace samenspel::simulation {

/// Whether somebody may know of a case, as far as a bystander can tell.
enum class Knows { kYes, kPerhaps, kNo };

/// What people believe of a report, and what they may be answered when they change it.
class Cases {
 public:
  explicit Cases(Stage& stage) : stage_(stage) {}

  /// Nobody has changed it, or is about to, without having heard what came of it.
  bool IsQuiet(const Story& story) const;
  Knows KnowsOf(const Person& who, const Story& story) const;
  /// The same once an answer is there.
  ///   before  what it was when the request was sent; `mine`: story.changes then
  Knows KnowsNow(const Person& who, const Story& story, Knows before, uint64_t mine) const;
  bool IsOfDesk(const Person& who, const Story& story) const {
    return who.Is("desk_worker") && who.organisation() == story.standing.ownership().desk();
  }
  bool IsSettled(const Story& story) const {
    return story.standing.outcome() != intake::v1::OUTCOME_UNSPECIFIED;
  }
  /// A person gets a part in the case, or may get one.
  void GiveWay(Story& story, const std::string& person);

  /// Takes over what a report was shown like; complains when one version shows two things, or one
  /// that was there before `least`.
  void Learn(Person& who, Story& story, const intake::v1::ReportChanged& shown, uint64_t least);

  /// Somebody changes a report.
  ///   wishes  the answers that fit what is believed of it, when nobody comes between
  ///   seen    expected version; 0: none
  ///   then    sees what came of it when it was done
  using Then = std::function<void(const common::v1::Reply& reply)>;
  std::string Change(Person& who, Story& story, const intake::v1::Request& request,
                     const std::string& what, const Rights& wishes, uint64_t seen = 0,
                     Then then = nullptr);
  /// Who sent it, and their desk, know of it for good.
  static bool KnowsForGood(const Person& who, const Story& story) {
    return who.id() == story.sender ||
           (who.Is("desk_worker") && who.organisation() == story.organisation);
  }
  /// Refusals that ownership, outcome and version call for; those of all kinds of change alike.
  Rights RefusalsOf(const Person& who, const Story& story, uint64_t seen) const;
  /// Something that everybody sees has changed since that version.
  bool IsStale(const Story& story, uint64_t seen) const;

 private:
  void Answered(Person& who, Story& story, const intake::v1::Request& request,
                const common::v1::Reply& reply, uint64_t least);
  void CheckDone(Person& who, const intake::v1::Request& request,
                 const intake::v1::ReportChanged& changed);
  void CheckConflict(Person& who, const intake::v1::Request& request,
                     const intake::v1::ReportChanged& changed);

  Stage& stage_;
};

}  // namespace samenspel::simulation
