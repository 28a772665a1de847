// SPDX-License-Identifier: EUPL-1.2
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include "common/daemon/wire_check.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::daemon {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using support::SeededEntropy;

/// A new seed each run, printed with every failure.
uint64_t Seed() {
  static const uint64_t seed = base::SystemEntropy().Number();
  return seed;
}

std::string RandomText(SeededEntropy& chance) {
  static constexpr const char* kPieces[] = {"a", "Noor", " ",    "é", "–",
                                            "💔", "\n",   "\x7f", "0", "漢"};
  std::string text;
  for (uint64_t i = chance.Below(12); i > 0; --i) text += kPieces[chance.Below(10)];
  return chance.OneIn(50) ? std::string(kTextBytesMax, 'x') : text;
}

void Fill(Message& message, SeededEntropy& chance, int depth);

void SetOne(Message& message, const FieldDescriptor& field, SeededEntropy& chance, int depth) {
  const auto& to = *message.GetReflection();
  const bool add = field.is_repeated();
  const uint64_t number = chance.Number() >> chance.Below(64);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const bool text = field.type() == FieldDescriptor::TYPE_STRING;
      std::string value = text ? RandomText(chance) : chance.Bytes(chance.Below(40));
      return add ? to.AddString(&message, &field, value) : to.SetString(&message, &field, value);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* list = field.enum_type();
      const auto* value = list->value(static_cast<int>(chance.Below(list->value_count())));
      return add ? to.AddEnum(&message, &field, value) : to.SetEnum(&message, &field, value);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(add ? *to.AddMessage(&message, &field) : *to.MutableMessage(&message, &field),
                  chance, depth + 1);
    case FieldDescriptor::CPPTYPE_BOOL:
      return add ? to.AddBool(&message, &field, number & 1)
                 : to.SetBool(&message, &field, number & 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return to.SetInt64(&message, &field, static_cast<int64_t>(number));
    case FieldDescriptor::CPPTYPE_UINT64:
      return to.SetUInt64(&message, &field, number);
    case FieldDescriptor::CPPTYPE_INT32:
      return to.SetInt32(&message, &field, static_cast<int32_t>(number));
    case FieldDescriptor::CPPTYPE_UINT32:
      return to.SetUInt32(&message, &field, static_cast<uint32_t>(number));
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      FAIL() << "no floats in our messages";
  }
}

void Fill(Message& message, SeededEntropy& chance, int depth) {
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    uint64_t count = chance.Below(2);
    if (field.is_repeated()) count = depth > 4 ? 0 : chance.Below(4);
    for (; count > 0; --count) SetOne(message, field, chance, depth);
  }
}

std::vector<const Message*> RequestTypes() {
  return {&intake::v1::SubmitReport::default_instance(), &intake::v1::Request::default_instance(),
          &meeting::v1::Request::default_instance(), &audit::v1::Request::default_instance()};
}

TEST(WireCheckRandom, NeverRefusesAValidMessage) {
  SCOPED_TRACE("seed " + std::to_string(Seed()));
  SeededEntropy chance(Seed());
  for (const Message* type : RequestTypes()) {
    for (int round = 0; round < 2000; ++round) {
      const std::unique_ptr<Message> message(type->New());
      Fill(*message, chance, 0);
      const auto fault = FindWireFault(*type->GetDescriptor(), message->SerializeAsString());
      ASSERT_FALSE(fault) << fault->code << " at " << fault->field << " in "
                          << message->ShortDebugString();
    }
  }
}

/// What the parser refuses or drops must be named; what it takes without loss may pass.
void ExpectHonest(const Message& type, const std::string& bytes) {
  const std::unique_ptr<Message> parsed(type.New());
  const google::protobuf::LogSilencer silent;  // It logs each text that is no UTF-8.
  const bool taken = parsed->ParseFromString(bytes);
  const auto fault = FindWireFault(*type.GetDescriptor(), bytes);
  if (fault) {
    ASSERT_FALSE(fault->code.empty());
    return;
  }
  ASSERT_TRUE(taken) << "the parser refuses what was found to be well";
  ASSERT_TRUE(parsed->GetReflection()->GetUnknownFields(*parsed).empty());
}

TEST(WireCheckRandom, NamesWhateverTheParserRefusesAmongRandomBytes) {
  SCOPED_TRACE("seed " + std::to_string(Seed()));
  SeededEntropy chance(Seed());
  for (int round = 0; round < 20'000; ++round) {
    const Message* type = RequestTypes()[chance.Below(4)];
    ExpectHonest(*type, chance.Bytes(chance.Below(64)));
    if (HasFatalFailure()) return;
  }
}

TEST(WireCheckRandom, NamesWhateverTheParserRefusesAmongDamagedMessages) {
  SCOPED_TRACE("seed " + std::to_string(Seed()));
  SeededEntropy chance(Seed());
  for (int round = 0; round < 20'000; ++round) {
    const Message* type = RequestTypes()[chance.Below(4)];
    const std::unique_ptr<Message> message(type->New());
    Fill(*message, chance, 3);
    std::string bytes = message->SerializeAsString();
    for (uint64_t damage = chance.Below(4); damage > 0 && !bytes.empty(); --damage) {
      const size_t at = chance.Below(bytes.size());
      switch (chance.Below(4)) {
        case 0:
          bytes[at] = static_cast<char>(chance.Below(256));
          break;
        case 1:
          bytes.resize(at);
          break;
        case 2:
          bytes.insert(at, chance.Bytes(chance.Below(5)));
          break;
        default:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << chance.Below(8)));
      }
    }
    ExpectHonest(*type, bytes);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace samenspel::daemon
