// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/exit_code.h"

namespace samenspel::cli {

ExitCode ExitOf(common::v1::Status status) {
  switch (status) {
    case common::v1::STATUS_OK:
      return kExitOk;
    case common::v1::STATUS_REFUSED:
      return kExitRefused;
    case common::v1::STATUS_INVALID:
      return kExitInvalid;
    case common::v1::STATUS_NOT_FOUND:
      return kExitNotFound;
    case common::v1::STATUS_CONFLICT:
      return kExitConflict;
    case common::v1::STATUS_DENIED:
      return kExitDenied;
    case common::v1::STATUS_BUSY:
    case common::v1::STATUS_UNAVAILABLE:
      return kExitUnavailable;
    default:  // A status of a later version: at least not success.
      return kExitRefused;
  }
}

ExitCode ExitOf(const base::Status& status) {
  switch (status.code()) {
    case base::Code::kOk:
      return kExitOk;
    case base::Code::kInvalid:
    case base::Code::kNotFound:  // Of files: what daemons do not find is in their reply.
    case base::Code::kIo:
      return kExitInvalid;
    case base::Code::kDenied:
      return kExitDenied;
    case base::Code::kExists:
    case base::Code::kCorrupt:
      return kExitRefused;
    case base::Code::kUnavailable:
    case base::Code::kTimeout:
      return kExitUnavailable;
  }
  return kExitRefused;
}

}  // namespace samenspel::cli
