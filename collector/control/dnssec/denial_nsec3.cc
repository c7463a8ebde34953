// SPDX-License-Identifier: Apache-2.0
// NSEC3: RFC 5155 section 8.
#include <algorithm>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/denial.h"
#include "collector/control/dnssec/name_order.h"
#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/constants.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

constexpr std::uint8_t kSha1 = 1;
constexpr std::size_t kHashBytes = 20;

// Base 32 with the extended hex alphabet (RFC 4648 section 7), lower case, no
// padding. nullopt: not 20 bytes of it.
std::optional<std::string> DecodeHash(std::span<const std::uint8_t> text) {
  if (text.size() != 32) return std::nullopt;
  std::string hash;
  std::uint32_t bits = 0;
  int held = 0;
  for (const std::uint8_t c : text) {
    std::uint32_t value = 0;
    if (c >= '0' && c <= '9') {
      value = c - '0';
    } else if (c >= 'a' && c <= 'v') {
      value = c - 'a' + 10u;
    } else {
      return std::nullopt;
    }
    bits = bits << 5 | value;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    Append8(static_cast<std::uint8_t>(bits >> held & 0xff), &hash);
  }
  return hash;
}

// RDATA before the types (RFC 5155 section 3.2).
struct Head {
  std::uint8_t algorithm = 0;
  bool opt_out = false;
  std::uint16_t iterations = 0;
  std::string salt;
  std::string next;
};

std::optional<Head> TakeHead(dns::RdataCursor* cursor) {
  Head head;
  const auto algorithm = cursor->Take8();
  const auto flags = cursor->Take8();
  const auto iterations = cursor->Take16();
  const auto salt = cursor->TakeString();
  const auto next = salt ? cursor->TakeString() : std::nullopt;
  if (!iterations || !next || next->size() != kHashBytes) return std::nullopt;
  head.algorithm = *algorithm;
  head.opt_out = (*flags & 1) != 0;
  head.iterations = *iterations;
  Append(*salt, &head.salt);
  Append(*next, &head.next);
  return head;
}

}  // namespace

bool Denials::AddNsec3(const Rrset& set) {
  const auto wire = set.owner.wire();
  const auto hash = DecodeHash(wire.subspan(wire[0] == 0 ? 0 : 1, wire[0]));
  const bool in_zone =
      hash && Ancestor(set.owner, CountLabels(set.owner) - 1) == zone_;
  for (const std::string& rdata : set.rdata) {
    dns::RdataCursor cursor(net::BytesOf(rdata));
    const auto head = TakeHead(&cursor);
    const auto types =
        head ? TypeBitmap::Read(cursor.TakeRest()) : std::nullopt;
    if (!types || !in_zone || head->algorithm != kSha1) {
      why_ = "malformed NSEC3";
      return false;
    }
    if (head->iterations > kMaxIterations) {
      why_ = "NSEC3 with " + std::to_string(head->iterations) +
             " iterations; at most " + std::to_string(kMaxIterations) +
             " are computed";
      return false;
    }
    if (nsec3s_.empty()) {
      iterations_ = head->iterations;
      salt_ = head->salt;
    }
    // Of another chain: a response's records are all of one (section 8.2).
    if (head->iterations != iterations_ || head->salt != salt_) continue;
    nsec3s_.push_back({*hash, head->next, head->opt_out, *types});
  }
  return true;
}

std::string Denials::Hash(const dns::Name& name) {
  // Nothing matches an empty hash, and nothing covers it.
  if (++hashes_ > kMaxHashes) return {};
  return HashName(name, iterations_, salt_);
}

const Nsec3* Denials::MatchNsec3(const dns::Name& name) {
  if (nsec3s_.empty()) return nullptr;
  const std::string hash = Hash(name);
  const auto found = std::ranges::find(nsec3s_, hash, &Nsec3::hash);
  return found == nsec3s_.end() ? nullptr : &*found;
}

const Nsec3* Denials::CoverNsec3(const dns::Name& name) {
  if (nsec3s_.empty()) return nullptr;
  const std::string hash = Hash(name);
  if (hash.empty()) return nullptr;
  for (const Nsec3& nsec3 : nsec3s_) {
    const bool is_last = nsec3.next <= nsec3.hash;
    const bool behind = nsec3.hash < hash;
    const bool before = hash < nsec3.next;
    if (is_last ? behind || before : behind && before) return &nsec3;
  }
  return nullptr;
}

std::optional<Denials::Encloser> Denials::FindEncloser(const dns::Name& name) {
  for (int labels = CountLabels(name) - 1; labels >= CountLabels(zone_);
       --labels) {
    const dns::Name ancestor = Ancestor(name, labels);
    const Nsec3* match = MatchNsec3(ancestor);
    if (match == nullptr) continue;
    const bool cut =
        match->types.Has(dns::kTypeDname) ||
        (match->types.Has(dns::kTypeNs) && !match->types.Has(dns::kTypeSoa));
    const Nsec3* cover = CoverNsec3(Ancestor(name, labels + 1));
    if (cut || cover == nullptr) return std::nullopt;
    return Encloser{ancestor, cover};
  }
  return std::nullopt;
}

Absence Denials::TypeByNsec3(const dns::Name& name, std::uint16_t type) {
  if (const Nsec3* match = MatchNsec3(name)) {
    return LacksType(match->types, type) ? Absence::kProved
                                         : Absence::kNotProved;
  }
  const auto encloser = FindEncloser(name);
  if (!encloser) return Absence::kNotProved;
  if (const Nsec3* wildcard = MatchNsec3(WildcardUnder(encloser->name))) {
    return LacksType(wildcard->types, type) ? Absence::kProved
                                            : Absence::kNotProved;
  }
  return encloser->next_closer->opt_out ? Absence::kOptOut
                                        : Absence::kNotProved;
}

Absence Denials::NameByNsec3(const dns::Name& name) {
  const auto encloser = FindEncloser(name);
  if (!encloser) return Absence::kNotProved;
  if (CoverNsec3(WildcardUnder(encloser->name)) == nullptr) {
    return Absence::kNotProved;
  }
  return encloser->next_closer->opt_out ? Absence::kOptOut : Absence::kProved;
}

}  // namespace taster::control::dnssec
