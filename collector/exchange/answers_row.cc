// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/answers_row.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/status/status.h"
#include "proto/dns/constants.h"

namespace taster::exchange {
namespace {

using Column = AnswersHeading::Column;

constexpr std::array<std::string_view, AnswersHeading::kColumns> kNames = {
    "id",     "time",        "role",      "country", "asn",
    "server", "server_kind", "transport", "qname",   "qtype",
    "rcode",  "answers",     "ttl"};

template <typename T>
using Words = std::initializer_list<std::pair<std::string_view, T>>;

template <typename T>
bool Among(std::string_view text, const Words<T>& words, T* value) {
  for (const auto& [word, meaning] : words) {
    if (text != word) continue;
    *value = meaning;
    return true;
  }
  return false;
}

template <typename T>
bool ParseNumber(std::string_view text, T* value) {
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, *value);
  return error == std::errc() && at == end;
}

// "2024-09-07T00:00:00Z", not before 1970.
bool ParseTime(std::string_view text, std::chrono::sys_seconds* time) {
  const auto number = [&](std::size_t at, std::size_t size, auto* value) {
    return ParseNumber(text.substr(at, size), value);
  };
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (text.size() != 20 || text[4] != '-' || text[7] != '-' ||
      text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z' || !number(0, 4, &year) || !number(5, 2, &month) ||
      !number(8, 2, &day) || !number(11, 2, &hour) || !number(14, 2, &minute) ||
      !number(17, 2, &second)) {
    return false;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok() || year < 1970 || hour > 23 || minute > 59 || second > 60) {
    return false;
  }
  *time = std::chrono::sys_days(date) + std::chrono::hours(hour) +
          std::chrono::minutes(minute) + std::chrono::seconds(second);
  return true;
}

bool ParseType(std::string_view text, std::uint16_t* type) {
  if (Among<std::uint16_t>(text,
                           {{"A", dns::kTypeA},
                            {"AAAA", dns::kTypeAaaa},
                            {"HTTPS", dns::kTypeHttps},
                            {"SVCB", dns::kTypeSvcb},
                            {"CNAME", dns::kTypeCname},
                            {"NS", dns::kTypeNs},
                            {"MX", dns::kTypeMx},
                            {"TXT", dns::kTypeTxt},
                            {"SOA", dns::kTypeSoa},
                            {"PTR", dns::kTypePtr},
                            {"ANY", 255}},
                           type)) {
    return true;
  }
  return text.starts_with("TYPE") && ParseNumber(text.substr(4), type);
}

bool ParseRcode(std::string_view text, std::uint8_t* rcode) {
  return Among<std::uint8_t>(text,
                             {{"NOERROR", 0},
                              {"FORMERR", 1},
                              {"SERVFAIL", 2},
                              {"NXDOMAIN", 3},
                              {"NOTIMP", 4},
                              {"REFUSED", 5},
                              {"YXDOMAIN", 6},
                              {"YXRRSET", 7},
                              {"NXRRSET", 8},
                              {"NOTAUTH", 9},
                              {"NOTZONE", 10}},
                             rcode) ||
         (text.starts_with("RCODE") && ParseNumber(text.substr(5), rcode));
}

bool ParseAnswers(std::string_view text, judge::Observation* reply) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view answer = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++reply->answer_count;
    if (answer.starts_with("cname:")) {
      auto target = dns::Name::Parse(answer.substr(6));
      if (!target) return false;
      reply->aliases.push_back(*std::move(target));
      continue;
    }
    const auto address = net::IpAddress::Parse(answer);
    if (!address) return false;
    reply->addresses.push_back(
        {.address = *address,
         .type = address->is_v4() ? dns::kTypeA : dns::kTypeAaaa});
  }
  return true;
}

// One line's fields; says of a bad one which it was.
class Row {
 public:
  Row(const AnswersHeading& heading, std::string_view line, Record* record)
      : heading_(heading), record_(*record) {
    while (true) {
      const std::size_t end = std::min(line.find('\t'), line.size());
      if (width_ < fields_.size()) fields_[width_] = line.substr(0, end);
      ++width_;
      if (end == line.size()) return;
      line.remove_prefix(end + 1);
    }
  }

  bool Parse() {
    if (width_ != heading_.width()) {
      problem_ = std::to_string(width_) + " columns, not " +
                 std::to_string(heading_.width());
      return false;
    }
    record_.id = Field(Column::kId);
    return ParseWhere() && ParseQuestion() && ParseReply();
  }

  BadInput problem() const {
    return {.line = 0, .column = column_, .what = problem_};
  }

 private:
  std::string_view Field(Column column) const {
    const auto place = heading_.place(column);
    return place ? fields_[*place] : std::string_view();
  }
  bool Check(bool good, Column column, std::string_view wanted) {
    if (good) return true;
    column_ = *heading_.place(column) + 1;
    problem_ = std::string(kNames[column]) + ": not " + std::string(wanted);
    return false;
  }

  bool ParseWhere() {
    const std::string_view country = Field(Column::kCountry);
    record_.network.country = country;
    return Check(!record_.id.empty(), Column::kId, "a name for the query") &&
           Check(ParseTime(Field(Column::kTime), &record_.time), Column::kTime,
                 "a UTC time such as 2026-11-22T08:00:00Z") &&
           Check(Among<Role>(
                     Field(Column::kRole),
                     {{"probe", Role::kProbe}, {"control", Role::kControl}},
                     &record_.role),
                 Column::kRole, "probe or control") &&
           Check(
               country.empty() ||
                   (country.size() == 2 &&
                    std::ranges::all_of(
                        country, [](char c) { return c >= 'A' && c <= 'Z'; })),
               Column::kCountry, "two capital letters") &&
           Check(ParseNumber(Field(Column::kAsn), &record_.network.asn),
                 Column::kAsn, "an AS number");
  }

  bool ParseServer() {
    const std::string_view server = Field(Column::kServer);
    if (server == "system") return true;
    record_.asked.server = net::Endpoint::Parse(server, 53);
    return record_.asked.server.has_value();
  }

  bool ParseQuestion() {
    judge::Asked& asked = record_.asked;
    auto name = dns::Name::Parse(Field(Column::kQname));
    if (name) asked.qname = *std::move(name);
    return Check(ParseServer(), Column::kServer, "an address or `system`") &&
           Check(Among<judge::ServerKind>(
                     Field(Column::kServerKind),
                     {{"system", judge::ServerKind::kSystem},
                      {"recursive", judge::ServerKind::kRecursive},
                      {"authoritative", judge::ServerKind::kAuthoritative},
                      {"canary", judge::ServerKind::kCanary}},
                     &asked.server_kind),
                 Column::kServerKind,
                 "system, recursive, authoritative or canary") &&
           Check(Among<judge::Transport>(Field(Column::kTransport),
                                         {{"udp", judge::Transport::kUdp},
                                          {"tcp", judge::Transport::kTcp},
                                          {"dot", judge::Transport::kTls},
                                          {"doh", judge::Transport::kHttps}},
                                         &asked.transport),
                 Column::kTransport, "udp, tcp, dot or doh") &&
           Check(name.has_value(), Column::kQname,
                 "a domain name of at most 255 bytes") &&
           Check(ParseType(Field(Column::kQtype), &asked.qtype), Column::kQtype,
                 "a record type");
  }

  bool ParseReply() {
    judge::Asked& asked = record_.asked;
    if (Field(Column::kRcode) == "timeout") {
      asked.outcome = judge::Outcome::kTimeout;
      return Check(Field(Column::kAnswers).empty(), Column::kAnswers,
                   "empty, though nothing came");
    }
    asked.outcome = judge::Outcome::kResponse;
    judge::Observation& reply = asked.replies.emplace_back();
    if (asked.server) reply.source = *asked.server;
    const std::string_view ttl = Field(Column::kTtl);
    std::uint32_t seconds = 0;
    if (!Check(ParseRcode(Field(Column::kRcode), &reply.rcode), Column::kRcode,
               "an RCODE or `timeout`") ||
        !Check(ParseAnswers(Field(Column::kAnswers), &reply), Column::kAnswers,
               "addresses and cname:target, separated by commas") ||
        !Check(ttl.empty() || ParseNumber(ttl, &seconds), Column::kTtl,
               "a number of seconds")) {
      return false;
    }
    if (!ttl.empty()) reply.rr_ttl = seconds;
    for (judge::AnsweredAddress& answer : reply.addresses) {
      answer.rr_ttl = seconds;
    }
    return true;
  }

  const AnswersHeading& heading_;
  Record& record_;
  std::array<std::string_view, 16> fields_{};
  std::size_t width_ = 0;
  std::size_t column_ = 0;
  std::string problem_;
};

}  // namespace

absl::StatusOr<AnswersHeading> AnswersHeading::Parse(std::string_view line) {
  AnswersHeading heading;
  while (true) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    const auto name = std::ranges::find(kNames, line.substr(0, end));
    if (name == kNames.end() ||
        heading.places_[static_cast<std::size_t>(name - kNames.begin())]) {
      return absl::InvalidArgumentError(
          "column " + std::to_string(heading.width_ + 1) +
          " of the first line is not a column of answers, or named twice");
    }
    heading.places_[static_cast<std::size_t>(name - kNames.begin())] =
        heading.width_++;
    if (end == line.size()) break;
    line.remove_prefix(end + 1);
  }
  for (std::size_t i = 0; i < kTtl; ++i) {
    if (heading.places_[i]) continue;
    return absl::InvalidArgumentError("the first line lacks the column " +
                                      std::string(kNames[i]));
  }
  return heading;
}

bool ParseAnswersRow(const AnswersHeading& heading, std::string_view line,
                     Record* record, BadInput* bad) {
  Row row(heading, line, record);
  if (row.Parse()) return true;
  *bad = row.problem();
  return false;
}

}  // namespace taster::exchange
