// SPDX-License-Identifier: Apache-2.0
// Asks libpsl how many labels count.
#include "collector/reference/registrable_domain.h"

#include <libpsl.h>

#include <array>
#include <cstddef>
#include <span>

namespace taster::reference {
namespace {

constexpr std::size_t kMostLabels = 128;

// Bytes that stand in no rule of the list become one that does not either, so
// that no dot or escape inside a label can be taken for a border.
char Harmless(std::uint8_t byte) {
  const char c = static_cast<char>(byte);
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  const bool usual = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return usual || c == '-' ? c : '_';
}

// The labels of a name, as text for libpsl and as places in the wire form.
struct Labels {
  std::string text;  // Without a trailing dot.
  std::array<std::size_t, kMostLabels> starts{};
  std::size_t count = 0;
};

Labels SplitLabels(std::span<const std::uint8_t> wire) {
  Labels labels;
  labels.text.reserve(wire.size());
  for (std::size_t at = 0; wire[at] != 0; at += wire[at] + std::size_t{1}) {
    labels.starts[labels.count++] = at;
    if (labels.count > 1) labels.text += '.';
    for (const std::uint8_t byte : wire.subspan(at + 1, wire[at])) {
      labels.text += Harmless(byte);
    }
  }
  return labels;
}

std::size_t CountLabels(const char* text) {
  std::size_t count = 1;
  for (; *text != '\0'; ++text) count += *text == '.' ? 1 : 0;
  return count;
}

}  // namespace

std::string RegistrableDomain(const dns::Name& name) {
  if (name.is_root()) return ".";
  const Labels labels = SplitLabels(name.wire());
  const char* const domain =
      psl_registrable_domain(psl_builtin(), labels.text.c_str());
  const std::size_t kept = domain ? CountLabels(domain) : labels.count;
  const std::size_t start = labels.starts[labels.count - kept];
  std::string text = dns::Name::FromWire(name.wire().subspan(start))->ToText();
  text.pop_back();
  return text;
}

std::string RegistrableDomainOf(const std::string& qname) {
  const auto name = dns::Name::Parse(qname);
  return name ? RegistrableDomain(*name) : qname;
}

}  // namespace taster::reference
