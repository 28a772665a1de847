// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/import_record.h"
#include "clients/samenspel/json_tree.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// One line of a file with a form a line.
struct ImportLine {
  size_t number = 0;               ///< From 1, as editors count.
  std::optional<FormError> wrong;  ///< It cannot be read; the rest is empty then.
  intake::v1::Request request;     ///< Sends it as bulk: no person saw the colour (P.17).
  std::string form;                ///< The request's form, serialized: equal forms, equal bytes.
  size_t same_as = 0;              ///< The first line with the same form; 0: this is the first.
};

/// All lines that are not blank.
std::vector<ImportLine> ReadImport(std::string_view text);

/// The forms of the lines that can be read.
FormCounts CountForms(const std::vector<ImportLine>& lines);

}  // namespace samenspel::cli
