// SPDX-License-Identifier: Apache-2.0
// Where the next page begins: opaque to whoever carries it, and only ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/envelope/sign.h"

namespace taster::serve {

// base64url of a keyed BLAKE2b hash and the values of a row's key. `question`
// is what the cursor belongs to: view, filters and order. NULL never stands in
// a key (select.h).
std::string MakeCursor(const envelope::Secret& secret,
                       std::string_view question,
                       const std::vector<std::string>& key);

// nullopt for what MakeCursor did not make with this secret and question.
std::optional<std::vector<std::string>> ReadCursor(
    const envelope::Secret& secret, std::string_view question,
    std::string_view cursor);

}  // namespace taster::serve
