// SPDX-License-Identifier: Apache-2.0
#include "proto/dns/presentation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "tests/unit/proto/dns/message_writer.h"

namespace taster::dns {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

using Bytes = std::vector<std::uint8_t>;

constexpr std::array<std::uint8_t, 4> kV4 = {192, 0, 2, 1};

// The text of one answer with `rdata`.
std::string ShowAnswer(unsigned type, const Bytes& rdata) {
  MessageWriter writer({.questions = 1, .answers = 1});
  writer.Question("a.test").Record(type, rdata);
  return MessageToText(writer.bytes());
}

// The text of a message whose OPT has `rdata`.
std::string ShowOpt(const Bytes& rdata) {
  MessageWriter writer({.questions = 1, .additionals = 1});
  writer.Question("a.test").U8(0).U16(kTypeOpt).U16(1232).U32(0x01008000);
  writer.U16(static_cast<unsigned>(rdata.size())).Bytes(rdata);
  return MessageToText(writer.bytes());
}

TEST(Types, HaveNames) {
  EXPECT_EQ(TypeToText(1), "A");
  EXPECT_EQ(TypeToText(65), "HTTPS");
  EXPECT_EQ(TypeToText(4711), "TYPE4711");
  EXPECT_EQ(TypeFromText("aaaa"), 28);
  EXPECT_EQ(TypeFromText("Https"), 65);
  EXPECT_EQ(TypeFromText("type4711"), 4711);
  EXPECT_EQ(TypeFromText("TYPE1"), 1);
  for (const char* text : {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", "AA",
                           "TYPE 1", "nonsense"}) {
    EXPECT_EQ(TypeFromText(text), 0) << text;
  }
  for (unsigned type = 1; type < 300; ++type) {
    const auto number = static_cast<std::uint16_t>(type);
    EXPECT_EQ(TypeFromText(TypeToText(number)), number);
  }
}

TEST(Rcodes, HaveNames) {
  EXPECT_EQ(RcodeToText(0), "NOERROR");
  EXPECT_EQ(RcodeToText(3), "NXDOMAIN");
  EXPECT_EQ(RcodeToText(5), "REFUSED");
  EXPECT_EQ(RcodeToText(15), "RCODE15");
}

TEST(MessageToText, ShowsEverySection) {
  MessageWriter writer(
      {.questions = 1, .answers = 2, .authorities = 1, .additionals = 1});
  writer.Question("wWw.example.com");
  writer.Pointer(12).RecordHead(kTypeCname, 6).Label("cdn").Pointer(16);
  writer.Pointer(12 + 17 + 4 + 12).RecordHead(kTypeA, 4).Bytes(kV4);
  writer.Pointer(16).RecordHead(kTypeNs, 5).Label("ns").Pointer(16);
  writer.DomainName("x.test").RecordHead(4711, 3).Bytes(Bytes{1, 2, 255});
  EXPECT_EQ(MessageToText(writer.bytes()),
            ";; ->>HEADER<<- opcode: QUERY, rcode: NOERROR, id: 4660\n"
            ";; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 1, "
            "ADDITIONAL: 1\n"
            ";; QUESTION SECTION:\n"
            ";wWw.example.com.\tIN\tA\n"
            ";; ANSWER SECTION:\n"
            "wWw.example.com.\t60\tIN\tCNAME\tcdn.example.com.\n"
            "cdn.example.com.\t60\tIN\tA\t192.0.2.1\n"
            ";; AUTHORITY SECTION:\n"
            "example.com.\t60\tIN\tNS\tns.example.com.\n"
            ";; ADDITIONAL SECTION:\n"
            "x.test.\t60\tIN\tTYPE4711\t\\# 3 0102ff\n");
}

TEST(MessageToText, ShowsFlagsAndRcode) {
  const std::string text =
      MessageToText(MessageWriter({.questions = 0}, 0xafff).bytes());
  EXPECT_THAT(text, HasSubstr("opcode: UPDATE, rcode: RCODE15"));
  EXPECT_THAT(text, HasSubstr("flags: qr aa tc rd ra z ad cd; QUERY: 0"));
}

TEST(MessageToText, DecodesKnownTypes) {
  const Bytes v6 = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_THAT(ShowAnswer(kTypeAaaa, v6), EndsWith("AAAA\t2001:db8::1\n"));
  EXPECT_THAT(ShowAnswer(kTypePtr, {1, 'b', 0}), EndsWith("PTR\tb.\n"));
  EXPECT_THAT(ShowAnswer(kTypeMx, {0, 10, 1, 'm', 0xc0, 12}),
              EndsWith("MX\t10 m.a.test.\n"));
  EXPECT_THAT(ShowAnswer(kTypeTxt, {2, 'a', '"', 0, 3, 0x1b, ' ', 0xff}),
              EndsWith("TXT\t\"a\\\"\" \"\" \"\\027 \\255\"\n"));
  Bytes soa = {1, 'n', 0, 1, 'h', 0};
  for (std::uint8_t field = 1; field < 6; ++field) {
    soa.insert(soa.end(), {0, 0, 1, field});
  }
  EXPECT_THAT(ShowAnswer(kTypeSoa, soa),
              EndsWith("SOA\tn. h. 257 258 259 260 261\n"));
  EXPECT_THAT(ShowAnswer(61, {}), EndsWith("OPENPGPKEY\t\\# 0\n"));
}

TEST(MessageToText, DecodesWhatProves) {
  EXPECT_THAT(ShowAnswer(kTypeDs, {0x4f, 0x66, 8, 2, 0xab, 0xcd}),
              EndsWith("DS\t20326 8 2 abcd\n"));
  EXPECT_THAT(ShowAnswer(kTypeDnskey, {1, 1, 3, 13, 'T', 'a', 's', 't'}),
              EndsWith("DNSKEY\t257 3 13 VGFzdA==\n"));
  // RFC 4034 section 3.3, but for names and signature.
  EXPECT_THAT(
      ShowAnswer(kTypeRrsig, {0,    1,    5,    3,    0,    1,    0x51, 0x80,
                              0x3e, 0x7c, 0x9d, 0xd7, 0x3e, 0x55, 0x10, 0xd7,
                              0x0a, 0x52, 1,    'b',  0,    'T',  'a',  's'}),
      EndsWith("RRSIG\tA 5 3 86400 20030322173103 20030220173103 2642 "
               "b. VGFz\n"));
  // RFC 4034 section 4.3, without the last window.
  EXPECT_THAT(ShowAnswer(kTypeNsec, {1, 'h', 0, 0, 6, 0x40, 1, 0, 0, 0, 3}),
              EndsWith("NSEC\th. A MX RRSIG NSEC\n"));
  // RFC 5155 appendix A, cut short.
  EXPECT_THAT(
      ShowAnswer(kTypeNsec3, {1, 1, 0, 12, 4, 0xaa, 0xbb, 0xcc, 0xdd, 5, 0x17,
                              0x4e, 0xb2, 0x40, 0x9f, 0, 1, 0x40}),
      EndsWith("NSEC3\t1 1 12 aabbccdd 2t7b4g4v A\n"));
  EXPECT_THAT(ShowAnswer(kTypeNsec3, {1, 0, 0, 0, 0, 1, 0x17}),
              EndsWith("NSEC3\t1 0 0 - 2s\n"));
  for (const std::uint16_t type :
       {kTypeDs, kTypeDnskey, kTypeRrsig, kTypeNsec, kTypeNsec3}) {
    EXPECT_THAT(ShowAnswer(type, {0, 1, 2}), HasSubstr(";; malformed"));
  }
}

TEST(MessageToText, DecodesServiceBindings) {
  const Bytes service = {
      0, 1, 1, 't', 0,                                     // 1 t.
      0, 0, 0, 2,   0,    1,                               // mandatory=alpn
      0, 1, 0, 7,   2,    'h',  '3', 3, 'a', ',', 'b',     // alpn
      0, 2, 0, 0,                                          // no-default-alpn
      0, 3, 0, 2,   1,    187,                             // port
      0, 4, 0, 8,   1,    2,    3,   4, 192, 0,   2,   1,  // ipv4hint
      0, 5, 0, 2,   0xfe, 0x0d,                            // ech
      0, 6, 0, 16,  0x20, 1,    0,   0, 0,   0,   0,   0,  // ipv6hint
      0, 0, 0, 0,   0,    0,    0,   9, 2,   11,  0,   1, 'x'};  // key523
  EXPECT_THAT(
      ShowAnswer(kTypeHttps, service),
      EndsWith("HTTPS\t1 t. mandatory=alpn alpn=h3,a\\\\,b no-default-alpn "
               "port=443 ipv4hint=1.2.3.4,192.0.2.1 ech=\\# 2 fe0d "
               "ipv6hint=2001::9 key523=\\# 1 78\n"));
  EXPECT_THAT(ShowAnswer(kTypeSvcb, {0, 0, 1, 'b', 0}),
              EndsWith("SVCB\t0 b.\n"));
}

TEST(MessageToText, DecodesOptions) {
  const std::string text = ShowOpt(
      {0,    3,    0, 3, 'g',  'p',  0x1b,  // NSID
       0,    8,    0, 7, 0,    1,    24,   0,   203,  0,
       113,                                                  // client subnet
       0,    8,    0, 6, 0,    2,    9,    0,   0x20, 0x80,  // client subnet
       0,    10,   0, 2, 0xab, 0xcd,                         // cookie
       0,    12,   0, 3, 0,    0,    0,                      // padding
       0,    15,   0, 4, 0,    15,   'n',  'o',              // EDE
       0,    15,   0, 2, 1,    0,  // EDE, unknown code
       0xfd, 0xe9, 0, 1, 7});      // local use
  EXPECT_THAT(text, EndsWith(";; OPT PSEUDOSECTION:\n"
                             "; EDNS: version: 0, flags: do; udp: 1232, "
                             "extended rcode: 1\n"
                             "; NSID: 67701b (\"gp\\027\")\n"
                             "; CLIENT-SUBNET: 203.0.113.0/24/0\n"
                             "; CLIENT-SUBNET: 2080::/9/0\n"
                             "; COOKIE: abcd\n"
                             "; PADDING: 3 bytes\n"
                             "; EDE: 15 (Blocked): \"no\"\n"
                             "; EDE: 256\n"
                             "; OPT=65001: 07\n"));
}

TEST(MessageToText, SaysWhatIsMalformed) {
  EXPECT_EQ(MessageToText(Bytes{1, 2}), ";; malformed: short_header\n");
  EXPECT_THAT(ShowAnswer(kTypeCname, {0xc0, 0xff}),
              EndsWith("CNAME\t\\# 2 c0ff\n"
                       ";; malformed: RDATA of record 1 (CNAME)\n"));
  MessageWriter writer({.questions = 1, .answers = 2});
  writer.Question("a.test").Record(kTypeMx, Bytes{0}).Record(kTypeMx, Bytes{});
  writer.U8(9);
  EXPECT_THAT(MessageToText(writer.bytes()),
              EndsWith(";; malformed: RDATA of record 1 (MX), "
                       "trailing_bytes\n"));
}

TEST(MessageToText, NoticesRdataThatDoesNotFitItsType) {
  const std::pair<unsigned, Bytes> cases[] = {
      {kTypeCname, {1, 'a', 0, 0}},   {kTypeMx, {0, 1}},
      {kTypeSoa, {0, 0, 0, 0, 0, 1}}, {kTypeTxt, {}},
      {kTypeTxt, {2, 'a'}},           {kTypeHttps, {0, 1, 0, 0, 4, 0, 1, 9}},
  };
  for (const auto& [type, rdata] : cases) {
    EXPECT_THAT(ShowAnswer(type, rdata), HasSubstr(";; malformed: RDATA"));
  }
  for (const Bytes& rdata : std::vector<Bytes>{{0},
                                               {0, 3, 0, 5, 'a'},
                                               {0, 8, 0, 4, 0, 3, 0, 0},
                                               {0, 15, 0, 1, 0}}) {
    EXPECT_THAT(ShowOpt(rdata), EndsWith("RDATA of record 1 (OPT)\n"));
  }
}

TEST(MessageToText, ShowsOtherClasses) {
  MessageWriter writer({.questions = 1, .answers = 1});
  writer.DomainName("version.bind").U16(kTypeTxt).U16(3);
  writer.Pointer(12).U16(kTypeA).U16(254).U32(0).U16(1).U8(9);
  EXPECT_THAT(MessageToText(writer.bytes()),
              HasSubstr(";version.bind.\tCH\tTXT\n"));
  EXPECT_THAT(MessageToText(writer.bytes()), EndsWith("NONE\tA\t\\# 1 09\n"));
}

TEST(HexDump, ShowsOffsetHexAndText) {
  EXPECT_EQ(HexDump({}), "");
  const Bytes bytes = {0, 'a', '~', 0x7f, 1, 2, 3,   4,  5,
                       6, 7,   8,   9,    1, 2, ' ', 'z'};
  EXPECT_EQ(HexDump(bytes),
            "0000  00 61 7e 7f 01 02 03 04 05 06 07 08 09 01 02 20  "
            ".a~............ \n"
            "0010  7a                                               z\n");
}

}  // namespace
}  // namespace taster::dns
