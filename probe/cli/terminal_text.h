// SPDX-License-Identifier: Apache-2.0
// Encoders for what is shown: text from elsewhere must not drive a terminal.
#pragma once

#include <string>
#include <string_view>

namespace taster::cli {

// `text` with everything but printable ASCII and newlines as "\xNN".
std::string Printable(std::string_view text);

// `text` as a JSON string, in quotes; bytes outside printable ASCII as \u00NN.
std::string JsonText(std::string_view text);

}  // namespace taster::cli
