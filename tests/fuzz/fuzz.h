// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

/// What is fed with arbitrary bytes, and what must hold whatever they are. Under clang each target
/// is a program of libFuzzer; in every build the inputs that are kept go through the same functions
/// (replay_test.cc). "Fuzzing" in docs/testing.md says what each one proves.
namespace samenspel::fuzz {

/// How an input is made up, so that a mutation can change one field of a message instead of bytes
/// that fail at the first look.
struct Shape {
  /// The type that follows such a header; null: plain bytes, or bytes without structure here.
  const google::protobuf::Message* (*type)(std::string_view header) = nullptr;
  size_t header = 0;  ///< Bytes before the message that choose what is done with it.
  bool many = false;  ///< Several of both, as Pieces() takes them apart.
};

struct Target {
  const char* name;
  /// Ends the process when something does not hold.
  void (*run)(std::string_view input);
  /// Well-formed inputs to begin with, made from what the repository ships.
  std::vector<std::string> (*seeds)();
  Shape shape = {};
  size_t bytes_max = 4096;
};

/// Ends the process, saying what was promised, unless it holds.
void Promise(bool holds, std::string_view what);

/// A status that refuses an input: one line of printable text that says something.
void PromiseSentence(std::string_view message);

/// Takes the input apart: each piece after its length in two bytes, the last may be cut short.
std::vector<std::string_view> Pieces(std::string_view input);
std::string Joined(const std::vector<std::string>& pieces);

/// Takes `size` bytes off the front; zeros where there are fewer.
std::string TakeBytes(std::string_view& input, size_t size);
uint8_t TakeByte(std::string_view& input);
/// Two bytes of it, big end first.
size_t TakeNumber(std::string_view& input);

/// A file of the repository.
std::string SourceFile(const std::string& path);
/// All files of a folder of the repository, by name.
std::vector<std::string> SourceFiles(const std::string& folder);

}  // namespace samenspel::fuzz
