// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/stream_to.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <pqxx/pqxx>
#include <span>
#include <tuple>

#include "collector/store/batch_rows.h"
#include "fmt/chrono.h"
#include "fmt/format.h"

namespace taster::bench {
namespace {

template <typename T>
std::optional<int> OrNull(const std::optional<T>& value) {
  return value ? std::optional<int>(*value) : std::nullopt;
}

template <typename Bytes>
std::string Hex(const Bytes& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    const auto octet = static_cast<std::uint8_t>(byte);
    text += kDigits[octet >> 4];
    text += kDigits[octet & 0xf];
  }
  return text;
}

std::string TimeText(store::Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:06}+00",
                     fmt::gmtime(seconds.time_since_epoch().count()),
                     (time - seconds).count());
}

std::string IntervalText(std::chrono::microseconds length) {
  return std::to_string(length.count()) + " us";
}

// The columns every table begins with.
auto Begin(const store::JudgedBatch& batch) {
  return std::tuple(batch.vantage_id, TimeText(batch.batch_id.day()),
                    Hex(batch.batch_id.bytes));
}

template <typename Verdict>
auto ClassOf(const Verdict& verdict) {
  return std::tuple(static_cast<int>(verdict.verdict),
                    static_cast<int>(verdict.mechanism), verdict.injector,
                    1);  // ruleset_id
}

void StreamMeasurements(const store::JudgedBatch& batch, pqxx::stream_to* out) {
  for (const store::MeasurementRow& row : batch.measurements) {
    const judge::Asked& asked = row.asked;
    *out << std::tuple_cat(
        Begin(batch),
        std::tuple(asked.ordinal, row.set, static_cast<int>(asked.role),
                   asked.qname.ToText(), asked.qtype,
                   asked.server->address.ToString(), asked.server->port,
                   static_cast<int>(asked.server_kind),
                   static_cast<int>(asked.transport), TimeText(row.query_time),
                   IntervalText(row.window), OrNull(row.source_port),
                   OrNull(row.query_ip_ttl), static_cast<int>(asked.outcome),
                   row.messages.size(), row.uncounted_responses, row.retry,
                   "\\x" + Hex(row.query)));
  }
}

void StreamResponses(const store::JudgedBatch& batch, pqxx::stream_to* out) {
  for (const store::MeasurementRow& row : batch.measurements) {
    const judge::Observation& reply = row.asked.replies[0];
    std::string addresses = "{";
    for (const auto& each : reply.addresses) {
      if (addresses.size() > 1) addresses += ',';
      addresses += each.address.ToString();
    }
    *out << std::tuple_cat(
        Begin(batch),
        std::tuple(row.asked.ordinal, 1, IntervalText(reply.arrival_offset),
                   reply.source.address.ToString(), reply.source.port,
                   OrNull(reply.ip_ttl), reply.dont_fragment, reply.ip_id_zero,
                   static_cast<int>(reply.fit), reply.flags,
                   static_cast<int>(reply.rcode), addresses + "}",
                   OrNull(reply.rr_ttl), static_cast<int>(reply.defect),
                   "\\x" + Hex(row.messages[0]), std::optional<int>()));
  }
}

void StreamSets(const store::JudgedBatch& batch, pqxx::stream_to* out) {
  for (const store::SetRow& set : batch.sets) {
    *out << std::tuple_cat(Begin(batch), std::tuple(set.set, set.qname),
                           ClassOf(set.verdict),
                           std::tuple(true, TimeText(batch.receive_time)));
  }
}

void StreamVerdicts(const store::JudgedBatch& batch, pqxx::stream_to* out) {
  for (const store::SetRow& set : batch.sets) {
    for (const auto& each : set.verdict.measurements) {
      *out << std::tuple_cat(Begin(batch), std::tuple(each.ordinal, 0),
                             ClassOf(each));
      *out << std::tuple_cat(Begin(batch), std::tuple(each.ordinal, 1),
                             ClassOf(each.replies[0]));
    }
  }
}

void StreamFindings(const store::JudgedBatch& batch, pqxx::stream_to* out) {
  for (const store::SetRow& set : batch.sets) {
    for (const auto& each : set.verdict.measurements) {
      for (const judge::Finding& finding : each.replies[0].fired) {
        *out << std::tuple_cat(
            Begin(batch),
            std::tuple(each.ordinal, 1, std::string(finding.rule->id),
                       finding.evidence.subject, finding.evidence.reason));
      }
    }
  }
}

// "taster.measurement" and its columns, out of the table's COPY statement.
struct Target {
  std::string table;
  std::vector<std::string> columns{""};

  explicit Target(store::Table which) {
    const std::string copy = store::CopyStatement(which);
    const std::size_t name = copy.find(' ') + 1;
    table = copy.substr(name, copy.find(' ', name) - name);
    for (std::size_t i = copy.find('(') + 1; copy[i] != ')'; ++i) {
      if (copy[i] == ',') {
        columns.emplace_back();
      } else if (copy[i] != ' ') {
        columns.back() += copy[i];
      }
    }
  }
};

using Batches = std::span<const store::JudgedBatch>;

template <typename Stream>
void StreamTable(store::Table which, Batches batches, Stream stream,
                 pqxx::work* transaction) {
  const Target target(which);
  pqxx::stream_to out(*transaction, target.table, target.columns);
  for (const store::JudgedBatch& batch : batches) stream(batch, &out);
  out.complete();
}

void Commit(Batches batches, pqxx::connection* session) {
  using store::Table;
  pqxx::work transaction(*session);
  StreamTable(Table::kMeasurement, batches, StreamMeasurements, &transaction);
  StreamTable(Table::kResponse, batches, StreamResponses, &transaction);
  StreamTable(Table::kSetVerdict, batches, StreamSets, &transaction);
  StreamTable(Table::kVerdict, batches, StreamVerdicts, &transaction);
  StreamTable(Table::kFinding, batches, StreamFindings, &transaction);
  transaction.commit();
}

}  // namespace

Streamer::Streamer(const std::string& connection)
    : session_(std::make_unique<pqxx::connection>(connection)) {}

Streamer::~Streamer() = default;

void Streamer::Stream(const std::vector<store::JudgedBatch>& batches,
                      std::size_t batches_per_commit) {
  const Batches all(batches);
  for (std::size_t at = 0; at < all.size(); at += batches_per_commit) {
    Commit(all.subspan(at, std::min(batches_per_commit, all.size() - at)),
           session_.get());
  }
}

}  // namespace taster::bench
