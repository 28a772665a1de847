// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace samenspel::fuzz {
namespace {

constexpr size_t kLengthBytes = 2;
constexpr size_t kPieceMax = 0xFFFF;
constexpr size_t kSentenceMax = 600;

std::string Content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  Promise(in.good(), "a file of the repository can be read: " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void Promise(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void PromiseSentence(std::string_view message) {
  Promise(!message.empty(), "a refusal says why");
  Promise(message.size() <= kSentenceMax, "a refusal is short");
  Promise(std::ranges::none_of(message, [](char c) { return static_cast<uint8_t>(c) < 0x20; }),
          "a refusal is one line");
}

std::vector<std::string_view> Pieces(std::string_view input) {
  std::vector<std::string_view> pieces;
  while (input.size() > kLengthBytes) {
    const size_t wanted =
        static_cast<size_t>(static_cast<uint8_t>(input[0])) << 8 | static_cast<uint8_t>(input[1]);
    input.remove_prefix(kLengthBytes);
    const size_t size = std::min(wanted, input.size());
    pieces.push_back(input.substr(0, size));
    input.remove_prefix(size);
  }
  return pieces;
}

std::string Joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) {
    const size_t size = std::min(piece.size(), kPieceMax);
    all += static_cast<char>(size >> 8);
    all += static_cast<char>(size & 0xFF);
    all.append(piece, 0, size);
  }
  return all;
}

std::string TakeBytes(std::string_view& input, size_t size) {
  std::string bytes(input.substr(0, size));
  input.remove_prefix(bytes.size());
  bytes.resize(size);
  return bytes;
}

uint8_t TakeByte(std::string_view& input) { return static_cast<uint8_t>(TakeBytes(input, 1)[0]); }

size_t TakeNumber(std::string_view& input) {
  const size_t high = TakeByte(input);
  return high << 8 | TakeByte(input);
}

std::string SourceFile(const std::string& path) {
  return Content(std::filesystem::path(SAMENSPEL_SOURCE) / path);
}

std::vector<std::string> SourceFiles(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(SAMENSPEL_SOURCE) / folder)) {
    if (file.is_regular_file()) paths.push_back(file.path());
  }
  std::ranges::sort(paths);
  std::vector<std::string> contents;
  contents.reserve(paths.size());
  for (const auto& path : paths) contents.push_back(Content(path));
  return contents;
}

}  // namespace samenspel::fuzz
