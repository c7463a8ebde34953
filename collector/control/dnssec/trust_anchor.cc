// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/trust_anchor.h"

#include <array>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/name.h"
#include "proto/dns/rdata_cursor.h"
#include "proto/net/bytes_of.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::control::dnssec {
namespace {

// https://data.iana.org/root-anchors/root-anchors.xml: Klajeyz and Kmyv6jo.
constexpr std::array<std::string_view, 2> kRoot = {
    ". IN DS 20326 8 2 "
    "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
    ". IN DS 38696 8 2 "
    "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
};

struct RrDeleter {
  void operator()(ldns_rr* rr) const { ldns_rr_free(rr); }
};
using Rr = std::unique_ptr<ldns_rr, RrDeleter>;

std::string RdataOf(const ldns_rr& rr) {
  std::string rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&rr); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(&rr, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)),
                 ldns_rdf_size(field));
  }
  return rdata;
}

// The DS that a line of an operator's file says; nullopt: none.
std::optional<std::string> ReadLine(const std::string& line) {
  ldns_rr* read = nullptr;
  if (ldns_rr_new_frm_str(&read, line.c_str(), 0, nullptr, nullptr) !=
      LDNS_STATUS_OK) {
    return std::nullopt;
  }
  const Rr rr(read);
  if (ldns_dname_label_count(ldns_rr_owner(read)) != 0) return std::nullopt;
  const std::string rdata = RdataOf(*read);
  if (ldns_rr_get_type(read) == LDNS_RR_TYPE_DS) {
    return rdata.size() > 4 ? std::optional(rdata) : std::nullopt;
  }
  if (ldns_rr_get_type(read) != LDNS_RR_TYPE_DNSKEY) return std::nullopt;
  const auto key = ReadKey(rdata);
  if (!key || !key->IsZoneKey()) return std::nullopt;
  return MakeDs(dns::Name(), *key);
}

std::string Hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0xf];
  }
  return text;
}

}  // namespace

TrustAnchors RootAnchors() {
  TrustAnchors anchors;
  for (const std::string_view line : kRoot) {
    anchors.push_back(ReadLine(std::string(line)).value_or(""));
  }
  return anchors;
}

absl::StatusOr<TrustAnchors> LoadAnchors(const std::filesystem::path& path) {
  if (path.empty()) return RootAnchors();
  std::ifstream file(path);
  if (!file) {
    return absl::NotFoundError("trust anchor: cannot read " + path.string());
  }
  TrustAnchors anchors;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    line = line.substr(0, line.find(';'));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    auto anchor = ReadLine(line);
    if (!anchor) {
      return absl::InvalidArgumentError(
          path.string() + ":" + std::to_string(number) +
          ": not a DS or DNSKEY record of the root");
    }
    anchors.push_back(*std::move(anchor));
  }
  if (anchors.empty()) {
    return absl::InvalidArgumentError(path.string() + ": no trust anchor");
  }
  return anchors;
}

std::string AnchorsForDelv(const TrustAnchors& anchors) {
  std::string text = "trust-anchors {\n";
  for (const std::string& anchor : anchors) {
    dns::RdataCursor cursor(net::BytesOf(anchor));
    text += "  . static-ds " + std::to_string(cursor.Take16().value_or(0));
    text += " " + std::to_string(cursor.Take8().value_or(0));
    text += " " + std::to_string(cursor.Take8().value_or(0));
    text += " \"" + Hex(cursor.TakeRest()) + "\";\n";
  }
  return text + "};\n";
}

}  // namespace taster::control::dnssec
