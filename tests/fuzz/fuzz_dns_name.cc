// SPDX-License-Identifier: Apache-2.0
// Any bytes as a name: as text, as wire form, and behind pointers.
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "proto/dns/message_reader.h"
#include "proto/dns/name.h"

namespace taster::dns {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckName(const Name& name) {
  Require(name.wire().size() <= Name::kMaxBytes);
  const std::string text = name.ToText();
  for (const char c : text) Require(c > 0x20 && c < 0x7f);
  const auto parsed = Name::Parse(text);
  Require(parsed && *parsed == name && parsed->ToText() == text);
  const auto again = Name::FromWire(name.wire());
  Require(again && *again == name && *again <=> name == 0);
  Require(name.IsWithin(name) && name.IsWithin(Name()));
  Require(name.Lower() == name);
}

}  // namespace
}  // namespace taster::dns

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::dns;
  const std::span bytes(data, size);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto name = Name::Parse(text)) CheckName(*name);
  if (const auto name = Name::FromWire(bytes)) CheckName(*name);
  // A view may stand anywhere; what is no name expands to the root.
  for (std::size_t at = 0; at < size && at < 32; ++at) {
    const NameView view(bytes, static_cast<std::uint16_t>(at));
    CheckName(view.ToName());
    view.IsPointerTo(12);
  }
  return 0;
}
