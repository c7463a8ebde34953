// SPDX-License-Identifier: Apache-2.0
// Finds the host in a URL of a stranger's making (RFC 3986 section 3.2).
#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "probe/capture/http_head.h"
#include "probe/capture/letter_case.h"
#include "proto/net/ip_address.h"

namespace taster::capture {
namespace {

constexpr std::size_t kMostNameBytes = 253;
constexpr std::size_t kMostLabelBytes = 63;

// Letters, digits, hyphens and, as hosts in the wild have them, underscores,
// in labels of 1 to 63.
bool IsHostName(std::string_view text) {
  if (text.empty() || text.size() > kMostNameBytes) return false;
  std::size_t label = 0;
  for (const char c : text) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
      continue;
    }
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
    if (!fits || ++label > kMostLabelBytes) return false;
  }
  return label > 0;
}

bool IsPort(std::string_view text) {
  return text.size() <= 5 && std::ranges::all_of(text, absl::ascii_isdigit);
}

// What stands between "//" and the path, without user and password; empty:
// nothing.
std::string_view AuthorityIn(std::string_view url) {
  constexpr std::array<std::string_view, 3> kBegin = {"http://", "https://",
                                                      "//"};
  for (const auto begin : kBegin) {
    if (!StartsWithAnyCase(url, begin)) continue;
    url.remove_prefix(begin.size());
    // Clients take a backslash for a slash.
    url = url.substr(0, url.find_first_of("/\\?#"));
    const auto user = url.rfind('@');
    return user == url.npos ? url : url.substr(user + 1);
  }
  return {};
}

}  // namespace

std::string HostOfUrl(std::string_view url) {
  const auto authority = AuthorityIn(url);
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == authority.npos) return {};
    const auto behind = authority.substr(end + 1);
    if (!behind.empty() && (behind[0] != ':' || !IsPort(behind.substr(1)))) {
      return {};
    }
    const auto address = net::IpAddress::Parse(authority.substr(1, end - 1));
    return address && !address->is_v4() ? address->ToString() : "";
  }
  const auto colon = authority.find(':');
  if (colon != authority.npos && !IsPort(authority.substr(colon + 1))) {
    return {};
  }
  std::string host(authority.substr(0, colon));
  std::ranges::transform(host, host.begin(), absl::ascii_tolower);
  if (host.ends_with('.')) host.pop_back();
  return IsHostName(host) ? host : "";
}

}  // namespace taster::capture
