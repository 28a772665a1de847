// SPDX-License-Identifier: EUPL-1.2
// Does to a data folder what a daemon does before it serves, in a process of its own, since what it
// finds may end it.
//   probe open CONFIG              opens, and prints a digest of all that is stored
//   probe repair CONFIG FOLDER     repairs from the copies in the data folder of an audit
// Exit codes as those of a daemon: 0, or 3 and one sentence.
#include <algorithm>
#include <cstdio>
#include <map>

#include "common/base/hex.h"
#include "common/daemon/parts.h"
#include "common/daemon/repair.h"
#include "common/daemon/run.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/audit/daemon/service.h"
#include "services/escalation/daemon/service.h"
#include "services/intake/daemon/service.h"
#include "services/meeting/daemon/service.h"

namespace samenspel::damage {
namespace {

using base::Result;
using base::Status;
using store::Column;

constexpr int kCannotGoOn = 3;

struct Parts : daemon::Parts {
  daemon::Config config;
};

std::unique_ptr<daemon::Service> Made(const Parts& parts) {
  static const std::map<std::string, daemon::ServiceFactory> kMakers = {
      {"intake", intake::Service::Make},
      {"meeting", meeting::Service::Make},
      {"escalation", escalation::Service::Make},
      {"audit", audit::Service::Make}};
  auto made = kMakers.at(parts.config.service)({parts.config, parts.disk->files()});
  return made.ok() ? *std::move(made) : nullptr;
}

Status ReadConfig(const std::string& path, Parts& parts) {
  const std::string name = path.substr(path.rfind('/') + 1);
  auto config = daemon::LoadConfig(parts.disk->files(), path, name.substr(0, name.find('.')));
  if (!config.ok()) return config.status();
  parts.config = *std::move(config);
  return base::Ok();
}

// All rows but the cursors, which a repair may put further back; sealed ones opened.
std::string DigestOf(Parts& parts) {
  std::string all;
  const auto add = [&](std::string_view key, std::string_view value) {
    all += store::BigEndian(key.size()) + std::string(key);
    all += store::BigEndian(value.size()) + std::string(value);
    return true;
  };
  for (const Column column :
       {Column::kJournal, Column::kState, Column::kIndex, Column::kDedup, Column::kCopy}) {
    parts.store->Scan(column, "", "", add);
  }
  store::Batch batch = parts.store->Begin();
  daemon::View view(*parts.store, batch, *parts.keys, parts.entropy);
  parts.store->Scan(Column::kPrivate, "", "", [&](std::string_view key, std::string_view) {
    const auto plain = view.TryOpenSealed(key);
    return add(key, plain.ok() ? *plain : plain.status().message());
  });
  if (!parts.store->fault().ok()) return "unreadable: " + parts.store->fault().message();
  return base::ToHex(tlog::Sha256(all));
}

// A daemon that gets through this serves.
Status Open(Parts& parts) {
  SAMENSPEL_RETURN_IF_ERROR(daemon::OpenParts(parts.config, true, parts));
  const auto registry = bus::Registry::Load(parts.disk->files(), parts.config.registry);
  if (!registry.ok()) return registry.status();
  daemon::Core core({}, Made(parts), *parts.store, *parts.keys, parts.entropy, *registry,
                    [](daemon::LogLevel, const std::string&) {});
  SAMENSPEL_RETURN_IF_ERROR(core.Start(parts.clock.Wall()));
  std::printf("%s\n", DigestOf(parts).c_str());
  return base::Ok();
}

/// The copies in audit's store, as audit would send them.
class StoredCopies : public daemon::CopySource {
 public:
  StoredCopies(std::unique_ptr<store::Store> audit, std::string service)
      : audit_(std::move(audit)), service_(std::move(service)) {
    common::v1::Head head;
    const auto row = audit_->Get(Column::kCursor, daemon::CursorRow(service_));
    if (row && head.ParseFromString(*row)) head_ = {head.epoch(), head.sequence(), head.hash()};
  }
  Result<Page> After(uint64_t sequence) override {
    Page page;
    page.head = head_;
    while (sequence < head_.sequence && page.entries.size() < 50) {
      auto entry = Copy(service_, ++sequence);
      if (!entry) return Status(base::Code::kCorrupt, "audit lacks a copy");
      if (entry->header.has_cause()) AddCause(entry->header.cause(), page);
      page.entries.push_back(std::move(entry));
    }
    return page;
  }

 private:
  std::shared_ptr<const store::Stored> Copy(const std::string& service, uint64_t sequence) const {
    const auto row = audit_->Get(Column::kCopy, service + "/" + store::BigEndian(sequence));
    return row ? store::ParseStored(*row) : nullptr;
  }
  void AddCause(const common::v1::Ref& cause, Page& page) const {
    const auto entry = Copy(cause.service(), cause.sequence());
    if (!entry) return;
    page.causes.emplace_back(cause.service(),
                             store::Head{cause.epoch(), cause.sequence(), entry->hash});
  }

  std::unique_ptr<store::Store> audit_;
  const std::string service_;
  store::Head head_;
};

Status Repair(Parts& parts, const std::string& audit_folder) {
  auto audit = store::Store::OpenSnapshot({.path = audit_folder, .service = "audit"}, *parts.disk);
  if (!audit.ok()) return audit.status();
  auto keys = daemon::OpenKeys(parts.config, parts.disk->files(), parts.entropy);
  if (!keys.ok()) return keys.status();
  parts.keys = *std::move(keys);
  StoredCopies copies(*std::move(audit), parts.config.service);
  const auto done =
      daemon::Repair({.store = daemon::StoreConfigOf(parts.config),
                      .disk = *parts.disk,
                      .keys = *parts.keys,
                      .entropy = parts.entropy,
                      .make = [&] { return Made(parts); },
                      .copies = copies,
                      .now = parts.clock.Wall(),
                      .say = [](const std::string& line) { std::printf("%s\n", line.c_str()); }});
  if (!done.ok()) return done.status();
  if (!done->done) return {base::Code::kCorrupt, "not all entries are there"};
  return base::Ok();
}

int Run(int argc, char** argv) {
  Parts parts;
  const std::string mode = argc > 2 ? argv[1] : "";
  Status status =
      mode.empty() ? Status(base::Code::kInvalid, "probe MODE CONFIG") : ReadConfig(argv[2], parts);
  if (status.ok()) status = mode == "open" ? Open(parts) : Repair(parts, argv[3]);
  if (status.ok()) return 0;
  std::fprintf(stderr, "%s\n", status.message().c_str());
  return kCannotGoOn;
}

}  // namespace
}  // namespace samenspel::damage

int main(int argc, char** argv) { return samenspel::damage::Run(argc, argv); }
