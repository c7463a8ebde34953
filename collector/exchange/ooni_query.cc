// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_query.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "collector/dissect/dissect.h"
#include "collector/exchange/ooni_answers.h"
#include "collector/exchange/ooni_failure.h"
#include "collector/exchange/ooni_own_keys.h"
#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"
#include "proto/net/bytes_of.h"

namespace taster::exchange {
namespace {

using judge::Asked;
using judge::Fit;
using judge::Observation;
using judge::Outcome;
using std::chrono::microseconds;

constexpr std::uint16_t kTypeAny = 255;

// Seconds since the measurement began; absent: at its start.
microseconds ReadOffset(const Place& place) {
  // A year, which no measurement takes.
  constexpr double kMaxSeconds = 366.0 * 86400;
  const double seconds = place.Number().value_or(0);
  if (!(seconds >= 0 && seconds <= kMaxSeconds)) {
    place.Refuse("out of range");
    return microseconds{0};
  }
  return microseconds{std::llround(seconds * 1e6)};
}

// A reply that says less than there was.
void AddWithheld(Observation* reply) {
  ++reply->answer_count;
  ++reply->other_records;
}

}  // namespace

OoniQuery::OoniQuery(const Place& query, const OoniMeasurement& measurement,
                     std::uint32_t index) {
  record_.role = measurement.role;
  record_.network = measurement.network;
  record_.time = measurement.start + std::chrono::floor<std::chrono::seconds>(
                                         ReadOffset(query.Member("t0")));
  record_.id = measurement.id + '/' + std::to_string(index);
  // An OONI probe asks as any stub resolver does. Its queries are not kept.
  record_.asked.query_flags = dns::kFlagRd;
  ReadQuestion(query);
  if (names_domain_) record_.set = measurement.id + '/' + hostname_.ToText();
  const Place own = query.Member("x_taster_asked");
  is_own_ = !own.absent();
  if (!is_own_) return;
  ReadOwnAsked(own, &record_);
  names_domain_ = true;
  knows_query_ = true;
}

void OoniQuery::ReadQuestion(const Place& query) {
  ReadName(query);
  Asked& asked = record_.asked;
  const Place type = query.Member("query_type");
  query_type_ = dns::TypeFromText(type.Text().value_or(""));
  if (query_type_ == 0) type.Refuse("not a type of record");
  asked.qtype = query_type_;
  engine_ = ReadEngine(query);
  asked.server_kind = engine_.server_kind;
  asked.transport = engine_.transport;
  asked.server = ReadServer(query, engine_.transport);
  resolver_ = query.Member("resolver_address").Text().value_or("");
  // Older probes have the key with the prefix of experimental ones.
  constexpr std::int64_t kMax = std::int64_t{1} << 53;
  const auto old = query.Member("x_transaction_id").Integer(-kMax, kMax);
  transaction_ = query.Member("transaction_id")
                     .Integer(-kMax, kMax)
                     .value_or(old.value_or(0));
}

void OoniQuery::ReadName(const Place& query) {
  const Place place = query.Member("hostname");
  const auto text = place.Text();
  if (!text) {
    place.Refuse("missing");
    return;
  }
  names_domain_ = text->find(kScrubbed) == std::string_view::npos &&
                  !net::IpAddress::Parse(*text);
  auto name = names_domain_ ? dns::Name::Parse(*text) : dns::Name();
  if (!name) {
    place.Refuse("not a domain name");
    return;
  }
  hostname_ = *name;
  record_.asked.qname = *std::move(name);
}

bool OoniQuery::Asks(const OoniQuery& late) const {
  return transaction_ == late.transaction_ && hostname_ == late.hostname_ &&
         query_type_ == late.query_type_ && resolver_ == late.resolver_;
}

void OoniQuery::ReadQueryId(const std::string& message) {
  if (knows_query_ || message.size() < 2) return;
  const auto bytes = net::BytesOf(message);
  record_.asked.query_id = static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
  knows_query_ = true;
}

void OoniQuery::ReadFacts(const Place& query, Observation* reply) const {
  const microseconds asked = ReadOffset(query.Member("t0"));
  const microseconds came = ReadOffset(query.Member("t"));
  reply->arrival_offset = std::max(came - asked, microseconds{0});
  if (record_.asked.server) reply->source = *record_.asked.server;
}

Observation OoniQuery::ReadMessage(const Place& query,
                                   const std::string& bytes) const {
  Observation facts;
  ReadFacts(query, &facts);
  const Place own = query.Member("x_taster_reply");
  if (!own.absent()) ReadOwnReply(own, true, &facts);
  const dissect::Arrival arrival{.offset = facts.arrival_offset,
                                 .source = facts.source,
                                 .ip_ttl = facts.ip_ttl,
                                 .dont_fragment = facts.dont_fragment,
                                 .ip_id_zero = facts.ip_id_zero};
  return dissect::Dissect(net::BytesOf(bytes), arrival, record_.asked);
}

Observation OoniQuery::ReadText(const Place& query) const {
  Observation reply;
  ReadFacts(query, &reply);
  const Place own = query.Member("x_taster_reply");
  ReadAnswers(query.Member("answers"),
              engine_.is_function && !is_own_ ? &hostname_ : nullptr, &reply);
  if (!own.absent()) {
    ReadOwnReply(own, false, &reply);
    return reply;
  }
  const FailureMeaning meaning = MeaningOf(query.Member("failure").Text());
  reply.fit = meaning.fit;
  const auto rcode = query.Member("rcode").Integer(0, 4095).value_or(0);
  reply.rcode =
      rcode == 0
          ? meaning.rcode
          : static_cast<std::uint8_t>(std::min<std::int64_t>(rcode, 255));
  if (meaning.has_answer && reply.answer_count == 0) AddWithheld(&reply);
  return reply;
}

void OoniQuery::AddReply(const Place& query) {
  const auto failure = query.Member("failure").Text();
  const FailureMeaning meaning = MeaningOf(failure);
  std::string bytes = query.Member("raw_response").Bytes().value_or("");
  if (engine_.is_function && !is_own_) bytes.clear();
  const bool came = is_own_ ? !query.Member("x_taster_reply").absent()
                            : meaning.outcome == Outcome::kResponse ||
                                  meaning.fit != Fit::kMatches;
  // A reply with another id says nothing of the query's own.
  if (meaning.fit == Fit::kMatches) ReadQueryId(bytes);
  if (!bytes.empty() || came) {
    Observation reply =
        bytes.empty() ? ReadText(query) : ReadMessage(query, bytes);
    if (!is_own_ && meaning.fit != Fit::kMatches) reply.fit = meaning.fit;
    tells_nothing_ = !failure && reply.is_nodata();
    record_.asked.replies.push_back(std::move(reply));
    record_.messages.push_back(std::move(bytes));
  }
  if (!is_own_) SetOutcome(meaning.outcome);
}

void OoniQuery::SetOutcome(Outcome told) {
  const bool matches = std::ranges::any_of(
      record_.asked.replies,
      [](const auto& reply) { return reply.fit == Fit::kMatches; });
  if (matches) {
    record_.asked.outcome = Outcome::kResponse;
  } else if (!has_outcome_) {
    record_.asked.outcome =
        told == Outcome::kResponse ? Outcome::kTimeout : told;
  }
  has_outcome_ = true;
}

// One call of the system's asked for both families. What it did not return,
// nobody can tell: only the families that are there have a record. A failure
// stands under A.
void OoniQuery::SplitFamilies(std::vector<Record>* records) {
  const bool has_v6 =
      std::ranges::any_of(record_.asked.replies, [](const Observation& reply) {
        return std::ranges::any_of(reply.addresses, [](const auto& answer) {
          return !answer.address.is_v4();
        });
      });
  for (const std::uint16_t type : {dns::kTypeA, dns::kTypeAaaa}) {
    Record half = record_;
    half.asked.qtype = type;
    half.id += type == dns::kTypeA ? ".A" : ".AAAA";
    std::size_t addresses = 0;
    for (Observation& reply : half.asked.replies) {
      auto& all = reply.addresses;
      const auto other = std::remove_if(
          all.begin(), all.end(),
          [&](const auto& answer) { return answer.type != type; });
      reply.answer_count =
          static_cast<std::uint16_t>(reply.answer_count - (all.end() - other));
      all.erase(other, all.end());
      addresses += all.size();
    }
    if (addresses > 0 || (type == dns::kTypeA && !has_v6)) {
      half.asked.ordinal = static_cast<std::uint32_t>(records->size());
      records->push_back(std::move(half));
    }
  }
}

void OoniQuery::Finish(std::vector<Record>* records) && {
  if (!names_domain_) return;
  if (std::ranges::all_of(record_.messages, &std::string::empty)) {
    record_.messages.clear();
  }
  if (!is_own_) {
    record_.asked.ordinal = static_cast<std::uint32_t>(records->size());
  }
  if (is_own_ || !engine_.is_function) {
    records->push_back(std::move(record_));
    return;
  }
  // OONI divides what one call returned among its types, and leaves out those
  // for which nothing is left.
  if (tells_nothing_) return;
  if (query_type_ == kTypeAny) {
    SplitFamilies(records);
  } else {
    records->push_back(std::move(record_));
  }
}

}  // namespace taster::exchange
