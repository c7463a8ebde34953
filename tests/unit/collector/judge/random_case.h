// SPDX-License-Identifier: Apache-2.0
// Makes up question sets, for properties that must hold for every one.
#pragma once

#include <cstddef>
#include <memory>
#include <random>
#include <span>

#include "collector/judge/case.h"

namespace taster::judge {

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  // From 0 to sides - 1.
  std::size_t Roll(std::size_t sides) { return random_() % sides; }
  bool Flip() { return Roll(2) == 0; }
  net::IpAddress Address(std::span<const char* const> list) {
    return *net::IpAddress::Parse(list[Roll(list.size())]);
  }
  std::mt19937& engine() { return random_; }

 private:
  std::mt19937 random_;
};

// What a case is made up of.
struct Mix {
  std::span<const char* const> addresses;
  std::size_t most_replies = 3;  // To one question.
  // With everything that rules look at: lists, contexts, endpoints, twins,
  // identities, declared errors, signatures.
  bool wild = true;
};

// Public addresses of three owners and of nobody, in no pool; one reply at
// most to a question, and nothing to hold against it but addresses.
Mix OrdinaryMix();
// The same with members of pools, bogons, Teredo and translated addresses.
Mix WildMix(std::size_t most_replies);

Case RandomCase(const Mix& mix, Dice* dice);
std::shared_ptr<Control> RandomControl(const Mix& mix, Dice* dice);

// `control` with everything that `more` has.
std::shared_ptr<Control> Joined(const Control& control, const Control& more);
// Makes each name's control what the controls of its questions amount to.
void JoinNameControls(Case* set);

const Reference& RandomReference();

}  // namespace taster::judge
