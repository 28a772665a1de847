// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "common/tlog/note_key.h"
#include "tests/simulation/model/log.h"
#include "tests/simulation/model/watch.h"

namespace samenspel::simulation::model {

inline constexpr const char* kOrigin = "samenspel.example/model";
/// 21 November 2026, 09:00 UTC.
inline constexpr int64_t kStart = 1'795'251'600'000;
inline constexpr int64_t kMinute = 60'000;

/// What services are to write down, told entry by entry under names of their own, so that a test
/// can change one of them and see who notices. Numbers, chain, versions and audit's leaves are made
/// when it is handed to a watch.
class Told {
 public:
  struct Draft {
    std::string name;
    size_t service = 0;
    int64_t at_ms = 0;
    int64_t true_ms = 0;       // When it was in truth; 0: as it is stamped.
    int64_t clock_off_ms = 0;  // Of its machine, from the truth.
    std::string cause;         // Name of another draft; empty: none.
    common::v1::EntryHeader header;
    std::vector<std::string> sealed;
    std::function<void(store::Stored&)> finish;  // Tampers with the finished entry.
    bool restarted = false;                      // The daemon restarts before it.
    bool left_out = false;                       // It becomes no leaf.
  };

  /// An entry of `service` at that moment; its daemon's own until By or From say otherwise.
  Told& Entry(const std::string& name, size_t service, int64_t at_ms, const std::string& kind);
  Told& By(const std::string& person, const std::string& organisation,
           const std::string& purpose = "child_safety");
  Told& From(const std::string& cause);
  Told& Outcome(common::v1::Status status, const std::string& subject = "");
  Told& Rules(const std::string& toml);
  template <class Event>
  Told& Says(const std::string& stream, const Event& event, bool urgent = false) {
    auto& record = *drafts_.back().header.add_events();
    record.set_stream(stream);
    record.set_kind(static_cast<uint32_t>(event.kind_case()));
    record.set_urgent(urgent);
    record.set_payload(event.SerializeAsString());
    return *this;
  }
  /// When it was in truth, and how far off the truth its machine's clock was.
  Told& In(int64_t true_ms, int64_t clock_off_ms = 0);
  /// A sealed part of that entry.
  Told& Seals(const std::string& bytes);

  Draft& Find(const std::string& name);
  void Drop(const std::string& name);
  /// Puts a copy of one entry behind another.
  Draft& Repeat(const std::string& name, const std::string& behind);
  /// Changes event `i` of an entry.
  template <class Event>
  void Change(const std::string& name, int i, const std::function<void(Event& event)>& change) {
    auto& record = *Find(name).header.mutable_events(i);
    Event event;
    event.ParseFromString(record.payload());
    change(event);
    record.set_kind(static_cast<uint32_t>(event.kind_case()));
    record.set_payload(event.SerializeAsString());
  }
  /// Changes what audit writes down of its leaves, each time.
  std::function<void(audit::v1::LeavesAppended& appended)> change_leaves;

  /// Everything that a watch says of it; `answers` is called when all is told.
  Findings Hear(const std::function<void(Watch& watch)>& answers = {}, bool to_the_end = true);

  /// Where an entry stands; after Hear.
  common::v1::Ref RefOf(const std::string& name) const { return refs_.at(name); }
  const common::v1::EntryHeader& HeaderOf(const std::string& name) const {
    return headers_.at(name);
  }

 private:
  void Commit(Watch& watch, Draft draft);
  void Append(Watch& watch, int64_t at_ms);

  std::vector<Draft> drafts_;
  std::map<std::string, common::v1::Ref> refs_;
  std::map<std::string, common::v1::EntryHeader> headers_;
  std::array<std::string, kPlaces> previous_;
  std::array<uint64_t, kPlaces> sequences_{};
  std::array<std::map<std::string, uint64_t>, kPlaces> versions_;
  std::vector<audit::v1::Run> runs_;
  GrowingTree tree_;
};

/// A morning that went well: a region is set up, a red report is convened, rings, is acknowledged,
/// held, read by who may and by who broke the glass; a provisional red is confirmed, another
/// convenes by itself; an amber one is claimed, handed over and settled.
Told GoodMorning();

/// What somebody did wrong in it, and what must be said of it.
struct Wrong {
  const char* name;
  const char* says;
  std::function<void(Told& told)> change;
};
inline void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.says; }

}  // namespace samenspel::simulation::model
