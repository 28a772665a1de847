// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "proto/intake/v1/requests.pb.h"

namespace samenspel::faults {

/// A form in which every private and every secret text is one of its kind, so that whoever finds
/// one knows where it comes from.
struct MarkedForm {
  intake::v1::SubmitReport form;
  intake::v1::FirstStepPrivate first_step;  ///< Told after the form was sent.
  std::vector<std::string> canaries;
};
MarkedForm MarkEveryText();
/// A text that is one of its kind, to be told of `about`.
std::string NewCanary(const std::string& about);

/// Looks for texts in the shapes in which they could lie about: as they are, as UTF-16 in either
/// byte order, in hexadecimal and in base64.
class CanarySearch {
 public:
  explicit CanarySearch(const std::vector<std::string>& canaries);
  /// The first canary in `bytes`, with its shape; empty when there is none.
  std::string FindIn(std::string_view bytes) const;
  /// "FILE holds ..." for each file below `folder` that holds one, names of files included.
  std::vector<std::string> FindBelow(const std::string& folder) const;
  /// The same for the arguments of every process of this machine.
  std::vector<std::string> FindInArguments() const;

 private:
  struct Shape {
    std::string bytes;
    std::string name;
  };
  std::vector<Shape> shapes_;
};

}  // namespace samenspel::faults
