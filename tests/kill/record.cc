// SPDX-License-Identifier: EUPL-1.2
#include "tests/kill/record.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <optional>
#include <sstream>
#include <system_error>

#include "common/base/hex.h"
#include "common/tlog/sha256.h"

namespace samenspel::kill {
namespace {

constexpr size_t kFields = 9;
constexpr size_t kIdBytes = 16;
constexpr size_t kDigestBytes = 32;

std::string FromHex(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    uint8_t byte = 0;
    const auto read = std::from_chars(text.data() + i, text.data() + i + 2, byte, 16);
    if (read.ptr != text.data() + i + 2) return {};
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

bool ReadNumber(const std::string& text, uint64_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::optional<Answered> ParseLine(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> fields;
  for (std::string word; words >> word;) fields.push_back(word == "-" ? "" : word);
  if (fields.size() != kFields) return std::nullopt;
  Answered answered;
  answered.service = fields[0];
  answered.request_id = FromHex(fields[1]);
  answered.principal = fields[2];
  answered.kind = fields[3];
  answered.digest = FromHex(fields[7]);
  answered.stream = fields[8];
  if (!common::v1::Status_Parse("STATUS_" + fields[4], &answered.status) ||
      !ReadNumber(fields[5], answered.epoch) || !ReadNumber(fields[6], answered.sequence) ||
      answered.request_id.size() != kIdBytes || answered.digest.size() != kDigestBytes) {
    return std::nullopt;
  }
  return answered;
}

}  // namespace

Answered AnsweredOf(const std::string& service, const std::string& principal,
                    const std::string& kind, const common::v1::Reply& reply,
                    const std::string& stream) {
  Answered answered{service, reply.request_id(), principal, kind, reply.status(), 0, 0, {}, stream};
  answered.epoch = reply.entry().epoch();
  answered.sequence = reply.entry().sequence();
  answered.digest = tlog::Sha256(reply.SerializeAsString());
  return answered;
}

std::string LineOf(const Answered& answered) {
  constexpr size_t kPrefix = std::string_view("STATUS_").size();
  const std::string status = common::v1::Status_Name(answered.status).substr(kPrefix);
  const std::string fields[kFields] = {answered.service,
                                       base::ToHex(answered.request_id),
                                       answered.principal,
                                       answered.kind,
                                       status,
                                       std::to_string(answered.epoch),
                                       std::to_string(answered.sequence),
                                       base::ToHex(answered.digest),
                                       answered.stream};
  std::string line;
  for (const std::string& field : fields) {
    if (!line.empty()) line += ' ';
    line += field.empty() ? "-" : field;
  }
  return line + '\n';
}

base::Result<std::vector<Answered>> ParseRecord(std::string_view text) {
  std::vector<Answered> record;
  std::istringstream lines{std::string(text)};
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto answered = ParseLine(line);
    if (!answered) {
      return base::Status(base::Code::kInvalid,
                          "line " + std::to_string(number) + " of the record is none");
    }
    record.push_back(*answered);
  }
  return record;
}

Record::Record(const std::string& path)
    : fd_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "open " + path);
}

Record::~Record() { close(fd_); }

void Record::Write(const Answered& answered) {
  const std::string line = LineOf(answered);
  const std::lock_guard lock(mutex_);
  if (write(fd_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    throw std::system_error(errno, std::generic_category(), "write the record");
  }
}

}  // namespace samenspel::kill
