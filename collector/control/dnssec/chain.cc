// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/chain.h"

#include <utility>

#include "collector/control/dnssec/wire_writer.h"

namespace taster::control::dnssec {

std::string WriteChain(const Chain& chain) {
  std::string bytes;
  for (const Link& link : chain) {
    const std::string message = WriteLink(link);
    Append16(static_cast<std::uint16_t>(message.size()), &bytes);
    bytes += message;
  }
  return bytes;
}

std::optional<Chain> ReadChain(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || bytes.size() > kMaxChainBytes) return std::nullopt;
  Chain chain;
  while (!bytes.empty()) {
    if (bytes.size() < 2 || chain.size() == kMaxLinks) return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
    bytes = bytes.subspan(2);
    if (size > bytes.size() || size > kMaxLinkBytes) return std::nullopt;
    auto link = ReadLink(bytes.first(size));
    if (!link) return std::nullopt;
    chain.push_back(*std::move(link));
    bytes = bytes.subspan(size);
  }
  return chain;
}

const Link* FindLink(const Chain& chain, const dns::Name& qname,
                     std::uint16_t qtype) {
  for (const Link& link : chain) {
    if (link.qtype == qtype && link.qname == qname) return &link;
  }
  return nullptr;
}

}  // namespace taster::control::dnssec
