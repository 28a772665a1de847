// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/backup_note.h"

#include <charconv>
#include <map>
#include <sstream>

#include "common/base/hex.h"
#include "common/daemon/config.h"

namespace samenspel::daemon {
namespace {

std::string TimeText(base::Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

std::optional<uint64_t> NumberOf(const std::string& text) {
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

}  // namespace

std::string NoteText(const BackupNote& note) {
  return "service: " + note.service + "\nepoch: " + std::to_string(note.head.epoch) +
         "\nsequence: " + std::to_string(note.head.sequence) +
         "\nhash: " + base::ToHex(note.head.hash) + "\nmade_at: " + TimeText(note.made_at) +
         "\nversion: " + note.version + "\n";
}

std::optional<BackupNote> ParseNote(const std::string& text) {
  std::map<std::string, std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const size_t colon = line.find(": ");
    if (colon != std::string::npos) lines[line.substr(0, colon)] = line.substr(colon + 2);
  }
  const auto epoch = NumberOf(lines["epoch"]);
  const auto sequence = NumberOf(lines["sequence"]);
  BackupNote note;
  note.service = lines["service"];
  if (note.service.empty() || !epoch || !sequence) return std::nullopt;
  note.head = {*epoch, *sequence, FromHex(lines["hash"])};
  note.version = lines["version"];
  return note;
}

}  // namespace samenspel::daemon
