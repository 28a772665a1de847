// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/base/file_system.h"
#include "common/base/instant.h"
#include "common/base/result.h"

namespace samenspel::bus {

/// Who may talk to the daemons: a professional or a service, with one key. Rights follow
/// the organisation and function that the principal acts for, not the employer (P.05).
struct Principal {
  std::string id;            ///< "pro_..." or "svc_intake", ...
  std::string employer;      ///< Organisation id.
  std::string organisation;  ///< The one it acts for.
  std::string function;      ///< Such as "veilig_thuis_desk".
  std::vector<std::string> roles;
  std::string curve_key;             ///< Public, Z85, 40 characters.
  std::string other_curve_key = {};  ///< The same; counts too, while the key changes. Or empty.
  std::string ed25519_key;           ///< Public, base64; empty: signs nothing.
  base::Instant valid_from{};
  base::Instant valid_until{};
  std::optional<base::Instant> revoked_at;
  std::vector<std::string> may_act_for;  ///< Organisations whose persons it may act for.

  bool IsValidAt(base::Instant now) const {
    return now >= valid_from && now < valid_until && !(revoked_at && now >= *revoked_at);
  }
  bool HasRole(std::string_view role) const;
  /// Only what is listed: the own organisation is not included by itself.
  bool MayActFor(std::string_view organisation_id) const;
};

/// An immutable snapshot of the registry folder: one TOML file per principal
/// (docs/formats/registry.md).
class Registry {
 public:
  Registry() = default;
  Registry(const Registry&) = delete;  // by_key_ points into principals_.
  Registry& operator=(const Registry&) = delete;

  /// Reads every "*.toml" in `directory`. One bad file refuses the whole, naming file and line:
  /// half a registry would lock people out or let them in. Refused too: a key or id that stands in
  /// two files, unknown keys of the file.
  static base::Result<std::shared_ptr<const Registry>> Load(base::FileSystem& files,
                                                            const std::string& directory);
  /// The same from memory; refuses a key or id that is empty or stands twice.
  static base::Result<std::shared_ptr<const Registry>> Of(std::vector<Principal> principals);

  const Principal* ById(std::string_view id) const;
  const Principal* ByKey(std::string_view curve_key) const;
  const std::map<std::string, Principal, std::less<>>& all() const { return principals_; }

 private:
  std::map<std::string, Principal, std::less<>> principals_;
  std::unordered_map<std::string, const Principal*> by_key_;
};

/// The file of one principal, as `keys new` writes it. Load reads it back as it was.
std::string RegistryFile(const Principal& principal);

}  // namespace samenspel::bus
