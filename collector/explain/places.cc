// SPDX-License-Identifier: Apache-2.0
#include "collector/explain/places.h"

#include <string_view>

namespace taster::explain {

std::string AddressText(const Told& told, const net::IpAddress& address) {
  std::string text = address.ToString();
  const auto origin = told.set.reference->origin_as.Find(address);
  if (!origin) return text;
  text += " (AS" + std::to_string(*origin);
  if (told.owner) {
    const std::string_view owner = told.owner(*origin);
    if (!owner.empty()) text += ", " + std::string(owner);
  }
  return text + ")";
}

std::string NameText(const dns::Name& name) {
  std::string text = name.ToText();
  if (text.size() > 1 && text.ends_with('.')) text.pop_back();
  return text;
}

std::string Where(const judge::Network& network) {
  std::string text = network.country.empty() ? "an unknown country"
                                             : "country " + network.country;
  if (network.asn != 0) text += ", network AS" + std::to_string(network.asn);
  return text;
}

}  // namespace taster::explain
