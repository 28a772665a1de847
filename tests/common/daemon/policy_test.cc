// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/audit/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::daemon {
namespace {

using testing::Eq;
using testing::Optional;

const google::protobuf::FieldDescriptor& Kind(const google::protobuf::Message& request,
                                              const char* name) {
  return *request.GetDescriptor()->FindFieldByName(name);
}
const common::v1::Policy& OfIntake(const char* name) {
  return PolicyOf(Kind(intake::v1::Request::default_instance(), name));
}
Caller Sender(std::vector<std::string> roles, const std::string& purpose) {
  Caller caller;
  caller.roles = std::move(roles);
  caller.purpose = purpose;
  return caller;
}

TEST(Policy, LetsARoleWithAPurposeThrough) {
  const Caller desk = Sender({"desk_worker"}, "child_safety");
  EXPECT_EQ(DenialOf(OfIntake("submit_report"), desk), std::nullopt);
  EXPECT_EQ(DenialOf(OfIntake("show_report"), desk), std::nullopt);
}

TEST(Policy, DeniesEveryOtherRole) {
  for (const char* role : {"", "table_member", "region_manager", "auditor", "operator", "service",
                           "desk_worke", "Desk_worker"}) {
    EXPECT_THAT(DenialOf(OfIntake("submit_report"), Sender({role}, "child_safety")),
                Optional(Eq("not_permitted")))
        << role;
  }
  EXPECT_THAT(DenialOf(OfIntake("submit_report"), Sender({}, "child_safety")),
              Optional(Eq("not_permitted")));
}

TEST(Policy, TakesOneOfSeveralRoles) {
  EXPECT_EQ(DenialOf(OfIntake("submit_report"), Sender({"auditor", "desk_worker"}, "child_safety")),
            std::nullopt);
}

TEST(Policy, AsksForAPurposeOfTheList) {
  for (const char* purpose : {"", "audit", "region_setup", "child_safet"}) {
    EXPECT_THAT(DenialOf(OfIntake("submit_report"), Sender({"desk_worker"}, purpose)),
                Optional(Eq("purpose_missing")))
        << purpose;
  }
}

TEST(Policy, DeniesWhatHasNone) {
  EXPECT_THAT(DenialOf({}, Sender({"desk_worker", "service"}, "child_safety")),
              Optional(Eq("not_permitted")));
  common::v1::Policy roles_only;
  roles_only.add_roles("desk_worker");
  EXPECT_THAT(DenialOf(roles_only, Sender({"desk_worker"}, "")), Optional(Eq("purpose_missing")));
}

TEST(Policy, DeniesToEverybodyWhatTheDaemonAsksItself) {
  EXPECT_THAT(DenialOf(OfIntake("adopt_crisismeter"), Sender({"service"}, "service")),
              Optional(Eq("not_permitted")));
  common::v1::Policy internal;
  internal.set_internal(true);
  internal.add_roles("desk_worker");
  internal.add_purposes("child_safety");
  EXPECT_THAT(DenialOf(internal, Sender({"desk_worker"}, "child_safety")),
              Optional(Eq("not_permitted")));
}

TEST(Policy, StandsBesideEveryRequestKind) {
  for (const google::protobuf::Message* request :
       {static_cast<const google::protobuf::Message*>(&intake::v1::Request::default_instance()),
        static_cast<const google::protobuf::Message*>(&meeting::v1::Request::default_instance()),
        static_cast<const google::protobuf::Message*>(&audit::v1::Request::default_instance())}) {
    const auto* kinds = request->GetDescriptor()->oneof_decl(0);
    for (int i = 0; i < kinds->field_count(); ++i) {
      const common::v1::Policy& policy = PolicyOf(*kinds->field(i));
      const bool open = policy.roles_size() > 0 && policy.purposes_size() > 0;
      EXPECT_NE(open, policy.internal()) << kinds->field(i)->full_name();
    }
  }
}

TEST(KindOf, FindsTheKindThatIsSet) {
  intake::v1::Request request;
  EXPECT_EQ(KindOf(request), nullptr);
  request.mutable_show_report();
  EXPECT_EQ(KindOf(request)->name(), "show_report");
}

}  // namespace
}  // namespace samenspel::daemon
