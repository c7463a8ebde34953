// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/control/dnssec/signed_world.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::control::dnssec {
namespace {

std::string WireOf(const dns::Name& name) {
  std::string wire;
  Append(name.wire(), &wire);
  return wire;
}

std::string WireOf(const ldns_rr* rr) {
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(ldns_rr2wire(&bytes, rr, LDNS_SECTION_ANSWER, &size),
            LDNS_STATUS_OK);
  std::string wire(reinterpret_cast<const char*>(bytes), size);
  std::free(bytes);
  return wire;
}

ldns_rr* Parse(const std::string& line) {
  ldns_rr* rr = nullptr;
  EXPECT_EQ(ldns_rr_new_frm_str(&rr, line.c_str(), 0, nullptr, nullptr),
            LDNS_STATUS_OK)
      << line;
  return rr;
}

std::string TextOf(const ldns_rr* rr) {
  char* text = ldns_rr2str(rr);
  std::string line(text);
  std::free(text);
  return line.substr(0, line.find(" ;"));
}

// RFC 4648 section 7.
std::string Base32(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(c);
    for (held += 8; held >= 5;) {
      held -= 5;
      text += kDigits[bits >> held & 31];
    }
  }
  return text;
}

// The hash before or behind; no carry is ever needed twice.
std::string Beside(std::string hash, int step) {
  for (std::size_t i = hash.size(); i-- > 0;) {
    const int octet = static_cast<std::uint8_t>(hash[i]) + step;
    hash[i] = static_cast<char>(octet);
    if (octet >= 0 && octet <= 255) break;
  }
  return hash;
}

std::string Nsec3Line(const Hashing& hashing, const std::string& from,
                      const std::string& to, const std::string& types) {
  return Base32(from) + "." + (hashing.zone == "." ? "" : hashing.zone) +
         " 60 IN NSEC3 1 " + (hashing.opt_out ? "1 " : "0 ") +
         std::to_string(hashing.iterations) + " - " + Base32(to) + " " + types;
}

std::string HashOf(const Hashing& hashing, const std::string& name) {
  return HashName(*dns::Name::Parse(name),
                  static_cast<std::uint16_t>(hashing.iterations), "");
}

}  // namespace

struct SignedWorld::Zone {
  ldns_key* key = nullptr;
  ldns_key_list* keys = nullptr;  // It alone; owns it.
  ldns_rr* dnskey = nullptr;
};

SignedWorld::SignedWorld(std::uint8_t algorithm) : algorithm_(algorithm) {}

SignedWorld::~SignedWorld() {
  for (auto& [name, zone] : zones_) {
    ldns_key_list_free(zone.keys);
    ldns_rr_free(zone.dnskey);
  }
}

SignedWorld::Zone& SignedWorld::At(const std::string& name) {
  Zone& zone = zones_[name];
  if (zone.key != nullptr) return zone;
  const std::uint16_t bits = algorithm_ == 8 || algorithm_ == 10 ? 1024 : 256;
  zone.key = ldns_key_new_frm_algorithm(
      static_cast<ldns_signing_algorithm>(algorithm_), bits);
  ldns_key_set_pubkey_owner(zone.key, ldns_dname_new_frm_str(name.c_str()));
  ldns_key_set_flags(zone.key, 257);
  zone.dnskey = ldns_key2rr(zone.key);
  ldns_rr_set_ttl(zone.dnskey, 3600);
  ldns_key_set_keytag(zone.key, ldns_calc_keytag(zone.dnskey));
  zone.keys = ldns_key_list_new();
  ldns_key_list_push_key(zone.keys, zone.key);
  return zone;
}

TrustAnchors SignedWorld::anchors() {
  const std::string line = Ds(".");
  ldns_rr* rr = Parse(line);
  const std::string wire = WireOf(rr);
  ldns_rr_free(rr);
  // Owner, type, class, TTL and RDLENGTH stand before.
  return {wire.substr(11)};
}

std::vector<std::string> SignedWorld::Keys(const std::string& zone) {
  return {TextOf(At(zone).dnskey)};
}

std::string SignedWorld::Ds(const std::string& zone) {
  ldns_rr* ds = ldns_key_rr2ds(At(zone).dnskey, LDNS_SHA256);
  const std::string line = TextOf(ds);
  ldns_rr_free(ds);
  return line;
}

Records SignedWorld::Sign(const std::vector<std::string>& lines,
                          const Signing& signing) {
  Records records;
  ldns_rr_list* set = ldns_rr_list_new();
  for (const std::string& line : lines) {
    ldns_rr* rr = Parse(line);
    if (rr == nullptr) continue;
    records.push_back(WireOf(rr));
    ldns_rr_list_push_rr(set, rr);
  }
  if (!signing.zone.empty()) {
    ldns_key* key = At(signing.zone).key;
    const auto at = [](std::chrono::seconds offset) {
      return static_cast<std::uint32_t>(
          (kNow + offset).time_since_epoch().count());
    };
    ldns_key_set_inception(key, at(signing.from));
    ldns_key_set_expiration(key, at(signing.until));
    ldns_rr_list* signatures = ldns_sign_public(set, At(signing.zone).keys);
    EXPECT_NE(signatures, nullptr);
    for (std::size_t i = 0; i < ldns_rr_list_rr_count(signatures); ++i) {
      records.push_back(WireOf(ldns_rr_list_rr(signatures, i)));
    }
    ldns_rr_list_deep_free(signatures);
  }
  ldns_rr_list_deep_free(set);
  return records;
}

std::string SignedWorld::DsMessage(const std::string& zone,
                                   const std::string& parent) {
  return Message(zone, dns::kTypeDs,
                 {.answer = Sign({Ds(zone)}, {.zone = parent})});
}

std::string SignedWorld::KeyMessage(const std::string& zone) {
  return Message(zone, dns::kTypeDnskey,
                 {.answer = Sign(Keys(zone), {.zone = zone})});
}

std::vector<std::string> SignedWorld::Zones(
    const std::vector<std::string>& zones) {
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < zones.size(); ++i) {
    if (i > 0) messages.push_back(DsMessage(zones[i], zones[i - 1]));
    messages.push_back(KeyMessage(zones[i]));
  }
  return messages;
}

std::string Message(const std::string& qname, std::uint16_t qtype,
                    const Content& content) {
  std::string message;
  Append16(4660, &message);
  Append16(static_cast<std::uint16_t>(0x8190 | content.rcode), &message);
  Append16(1, &message);
  Append16(static_cast<std::uint16_t>(content.answer.size()), &message);
  Append16(static_cast<std::uint16_t>(content.authority.size()), &message);
  Append16(0, &message);
  message += WireOf(*dns::Name::Parse(qname));
  Append16(qtype, &message);
  Append16(dns::kClassIn, &message);
  for (const std::string& record : content.answer) message += record;
  for (const std::string& record : content.authority) message += record;
  return message;
}

Chain ChainOf(const std::vector<std::string>& messages) {
  Chain chain;
  for (const std::string& message : messages) {
    auto link = ReadLink(net::BytesOf(message));
    EXPECT_TRUE(link.has_value()) << "message " << chain.size();
    if (link) chain.push_back(*std::move(link));
  }
  return chain;
}

Records operator+(Records left, const Records& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

std::string MatchLine(const Hashing& hashing, const std::string& name,
                      const std::string& types) {
  const std::string hash = HashOf(hashing, name);
  return Nsec3Line(hashing, hash, Beside(hash, 1), types);
}

std::string CoverLine(const Hashing& hashing, const std::string& name) {
  const std::string hash = HashOf(hashing, name);
  return Nsec3Line(hashing, Beside(hash, -1), Beside(hash, 1), "A RRSIG");
}

Records Renamed(const Records& records, const std::string& from,
                const std::string& to) {
  const std::string before = WireOf(*dns::Name::Parse(from));
  const std::string after = WireOf(*dns::Name::Parse(to));
  Records renamed;
  for (const std::string& record : records) {
    EXPECT_TRUE(record.starts_with(before));
    renamed.push_back(after + record.substr(before.size()));
  }
  return renamed;
}

}  // namespace taster::control::dnssec
