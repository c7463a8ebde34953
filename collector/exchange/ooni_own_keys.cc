// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_own_keys.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "collector/dissect/dissect.h"
#include "collector/exchange/wire_enum.h"
#include "collector/judge/check.h"
#include "proto/net/bytes_of.h"

namespace taster::exchange {
namespace {

using judge::Asked;
using judge::Observation;

// By the value of judge::Fit.
constexpr std::string_view kFits[] = {"matches", "other_source", "other_id",
                                      "other_question", "not_a_response"};

template <typename T>
OrderedJson OrNull(const std::optional<T>& value) {
  return value ? OrderedJson(*value) : OrderedJson(nullptr);
}

// Any port, 0 for one that is not known.
OrderedJson ToJson(const net::Endpoint& endpoint) {
  return {{"address", endpoint.address.ToString()}, {"port", endpoint.port}};
}

std::optional<net::Endpoint> ReadEndpoint(const Place& place) {
  if (place.absent()) return {};
  const Place text = place.Member("address");
  const auto address = net::IpAddress::Parse(text.Text().value_or(""));
  if (!address) text.Refuse("not an address");
  const auto port = place.Member("port").Integer(0, 65535).value_or(0);
  return net::Endpoint{address.value_or(net::IpAddress{}),
                       static_cast<std::uint16_t>(port)};
}

// Of the type of `to`, when it is there.
template <typename T>
void ReadNumber(const Place& place, T* to) {
  const auto value = place.Integer(0, std::numeric_limits<T>::max());
  if (value) *to = static_cast<T>(*value);
}

template <typename T>
void ReadNumber(const Place& place, std::optional<T>* to) {
  T value{};
  ReadNumber(place, &value);
  if (!place.absent()) *to = value;
}

void ReadFlag(const Place& place, bool* to) {
  *to = place.Flag().value_or(*to);
}

void ReadFit(const Place& place, judge::Fit* to) {
  const auto text = place.Text();
  if (!text) return;
  const auto* const fit = std::ranges::find(kFits, *text);
  if (fit == std::end(kFits)) {
    place.Refuse("not a known word");
    return;
  }
  *to = static_cast<judge::Fit>(fit - std::begin(kFits));
}

void WriteQuestion(const Record& record, OrderedJson* own) {
  if (!record.query.empty()) {
    (*own)["query"] = ToBase64(record.query);
    return;
  }
  const Asked& asked = record.asked;
  const auto wire = asked.qname.wire();
  (*own)["qname"] = ToBase64({wire.begin(), wire.end()});
  (*own)["qtype"] = asked.qtype;
  (*own)["qclass"] = asked.qclass;
  (*own)["query_id"] = asked.query_id;
  (*own)["query_flags"] = asked.query_flags;
  (*own)["query_has_opt"] = asked.query_has_opt;
}

void ReadQuestion(const Place& own, Record* record) {
  const Place query = own.Member("query");
  Asked& asked = record->asked;
  if (auto bytes = query.Bytes()) {
    if (!dissect::DissectQuery(net::BytesOf(*bytes), &asked)) {
      query.Refuse("not a DNS query");
    }
    record->query = *std::move(bytes);
    return;
  }
  const Place qname = own.Member("qname");
  if (const auto wire = qname.Bytes()) {
    auto name = dns::Name::FromWire(net::BytesOf(*wire));
    if (!name) qname.Refuse("not a domain name");
    if (name) asked.qname = *std::move(name);
  }
  ReadNumber(own.Member("qtype"), &asked.qtype);
  ReadNumber(own.Member("qclass"), &asked.qclass);
  ReadNumber(own.Member("query_id"), &asked.query_id);
  ReadNumber(own.Member("query_flags"), &asked.query_flags);
  ReadFlag(own.Member("query_has_opt"), &asked.query_has_opt);
}

void WriteDissected(const Observation& reply, OrderedJson* own) {
  (*own)["fit"] = kFits[static_cast<std::size_t>(reply.fit)];
  (*own)["flags"] = reply.flags;
  (*own)["rcode"] = reply.rcode;
  (*own)["has_opt"] = reply.has_opt;
  (*own)["case_preserved"] = reply.case_preserved;
  (*own)["owner_is_pointer"] = OrNull(reply.owner_is_pointer);
  (*own)["answer_count"] = reply.answer_count;
  (*own)["authority_count"] = reply.authority_count;
  (*own)["additional_count"] = reply.additional_count;
  (*own)["other_records"] = reply.other_records;
  (*own)["rr_ttl"] = OrNull(reply.rr_ttl);
  (*own)["extended_errors"] = OrderedJson::array();
  for (const std::uint16_t code : reply.extended_errors) {
    (*own)["extended_errors"].push_back(code);
  }
  (*own)["defect"] = reply.defect;
}

void ReadExtendedErrors(const Place& list, Observation* reply) {
  const std::size_t size = list.Size();
  for (std::size_t i = 0; list.ok() && i < size; ++i) {
    std::uint16_t code = 0;
    ReadNumber(list.At(i), &code);
    reply->extended_errors.push_back(code);
  }
}

void ReadDissected(const Place& own, Observation* reply) {
  ReadFit(own.Member("fit"), &reply->fit);
  ReadNumber(own.Member("flags"), &reply->flags);
  ReadNumber(own.Member("rcode"), &reply->rcode);
  ReadFlag(own.Member("has_opt"), &reply->has_opt);
  ReadFlag(own.Member("case_preserved"), &reply->case_preserved);
  reply->owner_is_pointer = own.Member("owner_is_pointer").Flag();
  ReadNumber(own.Member("answer_count"), &reply->answer_count);
  ReadNumber(own.Member("authority_count"), &reply->authority_count);
  ReadNumber(own.Member("additional_count"), &reply->additional_count);
  ReadNumber(own.Member("other_records"), &reply->other_records);
  reply->rr_ttl.reset();
  ReadNumber(own.Member("rr_ttl"), &reply->rr_ttl);
  ReadExtendedErrors(own.Member("extended_errors"), reply);
  ReadNumber(own.Member("defect"), &reply->defect);
}

void WriteConnection(const Asked& asked, OrderedJson* own) {
  if (!asked.server_name.is_root()) {
    (*own)["server_name"] = asked.server_name.ToText();
  }
  if (!judge::IsCheck(asked)) return;
  const judge::Service& service = asked.service;
  (*own)["connected"] = service.connected;
  (*own)["http_status"] = OrNull(service.http_status);
  (*own)["redirect_host"] = service.redirect_host;
}

void ReadConnection(const Place& own, Asked* asked) {
  const Place place = own.Member("server_name");
  if (const auto text = place.Text()) {
    const auto name = dns::Name::Parse(*text);
    if (!name) place.Refuse("not a domain name");
    asked->server_name = name.value_or(dns::Name());
  }
  judge::Service& service = asked->service;
  service.connected = own.Member("connected").Flag().value_or(false);
  ReadNumber(own.Member("http_status"), &service.http_status);
  service.redirect_host = own.Member("redirect_host").Text().value_or("");
}

}  // namespace

OrderedJson WriteOwnAsked(const Record& record) {
  const Asked& asked = record.asked;
  OrderedJson own = {
      {"id", record.id},
      {"set", record.set},
      {"ordinal", asked.ordinal},
      {"question_role", ToText(asked.role)},
      {"server", asked.server ? ToJson(*asked.server) : OrderedJson(nullptr)},
      {"server_kind", ToText(asked.server_kind)},
      {"transport", ToText(asked.transport)},
      {"outcome", ToText(asked.outcome)}};
  WriteConnection(asked, &own);
  WriteQuestion(record, &own);
  return own;
}

void ReadOwnAsked(const Place& own, Record* record) {
  Asked& asked = record->asked;
  record->id = own.Member("id").Text().value_or(record->id);
  record->set = own.Member("set").Text().value_or(record->set);
  ReadNumber(own.Member("ordinal"), &asked.ordinal);
  ReadEnum(own.Member("question_role"), &asked.role);
  ReadEnum(own.Member("server_kind"), &asked.server_kind);
  ReadEnum(own.Member("transport"), &asked.transport);
  ReadEnum(own.Member("outcome"), &asked.outcome);
  asked.server = ReadEndpoint(own.Member("server"));
  ReadConnection(own, &asked);
  ReadQuestion(own, record);
}

OrderedJson WriteOwnReply(const Observation& reply, bool with_bytes) {
  OrderedJson own = {{"source", ToJson(reply.source)},
                     {"ip_ttl", OrNull(reply.ip_ttl)},
                     {"dont_fragment", OrNull(reply.dont_fragment)},
                     {"ip_id_zero", OrNull(reply.ip_id_zero)}};
  if (!with_bytes) WriteDissected(reply, &own);
  return own;
}

void ReadOwnReply(const Place& own, bool with_bytes, Observation* reply) {
  if (const auto source = ReadEndpoint(own.Member("source"))) {
    reply->source = *source;
  }
  ReadNumber(own.Member("ip_ttl"), &reply->ip_ttl);
  reply->dont_fragment = own.Member("dont_fragment").Flag();
  reply->ip_id_zero = own.Member("ip_id_zero").Flag();
  if (!with_bytes) ReadDissected(own, reply);
}

}  // namespace taster::exchange
