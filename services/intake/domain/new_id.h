// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "common/base/ids.h"
#include "common/decide/decision.h"
#include "common/tlog/sha256.h"

namespace samenspel::intake {

/// An id that derives from what made it: the same again gives the same id. No part but the last
/// holds a '|'.
inline std::string IdFrom(const char* prefix, const std::vector<std::string>& parts) {
  std::string made = prefix;
  for (const std::string& part : parts) made += "|" + part;
  const std::string digest = tlog::Sha256(made);
  base::IdBytes bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return base::MakeId(prefix, bytes);
}

/// The id of what a request makes, so that a repeat of the request cannot make a second one.
inline std::string IdFrom(const char* prefix, const decide::Stamp& stamp) {
  return IdFrom(prefix, {stamp.actor, stamp.request_id});
}

}  // namespace samenspel::intake
