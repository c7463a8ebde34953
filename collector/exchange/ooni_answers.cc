// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_answers.h"

#include <algorithm>
#include <limits>

#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"

namespace taster::exchange {
namespace {

using judge::Observation;

// Absent, empty or masked: not known. Else it must be an address.
std::optional<net::IpAddress> ReadAddress(const Place& answer) {
  for (const char* key : {"ipv4", "ipv6"}) {
    const Place place = answer.Member(key);
    const auto text = place.Text();
    if (!text || text->empty()) continue;
    if (text->find(kScrubbed) != std::string_view::npos) return {};
    const auto address = net::IpAddress::Parse(*text);
    if (!address) place.Refuse("not an address");
    return address;
  }
  return {};
}

std::optional<dns::Name> ReadAlias(const Place& answer) {
  const Place place = answer.Member("hostname");
  const auto text = place.Text();
  if (!text || text->empty() ||
      text->find(kScrubbed) != std::string_view::npos) {
    return {};
  }
  auto name = dns::Name::Parse(*text);
  if (!name) place.Refuse("not a domain name");
  return name;
}

// The type of a record that holds `address`: OONI's probes name A and AAAA by
// the address, whatever was asked.
std::uint16_t TypeOf(const net::IpAddress& address, std::uint16_t named) {
  if (named == dns::kTypeSvcb || named == dns::kTypeHttps) return named;
  return address.is_v4() ? dns::kTypeA : dns::kTypeAaaa;
}

void ReadAnswer(const Place& answer, const dns::Name* canonical,
                Observation* reply) {
  constexpr std::int64_t kMaxTtl = std::numeric_limits<std::uint32_t>::max();
  const auto named = answer.Member("answer_type").Text();
  const std::uint16_t type = named ? dns::TypeFromText(*named) : 0;
  const auto whole = answer.Member("ttl").Integer(0, kMaxTtl);
  const auto ttl = static_cast<std::uint32_t>(whole.value_or(0));
  if (type == dns::kTypeCname || type == dns::kTypeDname) {
    auto alias = ReadAlias(answer);
    if (alias && canonical != nullptr && *alias == *canonical) return;
    if (alias) {
      reply->aliases.push_back(*std::move(alias));
    } else {
      ++reply->other_records;
    }
  } else if (const auto address = ReadAddress(answer)) {
    reply->addresses.push_back({*address, ttl, TypeOf(*address, type)});
  } else {
    ++reply->other_records;
  }
  ++reply->answer_count;
  if (whole) reply->rr_ttl = std::min(reply->rr_ttl.value_or(ttl), ttl);
}

}  // namespace

void ReadAnswers(const Place& answers, const dns::Name* canonical,
                 Observation* reply) {
  // More would not fit the counts, nor any DNS message.
  constexpr std::size_t kMaxAnswers = 5000;
  const std::size_t size = answers.Size();
  if (size > kMaxAnswers) answers.Refuse("too many answers");
  for (std::size_t i = 0; answers.ok() && i < size; ++i) {
    ReadAnswer(answers.At(i), canonical, reply);
  }
}

nlohmann::ordered_json WriteAnswers(const Observation& reply) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const judge::AnsweredAddress& answer : reply.addresses) {
    const bool known = reply.rr_ttl.has_value() || answer.rr_ttl != 0;
    list.push_back(
        {{"answer_type", dns::TypeToText(answer.type)},
         {answer.address.is_v4() ? "ipv4" : "ipv6", answer.address.ToString()},
         {"ttl", known ? nlohmann::ordered_json(answer.rr_ttl)
                       : nlohmann::ordered_json(nullptr)}});
  }
  for (const dns::Name& alias : reply.aliases) {
    list.push_back({{"answer_type", "CNAME"},
                    {"hostname", alias.ToText()},
                    {"ttl", nullptr}});
  }
  return list.empty() ? nlohmann::ordered_json(nullptr) : list;
}

}  // namespace taster::exchange
