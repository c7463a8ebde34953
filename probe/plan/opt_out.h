// SPDX-License-Identifier: Apache-2.0
// Whose hosts are not to be visited: their operators asked for it.
#pragma once

#include <string_view>
#include <vector>

#include "proto/dns/name.h"
#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"

namespace taster::plan {

class OptOut {
 public:
  // "192.0.2.0/24", "2001:db8::1" or "example.com", which stands for all names
  // below it too. False: none of these.
  bool Add(std::string_view text);

  // True iff nobody may go to `address` as a client of `name`.
  bool Covers(const net::IpAddress& address, const dns::Name& name) const;

 private:
  std::vector<net::IpPrefix> prefixes_;
  std::vector<dns::Name> names_;
};

}  // namespace taster::plan
