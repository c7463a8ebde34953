// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of fuzz_dnssec_chain, with new keys each time: chains that
// validate, to change from there.
//
// Usage: write_chain_seeds DIRECTORY
#include <cstdio>
#include <fstream>
#include <string>

#include "proto/dns/constants.h"
#include "tests/unit/collector/control/dnssec/signed_world.h"

namespace {

using namespace taster::control::dnssec;
using taster::dns::kTypeA;
using taster::dns::kTypeDs;

constexpr char kZone[] = "s.t.";

void Write(const std::string& path, const std::vector<std::string>& messages) {
  std::ofstream(path, std::ios::binary) << WriteChain(ChainOf(messages));
}

std::vector<std::string> Behind(std::vector<std::string> links,
                                const std::string& answer) {
  links.insert(links.begin(), answer);
  return links;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  const std::string to = std::string(argv[1]) + "/";
  SignedWorld world(15);
  const auto zones = world.Zones({".", "t.", kZone});
  const auto sign = [&](const std::string& line) {
    return world.Sign({line}, {.zone = kZone});
  };
  Write(to + "address",
        Behind(zones, Message("w.s.t.", kTypeA,
                              {.answer = sign("w.s.t. 60 IN A 192.0.2.1")})));
  Write(to + "alias",
        Behind(zones, Message("w.s.t.", kTypeA,
                              {.answer = sign("w.s.t. 60 IN CNAME v.s.t.") +
                                         sign("v.s.t. 60 IN A 192.0.2.1")})));
  Write(to + "tree_alias",
        Behind(zones, Message("w.d.s.t.", kTypeA,
                              {.answer = sign("d.s.t. 60 IN DNAME s.t.") +
                                         sign("w.s.t. 60 IN A 192.0.2.1")})));
  Write(to + "wildcard",
        Behind(zones,
               Message("x.s.t.", kTypeA,
                       {.answer = Renamed(sign("*.s.t. 60 IN A 192.0.2.1"),
                                          "*.s.t.", "x.s.t."),
                        .authority = sign("m.s.t. 60 IN NSEC z.s.t. A")})));
  Write(to + "nodata",
        Behind(
            zones,
            Message("w.s.t.", kTypeA,
                    {.authority = sign("w.s.t. 60 IN NSEC x.s.t. MX RRSIG")})));
  const Hashing hashing{.zone = kZone, .iterations = 3};
  Write(to + "nxdomain_nsec3",
        Behind(zones,
               Message("x.s.t.", kTypeA,
                       {.authority = sign(MatchLine(hashing, kZone, "SOA NS")) +
                                     sign(CoverLine(hashing, "x.s.t.")) +
                                     sign(CoverLine(hashing, "*.s.t.")),
                        .rcode = 3})));
  auto insecure = world.Zones({".", "t."});
  insecure.push_back(Message(
      "p.t.", kTypeDs,
      {.authority =
           world.Sign({"p.t. 60 IN NSEC q.t. NS RRSIG"}, {.zone = "t."})}));
  Write(
      to + "insecure",
      Behind(insecure,
             Message("p.t.", kTypeA,
                     {.answer = world.Sign({"p.t. 60 IN A 192.0.2.1"}, {})})));
}
