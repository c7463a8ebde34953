// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/ooni_measurement.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "collector/exchange/ooni_control.h"
#include "collector/exchange/ooni_query.h"

namespace taster::exchange {
namespace {

// Two or more decimal digits at `at`; nullopt for anything else.
std::optional<int> Digits(std::string_view text, std::size_t at,
                          std::size_t count) {
  int value = 0;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + count, value);
  if (error != std::errc() || end != begin + count || value < 0) return {};
  return value;
}

// "2019-10-10 23:59:23", always UTC (df-000-base).
std::optional<std::chrono::sys_seconds> ParseTime(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd dd:dd:dd";
  if (text.size() != kShape.size()) return {};
  for (const std::size_t at : {4, 7, 10, 13, 16}) {
    if (text[at] != kShape[at]) return {};
  }
  const auto year = Digits(text, 0, 4), month = Digits(text, 5, 2),
             day = Digits(text, 8, 2), hour = Digits(text, 11, 2),
             minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return {};
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  // 60: a leap second.
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::chrono::sys_seconds ReadTime(const Place& root) {
  for (const char* key : {"measurement_start_time", "test_start_time"}) {
    const Place place = root.Member(key);
    if (place.absent()) continue;
    const auto time = ParseTime(place.Text().value_or(""));
    if (!time) place.Refuse("not a time like 2019-10-10 23:59:23");
    return time.value_or(std::chrono::sys_seconds{});
  }
  root.Member("measurement_start_time").Refuse("missing");
  return {};
}

judge::Network ReadNetwork(const Place& root) {
  judge::Network network;
  const Place country = root.Member("probe_cc");
  if (const auto code = country.Text()) {
    const bool is_code =
        code->size() == 2 &&
        std::ranges::all_of(*code, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_code && !code->empty()) country.Refuse("not a country code");
    // ZZ: whoever measured does not say.
    if (is_code && *code != "ZZ") network.country = *code;
  }
  const Place as = root.Member("probe_asn");
  if (auto text = as.Text(); text && !text->empty()) {
    if (text->starts_with("AS")) text->remove_prefix(2);
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, network.asn);
    if (error != std::errc() || stop != end) as.Refuse("not an AS number");
  }
  return network;
}

Role ReadRole(const Place& root) {
  const Place place = root.Member("x_taster_role");
  const std::string_view role = place.Text().value_or("probe");
  if (role == "control") return Role::kControl;
  if (role != "probe") place.Refuse("neither probe nor control");
  return Role::kProbe;
}

// `report_id` is shared by all measurements of a report.
std::string ReadId(const Place& root, std::size_t line) {
  const auto uid = root.Member("measurement_uid").Text().value_or("");
  if (!uid.empty()) return std::string(uid);
  const auto report = root.Member("report_id").Text().value_or("");
  return std::string(report) + ':' + std::to_string(line);
}

// The queries of a measurement, and the late replies to them.
class Queries {
 public:
  explicit Queries(const OoniMeasurement& measurement)
      : measurement_(measurement) {}

  void ReadAll(const Place& list) {
    const std::size_t size = list.Size();
    for (std::size_t i = 0; list.ok() && i < size; ++i) Read(list.At(i));
  }

  void Read(const Place& query) {
    Add(query);
    queries_.back().AddReply(query);
  }

  // Of OONI's handshakes nothing is read: they say not whose address it is.
  void ReadOwnChecks(const Place& list) {
    const std::size_t size = list.Size();
    for (std::size_t i = 0; list.ok() && i < size; ++i) {
      if (!list.At(i).Member("x_taster_asked").absent()) Read(list.At(i));
    }
  }

  // A late reply belongs to the last query that asks the same; one that no
  // query asked for stands alone.
  void ReadLate(const Place& list) {
    const std::size_t size = list.Size();
    for (std::size_t i = 0; list.ok() && i < size; ++i) {
      const Place late = list.At(i);
      Add(late);
      const auto asked = std::find_if(
          std::next(queries_.rbegin()), queries_.rend(),
          [this](const auto& query) { return query.Asks(queries_.back()); });
      if (asked == queries_.rend()) {
        queries_.back().AddReply(late);
        continue;
      }
      asked->AddReply(late);
      queries_.pop_back();
    }
  }

  void Finish(std::vector<Record>* records) && {
    for (OoniQuery& query : queries_) std::move(query).Finish(records);
  }

 private:
  void Add(const Place& query) {
    queries_.emplace_back(query, measurement_,
                          static_cast<std::uint32_t>(queries_.size()));
  }

  const OoniMeasurement& measurement_;
  std::vector<OoniQuery> queries_;
};

// dnsping. Before July 2022 `query` was a list; OONI's probes and their
// specification spell the late replies differently.
void ReadPings(const Place& pings, Queries* queries) {
  const std::size_t size = pings.Size();
  for (std::size_t i = 0; pings.ok() && i < size; ++i) {
    const Place ping = pings.At(i);
    const Place query = ping.Member("query");
    if (query.is_array()) {
      queries->ReadAll(query);
    } else {
      queries->Read(query);
    }
    queries->ReadLate(ping.Member("delayed_response"));
    queries->ReadLate(ping.Member("delayed_responses"));
  }
}

bool IsRead(const Place& root, const Place& keys) {
  const auto test = root.Member("test_name").Text();
  return test == "web_connectivity" || test == "dnsping" ||
         !keys.Member("queries").absent();
}

}  // namespace

std::vector<Record> ReadMeasurement(const Place& root, std::size_t line) {
  std::vector<Record> records;
  const Place keys = root.Member("test_keys");
  if (root.absent() || keys.absent()) keys.Refuse("missing");
  if (root.ok() && !IsRead(root, keys)) {
    root.Member("test_name")
        .Refuse(
            "a test without DNS queries; read are web_connectivity, dnsping "
            "and every test with test_keys.queries");
  }
  const OoniMeasurement measurement{.id = ReadId(root, line),
                                    .role = ReadRole(root),
                                    .network = ReadNetwork(root),
                                    .start = ReadTime(root)};
  Queries queries(measurement);
  queries.ReadAll(keys.Member("queries"));
  queries.ReadOwnChecks(keys.Member("tls_handshakes"));
  for (const char* late :
       {"x_dns_late_responses", "x_dns_duplicate_responses"}) {
    queries.ReadLate(keys.Member(late));
  }
  ReadPings(keys.Member("pings"), &queries);
  if (root.ok()) std::move(queries).Finish(&records);
  const auto input = root.Member("input");
  if (!input.absent() && input.value()->is_string()) {
    ReadControl(keys.Member("control").Member("dns"), *input.Text(),
                measurement, &records);
  }
  return records;
}

}  // namespace taster::exchange
