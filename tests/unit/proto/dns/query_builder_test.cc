// SPDX-License-Identifier: Apache-2.0
#include "proto/dns/query_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::dns {
namespace {

using Buffer = std::array<std::uint8_t, QueryTemplate::kMaxQueryBytes>;
using Packet = std::unique_ptr<ldns_pkt, void (*)(ldns_pkt*)>;

std::vector<std::uint8_t> Build(const QueryShape& shape, const char* qname,
                                std::uint16_t id) {
  const auto built = QueryTemplate::Build(shape);
  EXPECT_TRUE(built.ok());
  EXPECT_EQ(built->shape(), shape);
  Buffer buffer;
  const auto size = built->Write(id, Name::Parse(qname)->wire(), buffer);
  return {buffer.begin(), buffer.begin() + size};
}

Packet Reread(const std::vector<std::uint8_t>& wire) {
  ldns_pkt* packet = nullptr;
  EXPECT_EQ(ldns_wire2pkt(&packet, wire.data(), wire.size()), LDNS_STATUS_OK);
  return Packet(packet, ldns_pkt_free);
}

TEST(QueryTemplate, LdnsReadsWhatItWrites) {
  const auto wire = Build({.qtype = kTypeAaaa}, "wWw.example.com", 0xbeef);
  const Packet packet = Reread(wire);
  EXPECT_EQ(ldns_pkt_id(packet.get()), 0xbeef);
  EXPECT_FALSE(ldns_pkt_qr(packet.get()));
  EXPECT_TRUE(ldns_pkt_rd(packet.get()));
  EXPECT_FALSE(ldns_pkt_cd(packet.get()));
  EXPECT_TRUE(ldns_pkt_edns(packet.get()));
  EXPECT_TRUE(ldns_pkt_edns_do(packet.get()));
  EXPECT_EQ(ldns_pkt_edns_udp_size(packet.get()), 1232);
  const ldns_rr* question = ldns_rr_list_rr(ldns_pkt_question(packet.get()), 0);
  EXPECT_EQ(ldns_rr_get_type(question), LDNS_RR_TYPE_AAAA);
  const ldns_rdf* owner = ldns_rr_owner(question);
  const auto name =
      Name::FromWire({ldns_rdf_data(owner), ldns_rdf_size(owner)});
  ASSERT_TRUE(name);
  EXPECT_EQ(name->wire()[2], 'W');
  EXPECT_EQ(*name, *Name::Parse("www.example.com"));
}

TEST(QueryTemplate, OwnReaderReadsWhatItWrites) {
  for (const std::uint16_t qtype : {kTypeA, kTypeHttps, kTypeTxt}) {
    for (const char* qname : {".", "a", "www.example.com", "\\000\\255.test"}) {
      const auto wire = Build({.qtype = qtype}, qname, 7);
      MessageReader reader(wire);
      const auto question = reader.NextQuestion();
      ASSERT_TRUE(question);
      EXPECT_TRUE(question->qname.Equals(*Name::Parse(qname)));
      EXPECT_EQ(question->qtype, qtype);
      EXPECT_EQ(question->qclass, kClassIn);
      const auto opt = reader.NextRecord();
      ASSERT_TRUE(opt);
      EXPECT_EQ(opt->type, kTypeOpt);
      EXPECT_TRUE(opt->owner.ToName().is_root());
      EXPECT_FALSE(reader.NextRecord());
      EXPECT_EQ(reader.defect(), Defect::kNone);
    }
  }
}

TEST(QueryTemplate, FlagsFollowTheShape) {
  for (int bits = 0; bits < 16; ++bits) {
    const QueryShape shape{.recursion_desired = (bits & 1) != 0,
                           .checking_disabled = (bits & 2) != 0,
                           .edns = (bits & 4) != 0,
                           .dnssec_ok = (bits & 8) != 0,
                           .udp_payload_bytes = 512};
    const auto wire = Build(shape, "example.com", 1);
    MessageReader reader(wire);
    EXPECT_EQ(reader.header().Has(kFlagRd), shape.recursion_desired);
    EXPECT_EQ(reader.header().Has(kFlagCd), shape.checking_disabled);
    EXPECT_EQ(reader.header().flags & ~(kFlagRd | kFlagCd), 0);
    const auto opt = reader.NextRecord();
    ASSERT_EQ(opt.has_value(), shape.edns);
    if (!shape.edns) continue;
    EXPECT_EQ(opt->rclass, 512);
    EXPECT_EQ(opt->rr_ttl, shape.dnssec_ok ? 0x8000u : 0u);
  }
}

TEST(QueryTemplate, LongestNameFits) {
  const std::string label = std::string(63, 'a') + '.';
  const auto wire =
      Build({}, (label + label + label + std::string(61, 'b')).c_str(), 2);
  EXPECT_LE(wire.size(), QueryTemplate::kMaxQueryBytes);
  MessageReader reader(wire);
  EXPECT_EQ(reader.NextQuestion()->qname.ToName().wire().size(), 255u);
}

TEST(QueryTemplate, RefusesEdnsWithoutSize) {
  // ldns takes a size of 0 and no flag for the wish not to have an OPT.
  const auto built = QueryTemplate::Build(
      {.edns = true, .dnssec_ok = false, .udp_payload_bytes = 0});
  EXPECT_EQ(built.status().code(), absl::StatusCode::kInternal);
}

TEST(Randomise0x20, ChangesLettersOnly) {
  const Name name = *Name::Parse("a1-B\\065\\000z.\\255x");
  std::vector<std::uint8_t> wire(name.wire().begin(), name.wire().end());
  Randomise0x20(0, wire);
  EXPECT_EQ(wire, std::vector<std::uint8_t>(
                      {7, 'A', '1', '-', 'B', 'A', 0, 'Z', 2, 255, 'X', 0}));
  Randomise0x20(~std::uint64_t{0}, wire);
  EXPECT_EQ(wire, std::vector<std::uint8_t>(
                      {7, 'a', '1', '-', 'b', 'a', 0, 'z', 2, 255, 'x', 0}));
  Randomise0x20(0b00101, wire);
  EXPECT_EQ(*Name::FromWire(wire), name);
  EXPECT_EQ(wire[1], 'a');
  EXPECT_EQ(wire[4], 'B');
  EXPECT_EQ(wire[5], 'a');
}

TEST(Randomise0x20, RepeatsItsBits) {
  std::vector<std::uint8_t> wire = {63};
  wire.resize(64, 'a');
  wire.push_back(63);
  wire.resize(128, 'a');
  wire.push_back(0);
  Randomise0x20(1, wire);
  EXPECT_EQ(wire[1], 'a');
  EXPECT_EQ(wire[2], 'A');
  EXPECT_EQ(wire[63], 'A');
  EXPECT_EQ(wire[66], 'a');  // The 65th letter.
  EXPECT_EQ(wire[67], 'A');
}

TEST(QueryTemplate, NamesTheNetworkOnWhoseBehalfItAsks) {
  const struct {
    const char* prefix;
    bool nsid;
    std::vector<std::uint8_t> options;
  } cases[] = {
      {"192.0.2.0/24", false, {0, 8, 0, 7, 0, 1, 24, 0, 192, 0, 2}},
      {"192.0.0.0/10", false, {0, 8, 0, 6, 0, 1, 10, 0, 192, 0}},
      {"2001:db8::/56",
       true,
       {0, 3, 0, 0, 0, 8, 0, 11, 0, 2, 56, 0, 0x20, 1, 0xd, 0xb8, 0, 0, 0}},
  };
  for (const auto& one : cases) {
    const auto wire = Build(
        {.nsid = one.nsid, .client_subnet = net::IpPrefix::Parse(one.prefix)},
        "www.example.com", 7);
    ASSERT_GT(wire.size(), one.options.size());
    EXPECT_TRUE(std::equal(one.options.begin(), one.options.end(),
                           wire.end() - std::ssize(one.options)))
        << one.prefix;
    const Packet packet = Reread(wire);
    EXPECT_TRUE(ldns_pkt_edns(packet.get()));
  }
}

TEST(QueryTemplate, NamesNobodyWithoutEdns) {
  const QueryShape shape{.edns = false,
                         .client_subnet = net::IpPrefix::Parse("192.0.2.0/24")};
  EXPECT_EQ(Build(shape, "a.test", 7), Build({.edns = false}, "a.test", 7));
}

}  // namespace
}  // namespace taster::dns
