// SPDX-License-Identifier: EUPL-1.2
// What a daemon reads back from its own disk: rows of the journal, the watermark, backup notes.
#include "common/daemon/backup_note.h"
#include "common/daemon/replay.h"
#include "common/store/bytes.h"
#include "common/store/store.h"
#include "common/store/watermark.h"
#include "common/tlog/sha256.h"
#include "tests/fuzz/targets.h"
#include "tests/golden/golden.h"

namespace samenspel::fuzz {
namespace {

void RunJournalEntry(std::string_view input) {
  const auto entry = store::ParseStored(input);
  if (entry == nullptr) return;
  Promise(store::RowOf(*entry) == input, "a row that is read is written as it was");
  Promise(entry->hash == tlog::Sha256(entry->bytes), "a hash is that of the header's bytes");
  common::v1::EntryHeader header;
  Promise(header.ParseFromString(entry->bytes), "a header is read once more");
  Promise(header.sequence() == entry->header.sequence() &&
              header.events_size() == entry->header.events_size(),
          "a header says the same twice");
}

const google::protobuf::Message* RowType(std::string_view) {
  return &common::v1::StoredEntry::default_instance();
}

// One row of each kind that a past release wrote.
std::vector<std::string> JournalEntrySeeds() {
  std::vector<std::string> seeds;
  for (const char* path : {"v0.1/audit", "v0.1/intake", "v0.2/escalation", "v0.2/meeting"}) {
    std::string last;
    const std::string journal = SourceFile("tests/golden/" + std::string(path) + ".journal");
    const auto rows = golden::DecodeJournal(journal);
    for (const std::string& row : *rows) {
      const std::string kind = store::ParseStored(row)->header.kind();
      if (row.size() <= 2048 && kind != last) seeds.push_back(row);
      last = kind;
    }
  }
  seeds.resize(std::min<size_t>(seeds.size(), 40));
  return seeds;
}

constexpr size_t kSlotBytes = 4096;
constexpr size_t kSummedBytes = 96;

// Two slots, made well and then spoilt: what is read was written, and a whole slot is found.
void RunWatermark(std::string_view input) {
  const auto files = base::MemoryFileSystem();
  const store::Head head{TakeByte(input), TakeByte(input) + uint64_t{1}, std::string(32, 'h')};
  Promise(store::Watermark::Reset(*files, "mark", head).ok(), "a watermark is written");
  const std::string whole = *files->Read("mark");
  std::string bytes = whole;
  for (size_t changes = TakeByte(input) % 8; changes > 0; --changes) {
    const size_t at = TakeNumber(input) % bytes.size();
    bytes[at] = static_cast<char>(TakeByte(input));
  }
  const size_t cut = TakeNumber(input);
  if (cut > 0) bytes.resize(std::min(cut, bytes.size()));
  if (TakeByte(input) % 4 == 3) bytes = input;
  // Behind what is summed up a slot is empty: nothing reads it.
  const auto is_whole = [&](size_t slot) {
    return bytes.size() >= slot * kSlotBytes + kSummedBytes &&
           bytes.compare(slot * kSlotBytes, kSummedBytes, whole, slot * kSlotBytes, kSummedBytes) ==
               0;
  };
  Promise(files->Replace("mark", bytes).ok(), "memory takes a file");
  const auto read = store::Watermark::Read(*files, "mark");
  if (!is_whole(0) && !is_whole(1)) {
    Promise(!read.ok(), "two spoilt slots are no watermark");
    return PromiseSentence(read.status().message());
  }
  Promise(read.ok() && read->has_value() && **read == head, "a whole slot is found");
}

std::vector<std::string> WatermarkSeeds() {
  return {std::string("\1\5\0\0\0\0", 6), std::string("\1\5\1\0\0x\0\0\0", 9),
          std::string("\1\5\2\0\0x\x10\0y\0\0\0", 12), std::string("\1\5\0\0\0\3", 6) + "SPWMARK1"};
}

void RunBackupNote(std::string_view input) {
  const auto note = daemon::ParseNote(std::string(input));
  if (!note) return;
  Promise(!note->service.empty(), "a note names its service");
  Promise(note->head.hash.size() == (note->head.sequence == 0 ? 0 : 32),
          "a note names the entry that it ends with");
  const auto again = daemon::ParseNote(daemon::NoteText(*note));
  Promise(again && again->service == note->service && again->head == note->head &&
              again->version == note->version,
          "a note is written as it was read");
}

std::vector<std::string> BackupNoteSeeds() {
  daemon::BackupNote note;
  note.service = "intake";
  note.head = {2, 17, std::string(32, 'h')};
  note.version = "0.2.0";
  daemon::BackupNote empty = note;
  empty.head = {1, 0, ""};
  return {daemon::NoteText(note), daemon::NoteText(empty)};
}

}  // namespace

const Target kJournalEntry{.name = "journal_entry",
                           .run = RunJournalEntry,
                           .seeds = JournalEntrySeeds,
                           .shape = {.type = RowType}};
const Target kWatermark{
    .name = "watermark", .run = RunWatermark, .seeds = WatermarkSeeds, .bytes_max = 9000};
const Target kBackupNote{.name = "backup_note", .run = RunBackupNote, .seeds = BackupNoteSeeds};

}  // namespace samenspel::fuzz
