// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace samenspel::base {

/// What kind of failure of the world it is. A refusal of the domain is not one of these: that is a
/// reply.
enum class Code {
  kOk,
  kInvalid,
  kNotFound,
  kDenied,
  kExists,
  kUnavailable,
  kTimeout,
  kCorrupt,
  kIo
};

/// Ok, or a code and one sentence: what was tried on what. Never quotes family data or keys.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Code code, std::string message) : code_(code), message_(std::move(message)) {
    assert(code != Code::kOk);
  }
  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  const std::string& message() const { return message_; }

 private:
  Code code_ = Code::kOk;
  std::string message_;
};

inline Status Ok() { return {}; }

/// A value, or why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}        // NOLINT: implicit by design
  Result(Status status) : content_(std::move(status)) {  // NOLINT: implicit by design
    assert(!std::get<Status>(content_).ok());
  }
  bool ok() const { return std::holds_alternative<T>(content_); }
  Status status() const { return ok() ? Status{} : std::get<Status>(content_); }
  T& value() & { return std::get<T>(content_); }
  const T& value() const& { return std::get<T>(content_); }
  T&& value() && { return std::get<T>(std::move(content_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Status> content_;
};

}  // namespace samenspel::base

/// Returns from the enclosing function when `expression` (a Status) is not ok.
#define SAMENSPEL_RETURN_IF_ERROR(expression)                       \
  do {                                                              \
    if (auto status_ = (expression); !status_.ok()) return status_; \
  } while (false)
