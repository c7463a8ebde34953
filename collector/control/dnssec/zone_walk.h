// SPDX-License-Identifier: Apache-2.0
// From the root down to a zone, by its chain's DS and DNSKEY links.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/denial.h"
#include "collector/control/dnssec/proof.h"
#include "collector/control/dnssec/trust_anchor.h"
#include "collector/control/dnssec/verification.h"

namespace taster::control::dnssec {

// How far one gets towards a name.
struct WalkEnd {
  // Secure: `keys` are those of the deepest zone around the name that the chain
  // shows. Insecure: a zone on the way is proved not to be signed.
  Conclusion conclusion;
  ZoneKeys keys;
  // A link that the chain does not hold, such as "DS of example.com."; empty:
  // none was needed. What does not fit behind it may be right.
  std::string missing;
};

// One proof's walks. References outlive it.
class ZoneWalk {
 public:
  ZoneWalk(const Chain& chain, const TrustAnchors& anchors,
           Verification* verification);

  // To the deepest zone that `name` lies in.
  WalkEnd To(const dns::Name& name);

  // Verified NSEC and NSEC3 sets of a link's authority section, into `denials`,
  // of the zone of `keys`.
  Conclusion Gather(const Link& link, const ZoneKeys& keys, Denials* denials);

  void Note(const Link& link, const Conclusion& conclusion);
  const std::vector<Conclusion>& links() const { return links_; }

 private:
  // One step: the zone that begins at `name`, if one does.
  struct Step {
    Conclusion conclusion;  // Not secure: the walk ends here.
    bool entered = false;   // `keys` are those of a zone at `name`.
    ZoneKeys keys;
  };

  Step Enter(const Link& ds, const ZoneKeys& parent);
  Conclusion ReadDelegation(const Link& ds, const ZoneKeys& parent,
                            bool* delegated);
  // The keys of `zone`, of which one must have one of these digests.
  Conclusion ReadKeys(const dns::Name& zone,
                      const std::vector<std::string>& digests, ZoneKeys* keys);

  const Chain& chain_;
  const TrustAnchors& anchors_;
  Verification* verification_;
  std::vector<Conclusion> links_;
  // Links that were verified, so that no second walk verifies them again.
  std::vector<std::pair<dns::Name, Step>> known_;
  bool root_known_ = false;
  Conclusion root_;
  ZoneKeys root_keys_;
};

}  // namespace taster::control::dnssec
