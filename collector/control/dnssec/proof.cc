// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/proof.h"

#include <utility>

namespace taster::control::dnssec {

std::string_view ToString(Result result) {
  switch (result) {
    case Result::kSecure:
      return "secure";
    case Result::kInsecure:
      return "insecure";
    case Result::kBogus:
      return "bogus";
    case Result::kUnvalidated:
      break;
  }
  return "unvalidated";
}

Proof Unvalidated(std::string reason, std::size_t links) {
  const Conclusion none{Result::kUnvalidated, "not looked at"};
  return {.conclusion = {Result::kUnvalidated, std::move(reason)},
          .links = std::vector<Conclusion>(links, none)};
}

}  // namespace taster::control::dnssec
