// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::kill {

/// What a client was answered to one change, when it was first answered. The record of these is
/// all that the load client and the checker share.
struct Answered {
  std::string service;
  std::string request_id;  ///< 16 bytes.
  std::string principal;
  std::string kind;  ///< "submit_report"
  common::v1::Status status = common::v1::STATUS_UNSPECIFIED;
  uint64_t epoch = 0;  ///< Epoch and sequence of the entry; 0: the answer named none.
  uint64_t sequence = 0;
  std::string digest;  ///< SHA-256 of the reply.
  std::string stream;  ///< What it was about: a report, meeting or alarm; empty: not known.
};

/// Such an answer of `service`.
Answered AnsweredOf(const std::string& service, const std::string& principal,
                    const std::string& kind, const common::v1::Reply& reply,
                    const std::string& stream);

/// Fields with a blank between them, bytes in hexadecimal, "-" for what is empty; a line feed.
std::string LineOf(const Answered& answered);
/// All lines of a record; kInvalid names the first that is none.
base::Result<std::vector<Answered>> ParseRecord(std::string_view text);

/// The record of a run: a file that each line is in before Write returns. Any thread.
class Record {
 public:
  explicit Record(const std::string& path);
  ~Record();
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  void Write(const Answered& answered);

 private:
  std::mutex mutex_;
  int fd_ = -1;
};

}  // namespace samenspel::kill
