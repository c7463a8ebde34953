// SPDX-License-Identifier: Apache-2.0
// What a reply says, and how it fits its query.
#include "collector/dissect/dissect.h"

#include <gtest/gtest.h>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "tests/unit/collector/judge/message_text.h"

namespace taster::dissect {
namespace {

using judge::Asked;
using judge::Bytes;
using judge::Fit;
using judge::Observation;
using judge::QuestionText;

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}

class DissectTest : public testing::Test {
 protected:
  DissectTest() {
    question_.id = 4660;
    question_.flags = dns::kFlagRd;
    question_.qname = *dns::Name::Parse("wWw.eXample.com.");
    Ask();
    arrival_.source = {Address("192.0.2.53"), 53};
    asked_.server = arrival_.source;
  }

  void Ask() {
    const Bytes query = *judge::WriteMessage(question_, {});
    EXPECT_TRUE(DissectQuery(query, &asked_));
    question_.flags = 0x8180;
  }

  Bytes Reply(const std::vector<std::string>& records) const {
    return *judge::WriteMessage(question_, records);
  }
  Observation SeeBytes(const Bytes& message) const {
    return Dissect(message, arrival_, asked_);
  }
  Observation See(const std::vector<std::string>& records) const {
    return SeeBytes(Reply(records));
  }

  QuestionText question_;
  Asked asked_;
  Arrival arrival_;
};

TEST_F(DissectTest, QueryFacts) {
  question_.flags = 0x0120;
  question_.edns = true;
  question_.qtype = dns::kTypeHttps;
  question_.qclass = 3;
  Ask();
  EXPECT_EQ(asked_.query_id, 4660);
  EXPECT_EQ(asked_.query_flags, 0x0120);
  EXPECT_EQ(asked_.qtype, dns::kTypeHttps);
  EXPECT_EQ(asked_.qclass, 3);
  EXPECT_TRUE(asked_.query_has_opt);
  EXPECT_EQ(asked_.qname.ToText(), "www.example.com.");
}

TEST_F(DissectTest, WhatIsNoQuery) {
  QuestionText question = question_;
  question.flags = 0x0100;
  const Bytes query = *judge::WriteMessage(question, {});
  Asked asked;
  for (std::size_t size = 0; size < query.size(); ++size) {
    EXPECT_FALSE(DissectQuery(std::span(query).first(size), &asked)) << size;
  }
  Bytes changed = query;
  changed[2] = 0x81;  // QR
  EXPECT_FALSE(DissectQuery(changed, &asked));
  changed[2] = 0x29;  // Opcode UPDATE
  EXPECT_FALSE(DissectQuery(changed, &asked));
  changed = query;
  changed[5] = 2;  // QDCOUNT
  EXPECT_FALSE(DissectQuery(changed, &asked));
  changed[5] = 0;
  EXPECT_FALSE(DissectQuery(changed, &asked));
  changed = query;
  changed.push_back(0);
  EXPECT_FALSE(DissectQuery(changed, &asked));
  EXPECT_TRUE(asked.qname.is_root());
}

TEST_F(DissectTest, KeepsWhatTravelledBeside) {
  arrival_.offset = std::chrono::milliseconds(12);
  arrival_.ip_ttl = 47;
  arrival_.dont_fragment = true;
  arrival_.ip_id_zero = false;
  const Observation reply = See({});
  EXPECT_EQ(reply.arrival_offset, std::chrono::milliseconds(12));
  EXPECT_EQ(reply.ip_ttl, 47);
  EXPECT_EQ(reply.dont_fragment, true);
  EXPECT_EQ(reply.ip_id_zero, false);
  EXPECT_EQ(reply.source, arrival_.source);
}

TEST_F(DissectTest, FitsOnlyWhatMatches) {
  EXPECT_EQ(See({}).fit, Fit::kMatches);
  question_.id = 4661;
  EXPECT_EQ(See({}).fit, Fit::kOtherId);
  question_.id = 4660;
  question_.qtype = dns::kTypeAaaa;
  EXPECT_EQ(See({}).fit, Fit::kOtherQuestion);
  question_.qtype = dns::kTypeA;
  question_.qclass = 3;
  EXPECT_EQ(See({}).fit, Fit::kOtherQuestion);
  question_.qclass = 1;
  question_.qname = *dns::Name::Parse("example.com.");
  EXPECT_EQ(See({}).fit, Fit::kOtherQuestion);
  question_.flags = 0x0180;
  EXPECT_EQ(See({}).fit, Fit::kNotAResponse);
  question_.flags = 0xa980;
  EXPECT_EQ(See({}).fit, Fit::kNotAResponse);
}

TEST_F(DissectTest, SourceMustBeTheServerWhereItIsKnown) {
  arrival_.source.port = 54;
  EXPECT_EQ(See({}).fit, Fit::kOtherSource);
  arrival_.source = {Address("192.0.2.54"), 53};
  EXPECT_EQ(See({}).fit, Fit::kOtherSource);
  asked_.server.reset();
  EXPECT_EQ(See({}).fit, Fit::kMatches);
}

TEST_F(DissectTest, QuestionMustBeThereOnce) {
  Bytes reply = Reply({});
  reply[5] = 2;
  EXPECT_EQ(SeeBytes(reply).fit, Fit::kOtherQuestion);
  reply[5] = 0;
  reply.resize(12);
  EXPECT_EQ(SeeBytes(reply).fit, Fit::kOtherQuestion);
}

TEST_F(DissectTest, LetterCaseIsComparedApart) {
  EXPECT_TRUE(See({}).case_preserved);
  question_.qname = *dns::Name::Parse("www.example.com.");
  const Observation lowered = See({});
  EXPECT_EQ(lowered.fit, Fit::kMatches);
  EXPECT_FALSE(lowered.case_preserved);
}

TEST_F(DissectTest, AnswersInOrderWithTheirTypes) {
  question_.edns = true;
  const Observation reply = See(
      {"c00c 300 CNAME cdn.example.net.", "cdn.example.net. 60 A 192.0.2.1",
       "cdn.example.net. 90 AAAA 2001:db8::1", "c00c 20 TYPE15 000100",
       "auth example.com. 5 A 192.0.2.9", "add example.com. 5 A 192.0.2.8"});
  EXPECT_EQ(reply.defect, 0);
  ASSERT_EQ(reply.addresses.size(), 2U);
  EXPECT_EQ(reply.addresses[0].address, Address("192.0.2.1"));
  EXPECT_EQ(reply.addresses[0].type, dns::kTypeA);
  EXPECT_EQ(reply.addresses[0].rr_ttl, 60U);
  EXPECT_EQ(reply.addresses[1].address, Address("2001:db8::1"));
  EXPECT_EQ(reply.addresses[1].type, dns::kTypeAaaa);
  ASSERT_EQ(reply.aliases.size(), 1U);
  EXPECT_EQ(reply.aliases[0].ToText(), "cdn.example.net.");
  EXPECT_EQ(reply.other_records, 1);
  EXPECT_EQ(reply.rr_ttl, 20U);
  EXPECT_EQ(reply.owner_is_pointer, true);
  EXPECT_EQ(reply.answer_count, 4);
  EXPECT_EQ(reply.authority_count, 1);
  EXPECT_EQ(reply.additional_count, 2);
  EXPECT_TRUE(reply.has_opt);
}

TEST_F(DissectTest, OwnerInFull) {
  EXPECT_EQ(See({"full 60 A 192.0.2.1"}).owner_is_pointer, false);
  EXPECT_EQ(See({}).owner_is_pointer, std::nullopt);
  EXPECT_EQ(See({}).rr_ttl, std::nullopt);
}

TEST_F(DissectTest, AddressOfTheOtherFamilyKeepsItsType) {
  question_.qtype = asked_.qtype = dns::kTypeAaaa;
  const Observation reply = See({"c00c 60 A 192.0.2.1"});
  ASSERT_EQ(reply.addresses.size(), 1U);
  EXPECT_EQ(reply.addresses[0].type, dns::kTypeA);
}

TEST_F(DissectTest, HintsAreAddresses) {
  question_.qtype = asked_.qtype = dns::kTypeHttps;
  const Observation reply =
      See({"c00c 60 HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1,192.0.2.2 "
           "ipv6hint=2001:db8::1",
           "c00c 60 HTTPS 2 . alpn=h2"});
  ASSERT_EQ(reply.addresses.size(), 3U);
  EXPECT_EQ(reply.addresses[1].address, Address("192.0.2.2"));
  EXPECT_EQ(reply.addresses[2].type, dns::kTypeHttps);
  EXPECT_EQ(reply.other_records, 1);
}

TEST_F(DissectTest, DefectKeepsWhatStoodBefore) {
  Bytes reply = Reply({"c00c 60 A 192.0.2.1", "c00c 60 A 192.0.2.2"});
  reply.pop_back();
  const Observation cut = SeeBytes(reply);
  EXPECT_EQ(cut.fit, Fit::kMatches);
  EXPECT_EQ(cut.defect,
            static_cast<std::uint8_t>(dns::Defect::kTruncatedRecord));
  ASSERT_EQ(cut.addresses.size(), 1U);
  EXPECT_EQ(cut.addresses[0].address, Address("192.0.2.1"));

  question_.qtype = asked_.qtype = dns::kTypeHttps;
  // A second ipv4hint, out of order.
  const Observation bad =
      See({"c00c 60 HTTPS 1 . ipv4hint=192.0.2.1 "
           "ipv4hint=192.0.2.2",
           "c00c 60 A 192.0.2.3"});
  EXPECT_EQ(bad.defect, static_cast<std::uint8_t>(dns::Defect::kBadSvcb));
  ASSERT_EQ(bad.addresses.size(), 1U);
}

TEST_F(DissectTest, AliasThatIsNoName) {
  Bytes message = Reply({"c00c 60 CNAME abc."});
  message[message.size() - 5] = 5;  // The label's length, beyond the RDATA.
  const Bytes more = Reply({"c00c 60 A 1.2.3.4"});
  message.insert(message.end(), more.end() - 16, more.end());
  message[7] = 2;  // ANCOUNT
  const Observation reply = SeeBytes(message);
  EXPECT_EQ(reply.defect,
            static_cast<std::uint8_t>(dns::Defect::kBadRdataLength));
  EXPECT_TRUE(reply.aliases.empty());
  EXPECT_TRUE(reply.addresses.empty());
}

TEST_F(DissectTest, RcodeHasItsUpperBits) {
  question_.flags = 0x8180;
  Bytes reply = Reply({"add . 0 TYPE41"});
  reply[reply.size() - 6] = 0x01;  // BADVERS is 16: upper bits 1, lower 0.
  EXPECT_TRUE(SeeBytes(reply).has_opt);
  EXPECT_EQ(SeeBytes(reply).rcode, 16);
  EXPECT_FALSE(SeeBytes(reply).is_nodata());
  reply[reply.size() - 6] = 0xff;
  EXPECT_EQ(SeeBytes(reply).rcode, 255);
}

std::vector<std::uint16_t> Codes(const Observation& reply) {
  return {reply.extended_errors.begin(), reply.extended_errors.end()};
}

using CodeList = std::vector<std::uint16_t>;

TEST_F(DissectTest, ExtendedErrorsOfTheOptRecord) {
  question_.extended_errors = {15, 22};
  EXPECT_EQ(Codes(See({})), (CodeList{15, 22}));
  question_.extended_errors.clear();
  // With text behind the code, between other options (a cookie, padding).
  EXPECT_EQ(Codes(See({"add . 0 TYPE41 000a00080102030405060708"
                       "000f00060010666f6f21"
                       "000c0000"})),
            (CodeList{16}));
  EXPECT_EQ(Codes(See({})), CodeList());
}

TEST_F(DissectTest, ExtendedErrorsThatLieAboutTheirSize) {
  const std::string good = "add . 0 TYPE41 000f00020011";
  // No code inside; half a code; a head cut short; a size beyond the record.
  for (const std::string bad :
       {"000f0000", "000f000110", "000f", "000f00", "000f0002", "000f000200",
        "000fffff0010", "000a00100102"}) {
    const Observation reply = See({good + bad});
    EXPECT_EQ(Codes(reply), (CodeList{17})) << bad;
    EXPECT_TRUE(reply.has_opt);
  }
  EXPECT_EQ(Codes(See({"add . 0 TYPE41 000fffff0010"})), CodeList());
}

TEST_F(DissectTest, ExtendedErrorsAreBounded) {
  std::string options;
  for (int i = 0; i < 2000; ++i) options += "000f00020011";
  EXPECT_EQ(See({"add . 0 TYPE41 " + options}).extended_errors.size(), 8U);
  const std::vector<std::string> records(9, "add . 0 TYPE41 000f00020011");
  EXPECT_EQ(See(records).extended_errors.size(), 8U);
}

TEST_F(DissectTest, OptionsElsewhereDeclareNothing) {
  EXPECT_EQ(Codes(See({"c00c 60 TYPE41 000f00020011"})), CodeList());
  EXPECT_EQ(Codes(See({"auth . 0 TYPE41 000f00020011"})), CodeList());
}

}  // namespace
}  // namespace taster::dissect
