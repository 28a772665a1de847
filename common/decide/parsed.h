// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/arena.h>

#include <string>

namespace samenspel::decide {

/// A message that is looked at and thrown away. It lies in one piece of memory, here as far as it
/// goes, instead of a hundred small ones that are asked for and given back one by one.
template <class Message>
class Parsed {
 public:
  explicit Parsed(const std::string& bytes)
      : arena_(first_, sizeof first_),
        message_(google::protobuf::Arena::CreateMessage<Message>(&arena_)),
        ok_(message_->ParseFromString(bytes)) {}
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;

  bool ok() const { return ok_; }
  Message& operator*() const { return *message_; }
  Message* operator->() const { return message_; }

 private:
  alignas(16) char first_[8192];
  google::protobuf::Arena arena_;
  Message* message_;
  bool ok_;
};

}  // namespace samenspel::decide
