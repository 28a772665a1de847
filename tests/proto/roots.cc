// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/roots.h"

#include "proto/audit/state/state.pb.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/case.pb.h"
#include "proto/common/v1/entry.pb.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/common/v1/follow.pb.h"
#include "proto/escalation/state/state.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/state/state.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/state/state.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::schema {
namespace {

void AddFile(const google::protobuf::FileDescriptor& file, Roots& roots) {
  for (int i = 0; i < file.message_type_count(); ++i) roots.push_back(file.message_type(i));
}

}  // namespace

Roots Requests() {
  return {intake::v1::Request::descriptor(), meeting::v1::Request::descriptor(),
          escalation::v1::Request::descriptor(), audit::v1::Request::descriptor()};
}

Roots Events() {
  return {intake::v1::Event::descriptor(), meeting::v1::Event::descriptor(),
          escalation::v1::Event::descriptor(), audit::v1::Event::descriptor()};
}

Roots Contract() {
  Roots roots = Requests();
  for (const auto* event : Events()) roots.push_back(event);
  for (const auto* response :
       {intake::v1::Response::descriptor(), meeting::v1::Response::descriptor(),
        escalation::v1::Response::descriptor(), audit::v1::Response::descriptor()}) {
    roots.push_back(response);
  }
  AddFile(*common::v1::CaseList::descriptor()->file(), roots);
  AddFile(*common::v1::EntryHeader::descriptor()->file(), roots);
  AddFile(*common::v1::Envelope::descriptor()->file(), roots);
  AddFile(*common::v1::Follow::descriptor()->file(), roots);
  return roots;
}

Roots States() {
  Roots roots;
  AddFile(*intake::state::Report::descriptor()->file(), roots);
  AddFile(*meeting::state::Mdo::descriptor()->file(), roots);
  AddFile(*escalation::state::Watch::descriptor()->file(), roots);
  AddFile(*audit::state::Log::descriptor()->file(), roots);
  return roots;
}

}  // namespace samenspel::schema
