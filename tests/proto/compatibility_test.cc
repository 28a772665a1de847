// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/proto/roots.h"

// The public contract of this tree against that of each release. tests/proto/release.sh writes the
// set of a release; what is in there stays true for ever inside v1.
namespace samenspel::schema {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorSet;
using testing::ElementsAre;
using testing::IsEmpty;

FileDescriptorSet Released() {
  FileDescriptorSet set;
  std::ifstream file(RELEASED_DESCRIPTORS, std::ios::binary);
  EXPECT_TRUE(set.ParseFromIstream(&file)) << RELEASED_DESCRIPTORS;
  return set;
}

DescriptorProto& Message(FileDescriptorSet& set, const std::string& package,
                         const std::string& name) {
  for (auto& file : *set.mutable_file()) {
    if (file.package() != package) continue;
    for (DescriptorProto& message : *file.mutable_message_type()) {
      if (message.name() == name) return message;
    }
  }
  ADD_FAILURE() << "no message " << package << "." << name;
  static DescriptorProto none;
  return none;
}

FieldDescriptorProto& Field(DescriptorProto& message, const std::string& name) {
  for (FieldDescriptorProto& field : *message.mutable_field()) {
    if (field.name() == name) return field;
  }
  ADD_FAILURE() << "no field " << name;
  static FieldDescriptorProto none;
  return none;
}

template <class Repeated>
void Remove(Repeated& list, const std::string& name) {
  for (int i = 0; i < list.size(); ++i) {
    if (list.Get(i).name() == name) return list.DeleteSubrange(i, 1);
  }
  ADD_FAILURE() << "nothing is called " << name;
}

TEST(Compatibility, ThisTreeSpeaksWithTheRelease) {
  EXPECT_THAT(Incompatibilities(Released(), FilesOf(Contract())), IsEmpty());
}

TEST(Compatibility, TheReleaseHoldsEveryService) {
  FileDescriptorSet released = Released();
  for (const char* service : {"intake", "meeting", "audit"}) {
    const std::string package = std::string("samenspel.") + service + ".v1";
    EXPECT_GT(Message(released, package, "Request").field_size(), 0);
    EXPECT_GT(Message(released, package, "Event").field_size(), 0);
  }
  EXPECT_GT(Message(released, "samenspel.common.v1", "EntryHeader").field_size(), 0);
}

class Planted : public testing::Test {
 protected:
  std::vector<std::string> Found() { return Incompatibilities(Released(), now_); }
  DescriptorProto& Intake(const std::string& name) {
    return Message(now_, "samenspel.intake.v1", name);
  }
  FileDescriptorSet now_ = Released();
};

TEST_F(Planted, NothingIsFoundWhereNothingChanged) { EXPECT_THAT(Found(), IsEmpty()); }

TEST_F(Planted, AdditionsAreFine) {
  FieldDescriptorProto& field = *Intake("Child").add_field();
  field.set_name("school");
  field.set_number(40);
  field.set_type(FieldDescriptorProto::TYPE_STRING);
  field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
  Intake("Request").add_field()->set_name("withdraw_report");
  now_.add_file()->set_package("samenspel.desk.v1");
  now_.mutable_file()->rbegin()->add_message_type()->set_name("Request");
  for (auto& file : *now_.mutable_file()) {
    for (auto& type : *file.mutable_enum_type()) {
      type.add_value()->set_name("NEW_VALUE_OF_" + type.name());
      type.mutable_value()->rbegin()->set_number(77);
    }
  }
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_F(Planted, ARemovedFieldIsFound) {
  Remove(*Intake("Child").mutable_field(), "bsn");
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Child.bsn is gone"));
}

TEST_F(Planted, ARemovedKindIsFound) {
  Remove(*Intake("Request").mutable_field(), "show_report");
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Request.show_report is gone"));
}

TEST_F(Planted, AnotherNumberIsFound) {
  Field(Intake("Child"), "bsn").set_number(33);
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Child.bsn has another number"));
}

TEST_F(Planted, AnotherTypeIsFound) {
  Field(Intake("Child"), "bsn").set_type(FieldDescriptorProto::TYPE_BYTES);
  Field(Intake("Child"), "sex").set_type_name(".samenspel.intake.v1.Colour");
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Child.bsn has another type",
                                   "samenspel.intake.v1.Child.sex has another type"));
}

TEST_F(Planted, AnotherLabelIsFound) {
  Field(Intake("Child"), "bsn").set_label(FieldDescriptorProto::LABEL_REPEATED);
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Child.bsn has another label"));
}

TEST_F(Planted, AKindThatLeftItsChoiceIsFound) {
  Field(Intake("Request"), "show_report").clear_oneof_index();
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Request.show_report moved in a oneof"));
}

TEST_F(Planted, ARemovedMessageIsFound) {
  for (auto& file : *now_.mutable_file()) {
    if (file.name() == "proto/common/v1/ids.proto") Remove(*file.mutable_message_type(), "Head");
  }
  EXPECT_THAT(Found(), ElementsAre("samenspel.common.v1.Head is gone"));
}

TEST_F(Planted, ChangedEnumValuesAreFound) {
  for (auto& file : *now_.mutable_file()) {
    for (auto& type : *file.mutable_enum_type()) {
      if (type.name() == "Colour") Remove(*type.mutable_value(), "COLOUR_RED");
      if (type.name() == "Sex") type.mutable_value(1)->set_number(9);
    }
  }
  EXPECT_THAT(Found(), ElementsAre("samenspel.intake.v1.Colour.COLOUR_RED is gone",
                                   "samenspel.intake.v1.Sex.SEX_FEMALE has another number"));
}

}  // namespace
}  // namespace samenspel::schema
