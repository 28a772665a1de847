// SPDX-License-Identifier: EUPL-1.2
#include "tests/faults/canary.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "clients/demo/families.h"
#include "common/base/entropy.h"
#include "common/base/hex.h"
#include "common/tlog/base64.h"

namespace samenspel::faults {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Utf16(std::string_view text, bool big_end_first) {
  std::string wide;
  for (const char c : text) {
    if (big_end_first) wide += '\0';
    wide += c;
    if (!big_end_first) wide += '\0';
  }
  return wide;
}

// What base64 of any text that holds `text` must hold, when `before` characters (modulo 3) stand
// before it: without the characters that its neighbours have a part in.
std::string Base64Within(std::string_view text, size_t before) {
  std::string padded(before, 'x');
  padded += text;
  const size_t first = before == 0 ? 0 : 4;
  const size_t whole = padded.size() / 3 * 4;
  return tlog::EncodeBase64(padded).substr(first, whole - first);
}

// Fills every text of `message`, and of one of each message within it.
class Marker {
 public:
  explicit Marker(std::vector<std::string>& canaries) : canaries_(canaries) {}

  void Mark(Message& message) {
    const auto& reflection = *message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      if (field->name() == "afterwards") continue;  // No form may carry it.
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection.SetString(&message, field, TextFor(field->name()));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Mark(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                  : *reflection.MutableMessage(&message, field));
      }
    }
  }

 private:
  std::string TextFor(const std::string& field) {
    std::string text = NewCanary(field);
    if (field == "bsn") text = demo::InventedBsn(entropy_.Number());
    if (field == "birth_date") return "1987-06-05";  // Its shape is fixed, and not one of a kind.
    canaries_.push_back(text);
    return text;
  }

  base::SystemEntropy entropy_;
  std::vector<std::string>& canaries_;
};

std::string ContentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();  // Stops without a throw where a process ended meanwhile.
  return std::move(content).str();
}

}  // namespace

std::string NewCanary(const std::string& about) {
  base::SystemEntropy entropy;
  return "kanarie-" + about + "-" + base::ToHex(entropy.Bytes(8));
}

MarkedForm MarkEveryText() {
  MarkedForm marked;
  intake::v1::IndicatorAnswer& answer = *marked.form.add_answers();
  answer.set_indicator("fresh_injury");
  answer.set_value(intake::v1::ANSWER_VALUE_YES);
  Marker marker(marked.canaries);
  marker.Mark(*marked.form.mutable_private_());
  marker.Mark(*marked.form.mutable_secret());
  marker.Mark(marked.first_step);
  return marked;
}

CanarySearch::CanarySearch(const std::vector<std::string>& canaries) {
  for (const std::string& canary : canaries) {
    shapes_.push_back({canary, canary});
    for (const bool big_end_first : {false, true}) {
      shapes_.push_back({Utf16(canary, big_end_first), canary + " in UTF-16"});
    }
    shapes_.push_back({base::ToHex(canary), canary + " in hexadecimal"});
    for (const size_t before : {0, 1, 2}) {
      shapes_.push_back({Base64Within(canary, before), canary + " in base64"});
    }
  }
}

std::string CanarySearch::FindIn(std::string_view bytes) const {
  for (const Shape& shape : shapes_) {
    if (bytes.find(shape.bytes) != std::string_view::npos) return shape.name;
  }
  return {};
}

std::vector<std::string> CanarySearch::FindBelow(const std::string& folder) const {
  std::vector<std::string> found;
  using std::filesystem::recursive_directory_iterator;
  for (const auto& entry : recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string content = entry.is_regular_file() ? ContentOf(entry.path()) : std::string();
    for (const std::string& bytes : {name, content}) {
      if (const std::string what = FindIn(bytes); !what.empty()) {
        found.push_back(entry.path().string() + " holds " + what);
      }
    }
  }
  return found;
}

std::vector<std::string> CanarySearch::FindInArguments() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (!std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; })) continue;
    if (const std::string what = FindIn(ContentOf(entry.path() / "cmdline")); !what.empty()) {
      found.push_back("process " + name + " has " + what);
    }
  }
  return found;
}

}  // namespace samenspel::faults
