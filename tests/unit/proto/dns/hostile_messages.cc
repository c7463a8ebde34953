// SPDX-License-Identifier: Apache-2.0
// The whole collection.
#include "tests/unit/proto/dns/hostile_messages.h"

#include <iterator>
#include <utility>

namespace taster::dns {

std::vector<HostileMessage> MakeHostileMessages() {
  std::vector<HostileMessage> all;
  for (auto make : {MakeHostileHeaders, MakeHostileNames, MakeHostilePointers,
                    MakeHostileRecords, MakeHostileOptions}) {
    std::vector<HostileMessage> some = make();
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace taster::dns
