// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/schema.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "proto/common/v1/options.pb.h"
#include "tests/proto/roots.h"

namespace samenspel::schema {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorProto;
using testing::ElementsAre;
using testing::IsEmpty;

Roots Everything() {
  Roots roots = Contract();
  for (const auto* state : States()) roots.push_back(state);
  return roots;
}

TEST(Schema, SaysOfEachClearTextWhyItIsFreeOfPersons) {  // invariant 9
  EXPECT_THAT(UnmarkedTexts(Everything()), IsEmpty());
}

TEST(Schema, HoldsNoMapsAndNoFloats) { EXPECT_THAT(UnstableFields(Everything()), IsEmpty()); }

TEST(Schema, BeginsEachEnumWithUnspecified) {
  EXPECT_THAT(EnumsWithoutUnspecified(Everything()), IsEmpty());
}

TEST(Schema, SaysOfEachRequestWhoMaySendIt) {
  for (const auto* request : Requests()) EXPECT_THAT(KindsWithoutPolicy(*request), IsEmpty());
}

TEST(Schema, GivesEachServiceTheCommonEvents) {
  for (const auto* event : Events()) {
    const FieldDescriptor* changed = event->FindFieldByName("registry_changed");
    const FieldDescriptor* turned_away = event->FindFieldByName("turned_away");
    ASSERT_TRUE(changed != nullptr && turned_away != nullptr) << event->full_name();
    EXPECT_EQ(changed->number(), 100);
    EXPECT_EQ(changed->message_type()->full_name(), "samenspel.common.v1.RegistryChanged");
    EXPECT_EQ(turned_away->number(), 101);
    EXPECT_EQ(turned_away->message_type()->full_name(), "samenspel.common.v1.TurnedAway");
  }
}

TEST(Schema, KeepsEachRequestAndEventToOneChoiceOfKinds) {
  Roots roots = Requests();
  for (const auto* event : Events()) roots.push_back(event);
  for (const auto* message : roots) {
    ASSERT_EQ(message->oneof_decl_count(), 1) << message->full_name();
    EXPECT_EQ(message->field_count(), message->oneof_decl(0)->field_count());
  }
}

// What each rule must find: a file with every fault in it.
constexpr const char* kPlanted = R"(
  name: "planted.proto" package: "planted" syntax: "proto3"
  enum_type { name: "Mood" value { name: "MOOD_GOOD" number: 0 } }
  message_type {
    name: "Request"
    oneof_decl { name: "kind" }
    field { name: "open" number: 1 type: TYPE_MESSAGE type_name: ".planted.Open"
            label: LABEL_OPTIONAL oneof_index: 0 }
    field { name: "loose" number: 2 type: TYPE_MESSAGE type_name: ".planted.Open"
            label: LABEL_OPTIONAL }
  }
  message_type {
    name: "Open"
    field { name: "note" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "scan" number: 2 type: TYPE_BYTES label: LABEL_REPEATED }
    field { name: "secret" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "private" number: 4 type: TYPE_MESSAGE type_name: ".planted.Hidden"
            label: LABEL_OPTIONAL }
    field { name: "mood" number: 5 type: TYPE_ENUM type_name: ".planted.Mood"
            label: LABEL_OPTIONAL }
  }
  message_type {
    name: "Hidden"
    field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
    field { name: "weight" number: 2 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
    field { name: "tags" number: 3 type: TYPE_MESSAGE type_name: ".planted.Hidden.TagsEntry"
            label: LABEL_REPEATED }
    nested_type {
      name: "TagsEntry"
      options { map_entry: true }
      field { name: "key" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
      field { name: "value" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL }
    }
  }
)";

class PlantedFaults : public testing::Test {
 protected:
  PlantedFaults() {
    FileDescriptorProto file;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kPlanted, &file));
    const auto* built = pool_.BuildFile(file);
    EXPECT_NE(built, nullptr);
    request_ = built->FindMessageTypeByName("Request");
  }
  DescriptorPool pool_;
  const google::protobuf::Descriptor* request_ = nullptr;
};

TEST_F(PlantedFaults, UnmarkedTextsAreFoundButNotInPrivate) {
  EXPECT_THAT(UnmarkedTexts({request_}), ElementsAre("planted.Open.note does not say what it holds",
                                                     "planted.Open.scan does not say what it holds",
                                                     "planted.Open.secret is no message"));
}

TEST_F(PlantedFaults, MapsAndFloatsAreFoundInPrivateToo) {
  EXPECT_THAT(UnstableFields({request_}), ElementsAre("planted.Hidden.weight is no whole number",
                                                      "planted.Hidden.tags is a map"));
}

TEST_F(PlantedFaults, AnEnumWithoutUnspecifiedIsFound) {
  EXPECT_THAT(EnumsWithoutUnspecified({request_}),
              ElementsAre("planted.Mood does not begin with UNSPECIFIED"));
}

TEST_F(PlantedFaults, AKindThatAnybodyOrNobodyMaySendIsFound) {
  EXPECT_THAT(KindsWithoutPolicy(*request_),
              ElementsAre("planted.Request.open does not say who may send it",
                          "planted.Request.loose is no kind"));
}

}  // namespace
}  // namespace samenspel::schema
