// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/file_digest.h"

#include <openssl/sha.h>
#include <zlib.h>

#include <array>
#include <cstdint>

#include "proto/envelope/sign.h"

namespace taster::serve {

std::string Gzipped(std::string_view content) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, static_cast<uLong>(content.size())),
                     '\0');
  // zlib does not write through the pointer to its input.
  stream.next_in =
      const_cast<Bytef*>(reinterpret_cast<const Bytef*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Sha256Hex(std::string_view content) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const std::uint8_t*>(content.data()), content.size(),
         digest.data());
  return envelope::ToHex(digest);
}

}  // namespace taster::serve
