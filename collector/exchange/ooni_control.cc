// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_control.h"

#include <utility>

#include "collector/exchange/ooni_failure.h"
#include "proto/dns/constants.h"

namespace taster::exchange {
namespace {

using judge::Observation;

// The host of "https://user@host:port/path". nullopt when it is an address or
// no name.
std::optional<dns::Name> HostOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  if (url.starts_with('[')) return {};
  url = url.substr(0, url.find(':'));
  if (net::IpAddress::Parse(url)) return {};
  return dns::Name::Parse(url);
}

// One family's reply; the other's in `second`.
struct Families {
  Observation v4;
  Observation v6;
  bool withheld = false;
};

Families ReadAddresses(const Place& list) {
  constexpr std::size_t kMaxAddresses = 5000;
  Families families;
  const std::size_t size = list.Size();
  if (size > kMaxAddresses) list.Refuse("too many addresses");
  for (std::size_t i = 0; list.ok() && i < size; ++i) {
    const Place place = list.At(i);
    const auto text = place.Text();
    if (!text) place.Refuse("not text");
    // Aliases stand between the addresses in older measurements.
    const auto address = net::IpAddress::Parse(text.value_or(""));
    if (!address) {
      families.withheld = true;
      continue;
    }
    const bool is_v4 = address->is_v4();
    Observation& reply = is_v4 ? families.v4 : families.v6;
    reply.addresses.push_back(
        {*address, 0, is_v4 ? dns::kTypeA : dns::kTypeAaaa});
    ++reply.answer_count;
  }
  return families;
}

}  // namespace

void ReadControl(const Place& dns, std::string_view input,
                 const OoniMeasurement& measurement,
                 std::vector<Record>* records) {
  if (dns.absent()) return;
  const FailureMeaning meaning = MeaningOf(dns.Member("failure").Text());
  const Families families = ReadAddresses(dns.Member("addrs"));
  const auto host = HostOf(input);
  if (!host || meaning.outcome != judge::Outcome::kResponse) return;
  const bool is_nxdomain = meaning.rcode == dns::kRcodeNxDomain;
  if (meaning.rcode != dns::kRcodeNoError && !is_nxdomain) return;
  const bool none =
      families.v4.addresses.empty() && families.v6.addresses.empty();
  if (none && families.withheld) return;
  for (const bool is_v4 : {true, false}) {
    Observation reply = is_v4 ? families.v4 : families.v6;
    if (!none && reply.addresses.empty()) continue;
    reply.rcode = meaning.rcode;
    Record record;
    record.id = measurement.id + (is_v4 ? "/control.A" : "/control.AAAA");
    record.role = Role::kControl;
    record.time = measurement.start;
    record.asked.ordinal = static_cast<std::uint32_t>(records->size());
    record.asked.qname = *host;
    record.asked.qtype = is_v4 ? dns::kTypeA : dns::kTypeAaaa;
    record.asked.query_flags = dns::kFlagRd;
    record.asked.outcome = judge::Outcome::kResponse;
    record.asked.replies.push_back(std::move(reply));
    records->push_back(std::move(record));
  }
}

}  // namespace taster::exchange
