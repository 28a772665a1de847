// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/import_lines.h"

#include <algorithm>
#include <map>

#include "clients/samenspel/json_form.h"

namespace samenspel::cli {
namespace {

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::vector<ImportLine> ReadImport(std::string_view text) {
  std::vector<ImportLine> lines;
  std::map<std::string, size_t> first;
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
    read.form = form.SerializeAsString();
    const auto [at, is_first] = first.emplace(read.form, number);
    if (!is_first) read.same_as = at->second;
  }
  return lines;
}

FormCounts CountForms(const std::vector<ImportLine>& lines) {
  FormCounts counts;
  for (const ImportLine& line : lines) {
    if (!line.wrong) ++counts[line.form];
  }
  return counts;
}

}  // namespace samenspel::cli
