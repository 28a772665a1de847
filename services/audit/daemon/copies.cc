// SPDX-License-Identifier: EUPL-1.2
// Hands a service the copies of its own journal, so that it can be restored (--repair-from audit).
#include <algorithm>
#include <map>

#include "common/daemon/core.h"
#include "common/daemon/decided.h"
#include "services/audit/daemon/log_rows.h"
#include "services/audit/daemon/read_mark.h"
#include "services/audit/daemon/service.h"

namespace samenspel::audit {
namespace {

using daemon::Decided;
using daemon::View;

constexpr size_t kCopyBytesAPage = 512 * 1024;

Decided Refused(common::v1::Status status, const char* code, const char* field) {
  return daemon::DecidedFrom(decide::Refuse(status, code, field));
}

// How far the copy of a journal goes: the cursor is written with the copies.
common::v1::Head HeldOf(View& view, const std::string& service) {
  common::v1::Head head;
  const auto row = view.store().Get(store::Column::kCursor, daemon::CursorRow(service));
  if (row) head.ParseFromString(*row);
  return head;
}

size_t BytesOf(const store::Stored& entry) {
  size_t bytes = entry.bytes.size() + 64;
  for (const std::string& part : entry.sealed) bytes += part.size() + 8;
  return bytes;
}

using Causes = std::map<std::string, common::v1::Ref>;  // By service, the newest.

void NoteCause(const common::v1::EntryHeader& header, Causes& causes) {
  if (!header.has_cause()) return;
  common::v1::Ref& newest = causes[header.cause().service()];
  if (header.cause().sequence() > newest.sequence()) newest = header.cause();
}

// A cause that audit has not received yet is left out: the reader goes on behind an older one.
void AddCauses(const LogRows& rows, const Causes& causes, common::v1::CopiesRead& read) {
  for (const auto& [service, cause] : causes) {
    const auto entry = rows.Entry(service, cause.sequence());
    if (entry == nullptr || entry->header.epoch() != cause.epoch()) continue;
    common::v1::CauseHeld& held = *read.add_causes();
    held.set_service(service);
    held.mutable_head()->set_epoch(cause.epoch());
    held.mutable_head()->set_sequence(cause.sequence());
    held.mutable_head()->set_hash(entry->hash);
  }
}

// Nothing when a copy that should be there is not.
std::optional<common::v1::CopiesRead> Page(const LogRows& rows, const common::v1::Head& head,
                                           const common::v1::ReadCopies& request) {
  common::v1::CopiesRead read;
  *read.mutable_head() = head;
  Causes causes;
  size_t bytes = 0;
  for (uint64_t sequence = request.after(); sequence < head.sequence();) {
    const auto entry = rows.Entry(request.service(), ++sequence);
    if (entry == nullptr) return std::nullopt;
    bytes += BytesOf(*entry);
    const bool is_full =
        bytes > kCopyBytesAPage ||
        (request.limit() > 0 && static_cast<uint32_t>(read.entries_size()) == request.limit());
    if (is_full && !read.entries().empty()) break;
    common::v1::StoredEntry& copy = *read.add_entries();
    copy.set_header(entry->bytes);
    for (const std::string& part : entry->sealed) copy.add_sealed(part);
    NoteCause(entry->header, causes);
  }
  AddCauses(rows, causes, read);
  return read;
}

}  // namespace

Decided Service::ReadCopies(View& view, const daemon::Caller& caller, base::Instant now,
                            const common::v1::ReadCopies& request) {
  if (caller.principal != "svc_" + request.service()) {
    Decided refused = Refused(common::v1::STATUS_NOT_FOUND, "not_found", "service");
    refused.hidden = true;
    return refused;
  }
  if (request.service() == name()) {  // Nobody follows audit.
    return Refused(common::v1::STATUS_REFUSED, "no_copy", "service");
  }
  const LogRows rows(view);
  const common::v1::Head head = HeldOf(view, request.service());
  auto read = Page(rows, head, request);
  if (!read) return Refused(common::v1::STATUS_UNAVAILABLE, "copy_missing", "after");
  v1::Response response;
  *response.mutable_copies_read() = std::move(*read);
  Decided decided;
  decided.response = response.SerializeAsString();
  decided.events.push_back(
      ReadMark(caller, "copies:" + request.service() + ":" + std::to_string(request.after()),
               response.copies_read().entries_size(), now));
  return decided;
}

}  // namespace samenspel::audit
