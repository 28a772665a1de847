// SPDX-License-Identifier: EUPL-1.2
// What a fuzzer of short inputs never sees: requests as large as they may be, made of as many of
// one repeated field as fit, with nothing in them or each another. None may take long, or have an
// answer that is larger than what was asked.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <chrono>

#include "common/daemon/core.h"
#include "common/daemon/policy.h"
#include "tests/fuzz/stages.h"

namespace samenspel::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::chrono::seconds kLong{2};  // With sanitizers, on a busy machine.

using Path = std::vector<const FieldDescriptor*>;

// Every repeated field of a message, and the fields that lead to it.
void FindRepeated(const google::protobuf::Descriptor& type, const Path& path,
                  std::vector<Path>& found) {
  if (path.size() > 5) return;
  for (int i = 0; i < type.field_count(); ++i) {
    Path here = path;
    here.push_back(type.field(i));
    if (type.field(i)->is_repeated()) found.push_back(here);
    if (type.field(i)->message_type() != nullptr) {
      FindRepeated(*type.field(i)->message_type(), here, found);
    }
  }
}

Message& Reach(Message& message, const Path& path) {
  Message* at = &message;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const auto& reflection = *at->GetReflection();
    at = path[i]->is_repeated() ? reflection.AddMessage(at, path[i])
                                : reflection.MutableMessage(at, path[i]);
  }
  return *at;
}

void Add(Message& message, const FieldDescriptor& field, bool different, int number) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message& one = *reflection.AddMessage(&message, &field);
      if (!different) return;
      Fill(one, false);
      for (int i = 0; i < one.GetDescriptor()->field_count(); ++i) {
        const auto* inner = one.GetDescriptor()->field(i);
        if (inner->is_repeated()) continue;
        if (inner->type() == FieldDescriptor::TYPE_STRING) {
          one.GetReflection()->SetString(&one, inner, std::to_string(number));
        } else if (inner->type() == FieldDescriptor::TYPE_INT64) {
          one.GetReflection()->SetInt64(&one, inner, 1'800'000'000'000 + 100'000L * number + i);
        }
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.AddString(&message, &field, different ? std::to_string(number) : "");
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.AddUInt32(&message, &field, static_cast<uint32_t>(different ? number : 0));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.AddEnumValue(&message, &field, 1);
    default:
      FAIL() << "a field of a type that this test does not know: " << field.full_name();
  }
}

// Bytes of the largest answer that a request of this kind gets.
void Ask(const Stage& stage, const Message& request, const std::string& what) {
  const auto& kind = *daemon::KindOf(request);
  for (const daemon::Caller& caller : stage.callers) {
    if (daemon::DenialOf(daemon::PolicyOf(kind), caller)) continue;
    stage.bench->now = stage.now;
    const auto from = std::chrono::steady_clock::now();
    const daemon::Decided decided = stage.bench->Peek(caller, request);
    EXPECT_LT(std::chrono::steady_clock::now() - from, kLong) << what;
    size_t answer = decided.response.size();
    for (const auto& reason : decided.reasons) answer += reason.ByteSizeLong() + 2;
    EXPECT_LT(answer, daemon::kRequestBytesMax) << what << " " << decided.reasons.size();
    return;
  }
}

class LargeRequest : public testing::TestWithParam<const Stage& (*)()> {};

TEST_P(LargeRequest, IsAnsweredSoonAndShortly) {
  const Stage& stage = GetParam()();
  const Message& type = stage.bench->service().request_type();
  std::vector<Path> repeated;
  FindRepeated(*type.GetDescriptor(), {}, repeated);
  for (const Path& path : repeated) {
    for (const bool different : {false, true}) {
      const std::unique_ptr<Message> request(type.New());
      Message& holder = Reach(*request, path);
      size_t bytes = 0;
      for (int i = 0; bytes < daemon::kRequestBytesMax; ++i) {
        Add(holder, *path.back(), different, i);
        if (i % 64 == 0) bytes = request->ByteSizeLong();
      }
      Ask(stage, *request, path.back()->full_name() + (different ? ", each another" : ""));
    }
  }
}

std::string ServiceOf(const testing::TestParamInfo<const Stage& (*)()>& of) {
  return std::string(of.param().bench->service().name());
}

INSTANTIATE_TEST_SUITE_P(, LargeRequest,
                         testing::Values(IntakeStage, MeetingStage, EscalationStage, AuditStage),
                         ServiceOf);

}  // namespace
}  // namespace samenspel::fuzz
