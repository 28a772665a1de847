// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/wire_check.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::daemon {
namespace {

using google::protobuf::FieldDescriptorProto;
using intake::v1::SubmitReport;

/// "code at field"; empty when all is well.
std::string FaultIn(const google::protobuf::Descriptor& type, std::string_view bytes) {
  const auto fault = FindWireFault(type, bytes);
  return fault ? fault->code + " at " + fault->field : "";
}
std::string FaultIn(std::string_view bytes) { return FaultIn(*SubmitReport::descriptor(), bytes); }

std::string Tag(int number, int wire) {
  return std::string(1, static_cast<char>(number << 3 | wire));
}
/// A field of length-delimited content shorter than 128 bytes.
std::string Field(int number, const std::string& content) {
  return Tag(number, 2) + static_cast<char>(content.size()) + content;
}

constexpr int kAnswers = 1;
constexpr int kPrivate = 2;
constexpr int kSecret = 3;

TEST(WireCheck, FindsNothingInAWholeForm) {
  SubmitReport form;
  form.add_answers()->set_indicator("fresh_injury");
  form.mutable_answers(0)->set_value(intake::v1::ANSWER_VALUE_YES);
  form.mutable_private_()->mutable_happening()->set_text("Één kind is geslagen – 💔");
  form.mutable_private_()->add_children()->set_sex(intake::v1::SEX_FEMALE);
  form.mutable_secret()->set_secret_location("");
  EXPECT_EQ(FaultIn(form.SerializeAsString()), "");
  EXPECT_EQ(FaultIn(""), "");
}

TEST(WireCheck, NamesUnknownFieldsByNumber) {
  EXPECT_EQ(FaultIn(Tag(9, 0) + "\x01"), "unknown_field at 9");
  EXPECT_EQ(FaultIn(Field(kPrivate, Tag(15, 0) + "\x01")), "unknown_field at private.15");
  EXPECT_EQ(FaultIn(Field(kPrivate, Field(4, "") + Field(4, Tag(9, 0) + "\x01"))),
            "unknown_field at private.children[1].9");
}

TEST(WireCheck, NamesEnumValuesThatAreNotOnTheList) {
  SubmitReport form;
  for (int i = 0; i < 3; ++i) form.add_answers()->set_value(intake::v1::ANSWER_VALUE_NO);
  form.mutable_answers(2)->set_value(static_cast<intake::v1::AnswerValue>(4));
  EXPECT_EQ(FaultIn(form.SerializeAsString()), "unknown_enum at answers[2].value");
  form.mutable_answers(2)->set_value(static_cast<intake::v1::AnswerValue>(-1));
  EXPECT_EQ(FaultIn(form.SerializeAsString()), "unknown_enum at answers[2].value");
}

// The parser keeps the low 32 bits: 2^32 + 1 would read as "yes".
TEST(WireCheck, RefusesEnumValuesThatWouldBeCutToAKnownOne) {
  const std::string wide("\x81\x80\x80\x80\x10", 5);
  EXPECT_EQ(FaultIn(Field(kAnswers, Tag(2, 0) + wide)), "unknown_enum at answers[0].value");
}

TEST(WireCheck, NamesTextThatIsNoUtf8) {
  EXPECT_EQ(FaultIn(Field(kPrivate, Field(1, Field(1, "caf\xe9")))),
            "invalid_utf8 at private.happening.text");
  EXPECT_EQ(FaultIn(Field(kSecret, Field(1, "\xc0\x80"))),
            "invalid_utf8 at secret.secret_location");
  EXPECT_EQ(FaultIn(Field(kSecret, Field(1, "\xed\xa0\x80"))),
            "invalid_utf8 at secret.secret_location");
}

TEST(WireCheck, NamesTextsAboveTheLimitAndTakesThoseAtIt) {
  SubmitReport form;
  form.mutable_private_()->add_adults();
  form.mutable_private_()->add_adults()->set_safe_contact(std::string(kTextBytesMax, 'a'));
  EXPECT_EQ(FaultIn(form.SerializeAsString()), "");
  form.mutable_private_()->mutable_adults(1)->mutable_safe_contact()->push_back('a');
  EXPECT_EQ(FaultIn(form.SerializeAsString()), "text_too_long at private.adults[1].safe_contact");
}

TEST(WireCheck, NamesWhatIsCutShort) {
  SubmitReport form;
  form.mutable_private_()->mutable_child_now()->set_text("at school");
  const std::string whole = form.SerializeAsString();
  for (size_t size = 1; size < whole.size(); ++size) {
    EXPECT_NE(FaultIn(whole.substr(0, size)), "") << size;
  }
  EXPECT_EQ(FaultIn(Field(kPrivate, Field(2, Tag(1, 2) + "\x05" + "abc"))),
            "malformed at private.child_now.text");
}

TEST(WireCheck, RefusesAnotherWireTypeThanTheFieldHas) {
  EXPECT_EQ(FaultIn(Tag(kPrivate, 0) + "\x01"), "malformed at private");
  EXPECT_EQ(FaultIn(Field(kAnswers, Field(2, "\x01"))), "malformed at answers[0].value");
  EXPECT_EQ(FaultIn(Field(kPrivate, Field(1, Tag(1, 5) + "abcd"))),
            "malformed at private.happening.text");
  EXPECT_EQ(FaultIn(Tag(kPrivate, 3) + Tag(kPrivate, 4)), "malformed at private");
}

TEST(WireCheck, RefusesLengthsThatOverflow) {
  EXPECT_EQ(FaultIn(Tag(kPrivate, 2) + std::string("\x85\x80\x80\x80\x10", 5) + "abcde"),
            "malformed at private");
  EXPECT_EQ(FaultIn(Tag(kPrivate, 2) + std::string(10, '\xff')), "malformed at private");
}

TEST(WireCheck, RefusesFieldNumberZero) {
  EXPECT_EQ(FaultIn(std::string("\0\1", 2)), "malformed at ");
}

TEST(WireCheck, RefusesEndlessNesting) {
  google::protobuf::DescriptorProto type;
  for (int i = 0; i < 40; ++i) {
    google::protobuf::DescriptorProto outer;
    *outer.add_nested_type() = std::move(type);
    type = std::move(outer);
  }
  EXPECT_THAT(FaultIn(*google::protobuf::DescriptorProto::descriptor(), type.SerializeAsString()),
              testing::StartsWith("malformed at nested_type[0].nested_type[0]"));
}

/// A message with repeated values of every packable shape, made here: ours have none yet.
class PackedTest : public testing::Test {
 protected:
  PackedTest() {
    google::protobuf::FileDescriptorProto file;
    file.set_name("packed.proto");
    file.set_syntax("proto3");
    auto& colour = *file.add_enum_type();
    colour.set_name("Colour");
    for (int i = 0; i < 4; ++i) {
      auto& value = *colour.add_value();
      value.set_name("COLOUR_" + std::to_string(i));
      value.set_number(i);
    }
    auto& type = *file.add_message_type();
    type.set_name("Packed");
    Add(type, "colours", 1, FieldDescriptorProto::TYPE_ENUM)->set_type_name("Colour");
    Add(type, "numbers", 2, FieldDescriptorProto::TYPE_UINT64);
    Add(type, "fixed", 3, FieldDescriptorProto::TYPE_FIXED32);
    Add(type, "doubles", 4, FieldDescriptorProto::TYPE_DOUBLE);
    Add(type, "names", 5, FieldDescriptorProto::TYPE_STRING);
    type_ = pool_.BuildFile(file)->message_type(0);
  }
  static FieldDescriptorProto* Add(google::protobuf::DescriptorProto& type, const char* name,
                                   int number, FieldDescriptorProto::Type kind) {
    auto& field = *type.add_field();
    field.set_name(name);
    field.set_number(number);
    field.set_type(kind);
    field.set_label(FieldDescriptorProto::LABEL_REPEATED);
    return &field;
  }
  std::string FaultIn(const std::string& bytes) { return daemon::FaultIn(*type_, bytes); }

  google::protobuf::DescriptorPool pool_;
  const google::protobuf::Descriptor* type_;
};

TEST_F(PackedTest, NamesTheValueInAPackedListOfEnums) {
  EXPECT_EQ(FaultIn(Field(1, std::string("\0\1\2\3", 4))), "");
  EXPECT_EQ(FaultIn(Field(1, "\x01\x02\x07")), "unknown_enum at colours[2]");
}

TEST_F(PackedTest, CountsOnOverPackedAndSingleValues) {
  EXPECT_EQ(FaultIn(Field(1, "\x01\x02") + Tag(1, 0) + "\x03" + Field(1, "\x01\x09")),
            "unknown_enum at colours[4]");
}

TEST_F(PackedTest, RefusesAPackedListThatEndsInAValue) {
  EXPECT_EQ(FaultIn(Field(2, "\x01\x80")), "malformed at numbers[1]");
  EXPECT_EQ(FaultIn(Field(3, "abcdab")), "malformed at fixed[1]");
  EXPECT_EQ(FaultIn(Field(4, "abcdabc")), "malformed at doubles[0]");
  EXPECT_EQ(FaultIn(Field(2, "\x01\x02") + Field(3, "abcd") + Field(4, "abcdabcd")), "");
}

TEST_F(PackedTest, CountsRepeatedTexts) {
  EXPECT_EQ(FaultIn(Field(5, "a") + Field(5, "\xff")), "invalid_utf8 at names[1]");
}

// The parser gives up on such a length and does not say where.
TEST(WireCheck, NamesTheFieldWhoseLengthIsWrittenInTooManyBytes) {
  const std::string five("\x80\x80\x80\x80\0", 5);
  const std::string six("\x80\x80\x80\x80\x80\0", 6);
  EXPECT_EQ(FaultIn(Tag(2, 2) + five), "");
  EXPECT_EQ(FaultIn(Tag(2, 2) + six), "malformed at private");
  EXPECT_TRUE(SubmitReport().ParseFromString(Tag(2, 2) + five));
  EXPECT_FALSE(SubmitReport().ParseFromString(Tag(2, 2) + six));
}

}  // namespace
}  // namespace samenspel::daemon
