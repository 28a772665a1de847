// SPDX-License-Identifier: EUPL-1.2
#include "tests/golden/golden.h"

#include <gmock/gmock.h>

#include "common/daemon/replay.h"
#include "common/store/bytes.h"
#include "tests/simulation/machine.h"
#include "tests/support/fake_clock.h"

namespace samenspel::golden {
namespace {

using simulation::Machine;
using store::Column;

constexpr const char* kReleases[] = {"v0.1", "v0.2"};

// The services that a release had.
std::vector<std::string> ServicesOf(const std::string& release) {
  if (release == "v0.1") return {"intake", "meeting", "audit"};
  return {std::begin(simulation::kServices), std::end(simulation::kServices)};
}

bool HasFile(const std::string& release, const std::string& name) {
  return base::RealFileSystem()->Exists(SAMENSPEL_SOURCE "/tests/golden/" + release + "/" + name);
}

std::string FileOf(const std::string& release, const std::string& name) {
  const auto bytes =
      base::RealFileSystem()->Read(SAMENSPEL_SOURCE "/tests/golden/" + release + "/" + name);
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  return bytes.ok() ? *bytes : "";
}

std::vector<std::string> JournalOf(const std::string& release, const std::string& service) {
  auto rows = DecodeJournal(FileOf(release, service + ".journal"));
  EXPECT_TRUE(rows.ok());
  return rows.ok() ? *std::move(rows) : std::vector<std::string>{};
}

// A service of a past release, in the hands of today's code.
class Past {
 public:
  Past(const std::string& release, const std::string& service)
      : machine_(service, {}, 1, std::make_shared<const bus::Registry>()) {
    std::string master = FileOf(release, "test-master.key");
    master.pop_back();
    const std::string block = service + ".block-00000001";
    if (HasFile(release, block)) {
      const auto written =
          machine_.disk().files().Replace("/keys/block-00000001", FileOf(release, block));
      EXPECT_TRUE(written.ok());
    }
    auto keys = seal::KeyStore::Open(machine_.disk().files(), "/keys", daemon::FromHex(master),
                                     machine_.entropy());
    EXPECT_TRUE(keys.ok());
    keys_ = std::move(*keys);
  }

  void Import(const std::string& release) {
    OpenStore();
    const std::string& service = machine_.service();
    EXPECT_TRUE(golden::Import(*store_, JournalOf(release, service)).ok());
    for (const std::string& other : ServicesOf(release)) {
      if (service != "audit" || other == service) continue;
      EXPECT_TRUE(ImportCopies(*store_, other, JournalOf(release, other)).ok());
    }
    OpenStore();
  }
  // As --rebuild and --verify do it.
  base::Status Rebuild() { return daemon::Rebuild(*store_, *keys_, entropy(), Make()); }
  base::Status Verify() { return daemon::Verify(*store_, *keys_, entropy(), Make()); }
  std::string Digest() { return StateDigest(*store_, *keys_, entropy()); }
  // As a daemon does it, with all its proofs.
  base::Status Start() {
    store_.reset();
    return machine_.Start(support::kMorning + std::chrono::days(1));
  }
  store::Store& store() { return *store_; }
  seal::KeyStore& keys() { return *keys_; }

 private:
  base::Entropy& entropy() { return machine_.entropy(); }
  daemon::MakeService Make() {
    return [this] { return machine_.MakeService(); };
  }
  void OpenStore() {
    store_.reset();
    auto store = store::Store::OpenUnproven({.path = "/data", .service = machine_.service()},
                                            machine_.disk());
    ASSERT_TRUE(store.ok()) << store.status().message();
    store_ = std::move(*store);
  }

  Machine machine_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<store::Store> store_;
};

using Case = std::pair<std::string, std::string>;  // Release, service.

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const std::string release : kReleases) {
    for (const std::string& service : ServicesOf(release)) cases.emplace_back(release, service);
  }
  return cases;
}

class GoldenJournal : public testing::TestWithParam<Case> {
 protected:
  std::string release_ = GetParam().first;
  std::string service_ = GetParam().second;
};

TEST_P(GoldenJournal, GivesTheRecordedState) {
  Past past(release_, service_);
  past.Import(release_);
  const base::Status rebuilt = past.Rebuild();
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.message();
  EXPECT_EQ(past.Digest() + "\n", FileOf(release_, service_ + ".state.sha256"));
  EXPECT_TRUE(past.Verify().ok());
}

TEST_P(GoldenJournal, IsServedOn) {
  Past past(release_, service_);
  past.Import(release_);
  ASSERT_TRUE(past.Rebuild().ok());
  const base::Status started = past.Start();
  EXPECT_TRUE(started.ok()) << started.message();
}

TEST_P(GoldenJournal, IsRefusedWithOneBitChanged) {
  Past past(release_, service_);
  past.Import(release_);
  store::Batch batch = past.store().Begin();
  std::string row = *batch.Get(Column::kJournal, store::BigEndian(2));
  row[row.size() / 2] = static_cast<char>(row[row.size() / 2] ^ 1);
  batch.Put(Column::kJournal, store::BigEndian(2), row);
  ASSERT_EQ(past.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  EXPECT_FALSE(past.Rebuild().ok());
}

INSTANTIATE_TEST_SUITE_P(Releases, GoldenJournal, testing::ValuesIn(AllCases()));

class GoldenKeys : public testing::TestWithParam<const char*> {};

TEST_P(GoldenKeys, OpenEverySealedPart) {
  Past past(GetParam(), "intake");
  past.Import(GetParam());
  int opened = 0;
  for (uint64_t sequence = 1; sequence <= past.store().head().sequence; ++sequence) {
    const auto entry = past.store().Read(sequence);
    ASSERT_TRUE(entry);
    common::v1::Ref ref;
    ref.set_service("intake");
    ref.set_epoch(entry->header.epoch());
    ref.set_sequence(sequence);
    for (const auto& record : entry->header.events()) {
      for (const auto& [part, index] : {std::pair{"private", record.private_part()},
                                        std::pair{"secret", record.secret_part()}}) {
        if (index == 0) continue;
        const auto plain = daemon::OpenEntryPart(past.keys(), ref, record.stream(), part,
                                                 entry->sealed.at(index - 1));
        ASSERT_TRUE(plain.ok()) << sequence << ": " << plain.status().message();
        EXPECT_FALSE(plain->empty());
        ++opened;
      }
    }
  }
  EXPECT_GT(opened, 10);
}

INSTANTIATE_TEST_SUITE_P(Releases, GoldenKeys, testing::ValuesIn(kReleases));

TEST(JournalFile, ReadsBackWhatWasWritten) {
  const std::vector<std::string> rows = {"one", "", std::string(300, 'x')};
  const auto read = DecodeJournal(EncodeJournal(rows));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, rows);
}

TEST(JournalFile, RefusesARowThatIsCutShort) {
  const std::string whole = EncodeJournal({"one", "two"});
  for (const size_t size : {whole.size() - 1, whole.size() - 4, size_t{3}}) {
    EXPECT_FALSE(DecodeJournal(whole.substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace samenspel::golden
