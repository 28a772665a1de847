// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/stage.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <set>

#include "common/daemon/policy.h"
#include "common/daemon/wire_check.h"

namespace samenspel::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kFillDepth = 6;
constexpr size_t kReasonsMax = 100;
constexpr std::string_view kIdCharacters = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kPathCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_.[]";
// Shorter texts stand anywhere by chance.
constexpr size_t kTelling = 12;

std::string WithId(const std::string& text, const std::vector<std::string>& ids) {
  const size_t at = text.size() == 1 ? kIdCharacters.find(text[0]) : std::string_view::npos;
  return at < ids.size() ? ids[at] : text;
}

// Every text and every message of a message, with the name of the field that it stands in.
template <class OnText>
void EachText(const Message& message, bool kept, const OnText& on_text) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const bool hides = kept || field->name() == "private" || field->name() == "secret";
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        EachText(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                      : reflection.GetMessage(message, field),
                 hides, on_text);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        on_text(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                     : reflection.GetString(message, field),
                hides);
      }
    }
  }
}

// What an event shows to whoever may follow it.
std::string ClearPart(const Message& event) {
  const std::unique_ptr<Message> copy(event.New());
  copy->CopyFrom(event);
  Message* inner = copy->GetReflection()->MutableMessage(copy.get(), daemon::KindOf(*copy));
  for (const char* name : {"private", "secret"}) {
    const auto* field = inner->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) inner->GetReflection()->ClearField(inner, field);
  }
  return copy->SerializeAsString();
}

void PromiseClean(const daemon::Decided& decided, const Message& asked) {
  std::vector<std::string> kept;
  std::string open;
  EachText(asked, false, [&](const std::string& text, bool is_kept) {
    if (!is_kept) open += text + "\n";
    if (is_kept && text.size() >= kTelling) kept.push_back(text);
  });
  // Ids and case numbers are no secret, and a fuzzer learns them, in pieces too.
  std::erase_if(kept, [&](const std::string& text) {
    return open.find(text) != std::string::npos ||
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
             return std::isalnum(c) != 0 || c == '_' || c == '-';
           });
  });
  for (const daemon::NewEvent& event : decided.events) {
    const std::string clear = ClearPart(*event.event);
    for (const std::string& text : kept) {
      Promise(clear.find(text) == std::string::npos, "what is private is sealed");
    }
  }
}

void FillOne(Message& message, const FieldDescriptor& field, bool far, int depth) {
  const Reflection& reflection = *message.GetReflection();
  const auto number = far ? std::numeric_limits<int64_t>::max() : 1'795'257'000'000;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (depth < kFillDepth) {
        Fill(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                 : *reflection.MutableMessage(&message, &field),
             far, depth + 1);
      }
      return;
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = far ? "Een tekst van een regel" : "0";
      return field.is_repeated() ? reflection.AddString(&message, &field, text)
                                 : reflection.SetString(&message, &field, text);
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int last = field.enum_type()->value(field.enum_type()->value_count() - 1)->number();
      const int value = far ? last : 1;
      return field.is_repeated() ? reflection.AddEnumValue(&message, &field, value)
                                 : reflection.SetEnumValue(&message, &field, value);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, far);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, number);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, far ? ~uint64_t{0} : 1);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, far ? ~uint32_t{0} : 1);
    default:
      return;
  }
}

std::string Seed(size_t caller, const Message& request) {
  return std::string(1, static_cast<char>(caller)) + '\0' + request.SerializeAsString();
}

// Of the request that came: what is refused before anybody looks at its meaning.
std::unique_ptr<Message> Parsed(const Message& type, std::string_view bytes) {
  if (const auto fault = daemon::FindWireFault(*type.GetDescriptor(), bytes)) {
    constexpr std::string_view kCodes[] = {"malformed", "unknown_field", "unknown_enum",
                                           "invalid_utf8", "text_too_long"};
    Promise(std::ranges::find(kCodes, fault->code) != std::end(kCodes), "a fault has its code");
    Promise(fault->field.find_first_not_of(kPathCharacters) == std::string::npos,
            "a fault names a field and no value");
    return nullptr;
  }
  std::unique_ptr<Message> request(type.New());
  Promise(request->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())),
          "what has no fault is a message");
  Promise(!daemon::FindWireFault(*type.GetDescriptor(), request->SerializeAsString()),
          "a message that is written again has no fault");
  return request;
}

base::Instant Later(base::Instant now, uint8_t by) {
  using std::chrono::hours;
  constexpr int kHours[] = {0, 1, 3, 24, 24 * 30, 24 * 365 * 40, -1, -24};
  return now + hours(kHours[by % std::size(kHours)]);
}

}  // namespace

void PutIds(Message& message, const std::vector<std::string>& ids) {
  const Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        PutIds(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                    : *reflection.MutableMessage(&message, field),
               ids);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        field->is_repeated()
            ? reflection.SetRepeatedString(
                  &message, field, i, WithId(reflection.GetRepeatedString(message, field, i), ids))
            : reflection.SetString(&message, field,
                                   WithId(reflection.GetString(message, field), ids));
      }
    }
  }
}

void PromiseDecided(const daemon::Decided& decided, const Message& asked) {
  Promise(decided.status != common::v1::STATUS_UNSPECIFIED, "every request has an answer");
  const bool well = decided.status == common::v1::STATUS_OK;
  Promise(well || decided.events.empty() || !decided.reasons.empty(), "a refusal has its reasons");
  Promise(decided.reasons.size() <= kReasonsMax, "an answer has few reasons");
  for (const auto& reason : decided.reasons) {
    Promise(!reason.code().empty() &&
                reason.code().find_first_not_of(kPathCharacters) == std::string::npos,
            "a reason is a code");
    Promise(reason.field().find_first_not_of(kPathCharacters) == std::string::npos,
            "a reason names a field and no value");
  }
  for (const daemon::NewEvent& event : decided.events) {
    Promise(!event.stream.empty() && event.stream.size() <= 256, "an event has its stream");
    Promise(daemon::KindOf(*event.event) != nullptr, "an event has its kind");
  }
  PromiseClean(decided, asked);
}

void AskRequest(const Stage& stage, std::string_view input) {
  const daemon::Caller& who = stage.callers[TakeByte(input) % stage.callers.size()];
  stage.bench->now = Later(stage.now, TakeByte(input));
  const auto request = Parsed(stage.bench->service().request_type(), input);
  if (request == nullptr || daemon::KindOf(*request) == nullptr) return;
  PutIds(*request, stage.ids);
  daemon::Caller caller = who;
  caller.request_id = std::string(16, 'r');
  caller.expected_version = input.size() % 4;
  const auto& policy = daemon::PolicyOf(*daemon::KindOf(*request));
  const auto denial = daemon::DenialOf(policy, caller);
  Promise(denial || !policy.internal(), "what a daemon asks itself nobody else may ask");
  if (denial) return;
  PromiseDecided(stage.bench->Peek(caller, *request), *request);
}

void Fill(Message& message, bool far, int depth) {
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const auto* choice = field.containing_oneof();
    if (choice != nullptr && choice->field(0) != &field) continue;
    FillOne(message, field, far, depth);
  }
}

std::vector<std::string> RequestSeeds(const Stage& stage) {
  std::vector<std::string> seeds;
  const Message& type = stage.bench->service().request_type();
  const auto& kinds = *type.GetDescriptor()->oneof_decl(0);
  for (int i = 0; i < kinds.field_count(); ++i) {
    const std::unique_ptr<Message> request(type.New());
    Message& kind = *request->GetReflection()->MutableMessage(request.get(), kinds.field(i));
    for (size_t caller = 0; caller < stage.callers.size(); ++caller) {
      if (daemon::DenialOf(daemon::PolicyOf(*kinds.field(i)), stage.callers[caller])) continue;
      kind.Clear();
      seeds.push_back(Seed(caller, *request));
      Fill(kind, false);
      seeds.push_back(Seed(caller, *request));
      kind.Clear();
      Fill(kind, true);
      seeds.push_back(Seed(caller, *request));
    }
  }
  return seeds;
}

}  // namespace samenspel::fuzz
