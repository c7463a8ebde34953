// SPDX-License-Identifier: Apache-2.0
// What a stored batch says of the control that is lacking, and of the control
// that is there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

// A name that a volunteer's probe measured, with everything that was asked for
// it.
struct Wish {
  std::string qname;                  // Name::ToText().
  std::vector<std::uint16_t> qtypes;  // Sorted, distinct; at least one.
  // Sets with it that more control may judge better.
  std::uint32_t open_sets = 0;
  // Addresses that were answered for it in sets that nothing clears; distinct.
  std::vector<net::IpAddress> suspects;

  friend bool operator==(const Wish&, const Wish&) = default;
};

// Of one batch, by name.
struct Wishes {
  std::int64_t vantage_id = 0;
  std::uint32_t asn = 0;  // 0: not known.
  std::vector<Wish> names;
};

// Suspects kept of one name.
inline constexpr std::size_t kMaxSuspects = 4;

// The names are those that the probe's plan asked for: targets, their control
// name, their name servers. What an answer named is none of them, nor what was
// asked of a server about itself, nor a trace's name. Types other than A, AAAA
// and HTTPS teach nothing. `batch` is judged.
Wishes FindWishes(const store::JudgedBatch& batch, std::uint32_t asn);

// What a control's batch came to for one name and type.
struct ControlSaw {
  NameType name;
  bool answered = false;  // It taught something.
  // Highest of its answers' lowest TTLs, seconds; nullopt: there was none.
  std::optional<std::uint32_t> rr_ttl;

  friend bool operator==(const ControlSaw&, const ControlSaw&) = default;
};

// By name and type. REQUIRES: a batch of a control.
std::vector<ControlSaw> FindSeen(const store::JudgedBatch& batch);

}  // namespace taster::control
