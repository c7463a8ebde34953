// SPDX-License-Identifier: Apache-2.0
// What a volunteer is told and agrees to.
#pragma once

#include <string_view>

#include "proto/envelope/sign.h"

namespace taster::consent {

// Raised with every change of meaning: then everybody is asked again.
inline constexpr int kTextVersion = 3;
inline constexpr std::string_view kLanguage = "en";
// What is typed to agree.
inline constexpr std::string_view kConfirmation = "I understand and agree";

std::string_view Text();
// BLAKE2b-256 of Text().
envelope::Hash TextHash();

}  // namespace taster::consent
