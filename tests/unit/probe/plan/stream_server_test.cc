// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/stream_server.h"

#include <gtest/gtest.h>

namespace taster::plan {
namespace {

using capture::Transport;

TEST(StreamServerTest, EveryTransportHasItsPort) {
  const auto tcp = ParseStreamServer("tcp://8.8.8.8");
  ASSERT_TRUE(tcp);
  EXPECT_EQ(tcp->transport, Transport::kTcp);
  EXPECT_EQ(tcp->server.ToString(), "8.8.8.8:53");
  const auto tls = ParseStreamServer("tls://[2001:4860:4860::8888]#DNS.google");
  ASSERT_TRUE(tls);
  EXPECT_EQ(tls->transport, Transport::kTls);
  EXPECT_EQ(tls->server.port, 853);
  EXPECT_EQ(tls->tls_name, "dns.google");
  const auto https = ParseStreamServer("https://1.1.1.1:8443/dns-query");
  ASSERT_TRUE(https);
  EXPECT_EQ(https->transport, Transport::kHttps);
  EXPECT_EQ(https->server.ToString(), "1.1.1.1:8443");
  EXPECT_EQ(https->http_path, "/dns-query");
  EXPECT_EQ(https->tls_name, "");
}

TEST(StreamServerTest, RefusesWhatIsNotOne) {
  for (const char* text :
       {"", "8.8.8.8", "udp://8.8.8.8", "tls://", "tls://dns.google",
        "tls://8.8.8.8#", "tls://8.8.8.8#-", "tls://8.8.8.8#a b",
        "tcp://8.8.8.8#dns.google", "tcp://8.8.8.8:0", "tcp://8.8.8.8:65536",
        "https://8.8.8.8", "https://8.8.8.8/a b", "https://8.8.8.8/a?b",
        "https:/8.8.8.8/dns-query", "tls://8.8.8.8/x", "TLS://8.8.8.8"}) {
    EXPECT_FALSE(ParseStreamServer(text)) << text;
  }
}

}  // namespace
}  // namespace taster::plan
