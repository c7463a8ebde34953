// SPDX-License-Identifier: Apache-2.0
// The decision core: one packet in, forged answers and a drop flag out.
#pragma once

#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/lab/censor/forgery.h"
#include "tests/lab/censor/gfw1.h"
#include "tests/lab/censor/gfw2.h"
#include "tests/lab/censor/gfw3.h"
#include "tests/lab/censor/redirector.h"
#include "tests/lab/censor/rules.h"

namespace taster::lab {

// One forged answer, to be sent back to where the query came from.
struct Emission {
  Injector injector = Injector::kGfw1;
  IpTraits traits = {};
  Bytes message = {};                 // The DNS message.
  Bytes packet = {};                  // The IP packet around it.
  std::chrono::nanoseconds delay{0};  // After the query passed.
};

// One forged end of a connection.
struct Reset {
  Bytes packet = {};       // The IP packet.
  bool goes_back = false;  // To the segment's sender, not to its receiver.
};

struct Decision {
  bool drops_packet = false;
  std::optional<Bytes> replacement;  // Goes on in the packet's place.
  std::vector<Emission> emissions;
  std::vector<Reset> resets;
};

// Pure apart from its own state: random numbers, counters and pool positions,
// all derived from the seed. No clock, no sockets. Not thread-safe.
class Censor final {
 public:
  Censor(Rules rules, std::uint64_t seed);
  // The injectors refer to the rules and the random numbers beside them.
  Censor(const Censor&) = delete;
  Censor& operator=(const Censor&) = delete;

  // `packet` starts at the IP header. What is neither a query for a censored
  // name nor under a rule for its network passes untouched.
  Decision Decide(ByteView packet, Direction direction);

 private:
  void Forge(ByteView packet, Decision& decision);
  bool IsFirstOfItsKind(const UdpPacket& query, const Question& question);
  void Emit(const UdpPacket& query, const Question& question,
            std::optional<Forgery> forgery, Decision& decision);

  Rules rules_;
  Redirector redirector_;
  std::mt19937_64 random_;
  Gfw1 gfw1_;
  Gfw2 gfw2_;
  Gfw3 gfw3_;
  // Name, type and server of what was asked for thin names.
  std::set<std::tuple<std::string, std::uint16_t, Bytes>> thinned_;
};

}  // namespace taster::lab
