// SPDX-License-Identifier: Apache-2.0
// Any bytes as a chain of DNSSEC: read, written again, validated.
#include <cstdint>
#include <cstdlib>

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/proof_frames.h"
#include "collector/control/dnssec/validate.h"
#include "proto/dns/constants.h"
#include "proto/net/bytes_of.h"

namespace {

using namespace taster::control::dnssec;
using taster::net::BytesOf;

constexpr Seconds kTime{
    std::chrono::sys_days{std::chrono::year(2026) / 11 / 22}};

// The chain's own root is believed, so that what stands behind it is reached.
TrustAnchors AnchorsOf(const Chain& chain) {
  const Link* root =
      FindLink(chain, taster::dns::Name(), taster::dns::kTypeDnskey);
  TrustAnchors anchors = RootAnchors();
  if (root == nullptr) return anchors;
  for (const Rrset& set : root->answer) {
    for (const std::string& rdata : set.rdata) {
      if (const auto key = ReadKey(rdata)) {
        anchors.push_back(MakeDs(taster::dns::Name(), *key));
      }
    }
  }
  return anchors;
}

// What was written is read as it was, unless it became too long.
void CheckWritten(const Chain& chain) {
  const std::string bytes = WriteChain(chain);
  for (const Link& link : chain) {
    if (WriteLink(link).size() > kMaxLinkBytes) return;
  }
  if (bytes.size() > kMaxChainBytes) return;
  const auto again = ReadChain(BytesOf(bytes));
  if (!again || WriteChain(*again) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  ReadRequest({data, size});
  ReadProof({data, size}, size % 4);
  const auto chain = ReadChain({data, size});
  if (!chain) return 0;
  CheckWritten(*chain);
  const Proof proof = Validate(*chain, kTime, AnchorsOf(*chain));
  if (proof.links.size() != chain->size() || proof.signature_checks > 24) {
    std::abort();
  }
  for (const char c : proof.conclusion.reason) {
    if (c < ' ' || c > '~') std::abort();
  }
  const auto read = ReadProof(BytesOf(WriteProof(proof)), chain->size());
  if (!read || read->conclusion.result != proof.conclusion.result) {
    std::abort();
  }
  return 0;
}
