// SPDX-License-Identifier: Apache-2.0
// What text from outside must be before it is kept and shown.
#pragma once

#include <string>
#include <string_view>

namespace taster::reference {

// Why `text` is no text for people: "not UTF-8" (RFC 3629) or "a control
// character". Empty when it is.
std::string FaultOfText(std::string_view text);

}  // namespace taster::reference
