// SPDX-License-Identifier: Apache-2.0
// How exported files are packed, and what they are checked by.
#pragma once

#include <string>
#include <string_view>

namespace taster::serve {

// RFC 1952, without a name or a time: the same content gives the same bytes.
std::string Gzipped(std::string_view content);

// As sha256sum prints it.
std::string Sha256Hex(std::string_view content);

}  // namespace taster::serve
