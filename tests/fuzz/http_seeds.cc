// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/http_seeds.h"

namespace taster {

void AddTargets(std::map<std::string, std::string>* seeds) {
  const std::pair<const char*, const char*> targets[] = {
      {"view", "/api/v1/sample?day=2026-11-01..2026-11-20&limit=7&order=asc"},
      {"lists", "/api/v1/sample?country=CN,IR&asn=1..5&columns=day,asn"},
      {"types", "/?agreement=0.5..1&seen=2026-11-01&is_reserved=true&hops=3"},
      {"addresses", "/?address=192.0.2.0/24,2001:db8::1&addresses=::1"},
      {"arrays", "/?mechanisms=on_path_injection&asn=null&format=csv"},
      {"name", "/?domain=B%C3%BCcher.example."},
      {"injection", "/?domain=%27%20OR%201=1%20--&country=a%22,b%5C"},
      {"cursor", "/?cursor=AAAAAAAAAAAAAAAAAAAAAAAyOmFi"},
      {"page", "/domain/xn--bcher-kva.example/"},
      {"network", "/network/CN/4134/?lang=fa"},
      {"address", "/address/2001::1/"},
      {"feed", "/feeds/network/CN/4134.atom"},
      {"ways_out", "/a/%2e%2e/..%2fetc/passwd?x=%00"},
      {"octets", "/?a=%ff%fe&b=%ed%a0%80&=&&a"},
  };
  for (const auto& [name, target] : targets) {
    (*seeds)[std::string("fuzz_http_query/") + name] = target;
  }
}

}  // namespace taster
