// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/json_tree.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// One line of a file with a form a line.
struct ImportLine {
  size_t number = 0;               ///< From 1, as editors count.
  std::optional<FormError> wrong;  ///< It cannot be read; the rest is empty then.
  intake::v1::Request request;     ///< Sends it as bulk: no person saw the colour (P.17).
  /// 16 bytes, shaped as a UUID of version 7, that follow from what the form says and from how
  /// often it stood in the file before: so sending the file again, also with other lines corrected,
  /// added or moved, gets the first answers and takes effect once.
  std::string request_id;
};

/// All lines that are not blank.
std::vector<ImportLine> ReadImport(std::string_view text);

}  // namespace samenspel::cli
