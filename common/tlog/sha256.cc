// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/sha256.h"

#include <openssl/evp.h>

#include <cassert>
#include <memory>

namespace samenspel::tlog {

std::string Sha256(std::initializer_list<std::string_view> parts) {
  // One context a thread: allocating one costs as much as hashing a small entry.
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  thread_local const EVP_MD* const algorithm = EVP_sha256();
  std::string digest(32, '\0');
  bool ok = EVP_DigestInit_ex(context.get(), algorithm, nullptr) == 1;
  for (const std::string_view part : parts) {
    ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  ok = ok && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                nullptr) == 1;
  assert(ok);
  return digest;
}

}  // namespace samenspel::tlog
