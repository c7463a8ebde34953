// SPDX-License-Identifier: Apache-2.0
// Compares questions.
#include "collector/judge/twins.h"

namespace taster::judge {

bool AreTwins(const Asked& left, const Asked& right) {
  return &left != &right && left.server && right.server &&
         left.server->address == right.server->address &&
         left.qtype == right.qtype && left.qclass == right.qclass &&
         left.role == right.role && left.server_kind == right.server_kind &&
         left.qname == right.qname;
}

bool WentTheSameWay(const Asked& left, const Asked& right) {
  return left.transport == right.transport && left.server == right.server &&
         left.server_kind == right.server_kind;
}

}  // namespace taster::judge
