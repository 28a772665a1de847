// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

// What the daemons of the bare pipe say to each other: numbers of 8 bytes in the machine's order,
// and the rest of the message as it is.
namespace samenspel::bench::floor_pipe {

enum Service : uint64_t { kIntake, kMeeting, kEscalation, kAudit, kServices };
inline constexpr const char* kServiceNames[] = {"intake", "meeting", "escalation", "audit"};

enum Kind : uint64_t {
  kSubmit,  ///< {id} and the report; answered with its number.
  kAwait,   ///< {id, by, report}: answered when what `by` wrote about the report is durable here.
  kDone,    ///< {id, report}: the answer to either.
  kFollow,  ///< {who}: from now on who asks is sent what is written.
  kFrame,   ///< {from, entries} and the entries.
};

/// What one daemon wrote about a report.
struct Entry {
  uint64_t by = 0;
  uint64_t report = 0;  ///< Its number at intake.
  uint64_t note = 0;    ///< 1: nobody but audit wants it.
  std::string payload;
};

inline void PutNumber(std::string& out, uint64_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

inline void PutEntry(std::string& out, const Entry& entry) {
  PutNumber(out, entry.by);
  PutNumber(out, entry.report);
  PutNumber(out, entry.note);
  PutNumber(out, entry.payload.size());
  out += entry.payload;
}

inline std::string MessageOf(std::initializer_list<uint64_t> numbers) {
  std::string message;
  for (const uint64_t number : numbers) PutNumber(message, number);
  return message;
}

/// Takes a message apart; a number that is not there is 0.
class Reader {
 public:
  explicit Reader(std::string_view message) : rest_(message) {}

  uint64_t Number() {
    uint64_t number = 0;
    if (rest_.size() < sizeof number) return 0;
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
    return number;
  }
  Entry TakeEntry() {
    Entry entry;
    entry.by = Number();
    entry.report = Number();
    entry.note = Number();
    const size_t size = std::min<size_t>(Number(), rest_.size());
    entry.payload = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return entry;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace samenspel::bench::floor_pipe
