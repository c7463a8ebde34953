// SPDX-License-Identifier: Apache-2.0
// What NSEC and NSEC3 records, already verified, prove to be absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collector/control/dnssec/rrset.h"
#include "collector/control/dnssec/type_bitmap.h"
#include "proto/dns/name.h"

namespace taster::control::dnssec {

// More is not worth anybody's work (RFC 9276 section 3.2 lets a validator stop
// at any number; 150 was the first limit that all of them agreed on).
inline constexpr std::uint16_t kMaxIterations = 150;

struct Nsec {
  dns::Name owner;
  dns::Name next;
  TypeBitmap types;
};

struct Nsec3 {
  std::string hash;  // 20 bytes, from the owner's first label.
  std::string next;
  bool opt_out = false;
  TypeBitmap types;
};

// What is proved of a name.
enum class Absence : std::uint8_t {
  kNotProved,
  kProved,
  // Only that nothing signed is there (RFC 5155 section 6).
  kOptOut,
};

// Where a name stands below its zone.
enum class Cut : std::uint8_t {
  kNotProved,
  kNone,      // No zone begins there.
  kUnsigned,  // A zone begins there, and it is not signed; or one may.
};

// Whether a name with these types has neither `type` nor an alias, where the
// record may speak of that: DS stands above a cut, everything else below it.
bool LacksType(const TypeBitmap& types, std::uint16_t type);

// The denials of one zone. `Add` takes what was verified with the zone's keys
// and is no expansion of a wildcard.
class Denials {
 public:
  explicit Denials(dns::Name zone) : zone_(std::move(zone)) {}

  // False when malformed, or of parameters that must not be computed: why() is
  // then a reason.
  bool Add(const Rrset& set);
  const std::string& why() const { return why_; }
  // Names hashed so far; beyond kMaxHashes nothing is proved.
  int hashes() const { return hashes_; }

  // NODATA: the name is there, this type and an alias are not.
  Absence DeniesType(const dns::Name& name, std::uint16_t type);
  // NXDOMAIN: neither the name nor a wildcard that would stand for it is there.
  Absence DeniesName(const dns::Name& name);
  // What a wildcard `labels` deep was expanded to: nothing nearer is there.
  Absence DeniesNearer(const dns::Name& name, int labels);
  // From the answer to a question for DS.
  Cut FindCut(const dns::Name& name);

 private:
  static constexpr int kMaxHashes = 128;

  struct Encloser {
    dns::Name name;
    const Nsec3* next_closer = nullptr;  // Covers the name one label longer.
  };

  bool AddNsec(const Rrset& set);
  bool AddNsec3(const Rrset& set);
  const Nsec* MatchNsec(const dns::Name& name) const;
  const Nsec* CoverNsec(const dns::Name& name) const;
  std::string Hash(const dns::Name& name);
  const Nsec3* MatchNsec3(const dns::Name& name);
  const Nsec3* CoverNsec3(const dns::Name& name);
  // RFC 5155 section 8.3.
  std::optional<Encloser> FindEncloser(const dns::Name& name);
  Absence TypeByNsec3(const dns::Name& name, std::uint16_t type);
  Absence NameByNsec3(const dns::Name& name);

  const dns::Name zone_;
  std::vector<Nsec> nsecs_;
  std::vector<Nsec3> nsec3s_;
  std::uint16_t iterations_ = 0;
  std::string salt_;
  int hashes_ = 0;
  std::string why_;
};

}  // namespace taster::control::dnssec
