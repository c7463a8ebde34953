// SPDX-License-Identifier: Apache-2.0
// One network's answers and the truth about them, for tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collector/learn/sightings.h"
#include "collector/learn/truth.h"

namespace taster::learn {

net::IpAddress Address(const std::string& text);
std::chrono::sys_days Day(int day);  // Of January 2015.

class Scene {
 public:
  // 44.N.0.0/16 is of AS 64500 + N.
  Scene();

  // A control saw these addresses for the name.
  void True(const std::string& qname, const std::vector<std::string>& all);
  // The network answered this for it.
  void Saw(const std::string& qname, const std::string& address, int day = 5);

  const Sightings& sightings() const { return sightings_; }
  Truth truth() const;
  const judge::PrefixTable& origin_as() const { return origin_as_; }

 private:
  judge::PrefixTable origin_as_;
  Sightings sightings_;
  std::map<std::string, judge::Control> controls_;
};

// `names` names of unrelated owners, each of which drew `each` of `addresses`:
// an injector at work.
void Poison(Scene* scene, int names, const std::vector<std::string>& addresses,
            int each);
// "name7.example7."
std::string PoisonedName(int number);

}  // namespace taster::learn
