// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/peer_address.h"

#include <gtest/gtest.h>

namespace taster::ingest {
namespace {

std::string Parsed(std::string_view peer) {
  const auto address = ParsePeer(peer);
  return address.has_value() ? address->ToString() : "none";
}

TEST(PeerAddress, ReadsWhatGrpcWrites) {
  EXPECT_EQ(Parsed("ipv4:192.0.2.1:4711"), "192.0.2.1");
  EXPECT_EQ(Parsed("ipv6:%5B2001:db8::1%5D:4711"), "2001:db8::1");
  EXPECT_EQ(Parsed("ipv6:[2001:db8::1]:4711"), "2001:db8::1");
  // IPv4 through a dual-stack socket.
  EXPECT_EQ(Parsed("ipv6:%5B::ffff:192.0.2.1%5D:4711"), "192.0.2.1");
}

TEST(PeerAddress, KnowsNothingOfOtherForms) {
  for (const auto* peer : {"", "unix:/tmp/x", "unix:", "ipv4:", "ipv4:x:1",
                           "ipv6:%5B%5D:1", "uds:1", "ipv4:1.2.3.4.5:6"}) {
    EXPECT_EQ(Parsed(peer), "none") << peer;
  }
}

}  // namespace
}  // namespace taster::ingest
