// SPDX-License-Identifier: Apache-2.0
// Bytes that came as text, as protobuf and databases hand them over.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace taster::net {

// Valid as long as what `bytes` looks at.
inline std::span<const std::uint8_t> BytesOf(std::string_view bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

}  // namespace taster::net
