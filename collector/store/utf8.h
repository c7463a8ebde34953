// SPDX-License-Identifier: Apache-2.0
// Whether bytes may stand in a text column of a UTF-8 database.
#pragma once

#include <string_view>

namespace taster::store {

// True iff `bytes` is well-formed UTF-8 (RFC 3629): no overlong forms, no
// surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view bytes);

}  // namespace taster::store
