// SPDX-License-Identifier: Apache-2.0
// Which names a probe may ask for.
#pragma once

#include <optional>
#include <string_view>

#include "proto/dns/name.h"

namespace taster::plan {

// Why a name may not be asked for.
enum class BadName {
  kNone,
  kMalformed,  // Empty label, label over 63 bytes, name over 255 bytes.
  kNotLdh,     // Anything but letters, digits and hyphens.
  kUnderscore,
  kWildcard,
  kNotALabel,  // Non-ASCII: an IDN must be written as xn--...
  kTrailingDot,
  kSingleLabel,
  kAddress,     // An address, not a name.
  kSpecialUse,  // localhost, .local, .onion, in-addr.arpa (RFC 6761).
};

// One clause for people, such as "has a single label".
std::string_view Explain(BadName why);

// The name in lower case, or nullopt with the reason in `*why`.
std::optional<dns::Name> ReadTargetName(std::string_view text, BadName* why);

}  // namespace taster::plan
