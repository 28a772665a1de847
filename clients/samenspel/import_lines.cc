// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/import_lines.h"

#include <algorithm>
#include <map>

#include "clients/samenspel/json_form.h"
#include "common/tlog/sha256.h"

namespace samenspel::cli {
namespace {

constexpr size_t kIdBytes = 16;

std::string IdOf(const std::string& form, size_t earlier) {
  std::string id = tlog::Sha256({"samenspel import 1\n", std::to_string(earlier), "\n", form})
                       .substr(0, kIdBytes);
  // Version and variant as RFC 9562 wants them of version 7.
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x70);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::vector<ImportLine> ReadImport(std::string_view text) {
  std::vector<ImportLine> lines;
  std::map<std::string, size_t> seen;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (IsBlank(line)) continue;
    ImportLine& read = lines.emplace_back();
    read.number = number;
    intake::v1::SubmitReport& form = *read.request.mutable_submit_report();
    read.wrong = ReadForm(line, form);
    if (read.wrong) continue;
    form.set_bulk(true);
    const std::string bytes = form.SerializeAsString();
    read.request_id = IdOf(bytes, seen[tlog::Sha256(bytes)]++);
  }
  return lines;
}

}  // namespace samenspel::cli
