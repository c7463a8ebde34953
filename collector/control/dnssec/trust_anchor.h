// SPDX-License-Identifier: Apache-2.0
// The keys of the root that everything rests on.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace taster::control::dnssec {

// RDATA of DS records of the root.
using TrustAnchors = std::vector<std::string>;

// The root's key signing keys of 2017 and 2024.
TrustAnchors RootAnchors();

// DS or DNSKEY records of the root, one a line, as `unbound` and `ldns-keygen`
// write them; ';' starts a comment. InvalidArgument when a line is none, or
// there is none; NotFound when the file cannot be read. An empty path:
// RootAnchors().
absl::StatusOr<TrustAnchors> LoadAnchors(const std::filesystem::path& path);

// What `delv -a FILE +root=.` takes.
std::string AnchorsForDelv(const TrustAnchors& anchors);

}  // namespace taster::control::dnssec
