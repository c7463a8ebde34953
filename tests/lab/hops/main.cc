// SPDX-License-Identifier: Apache-2.0
// lab-hops: what the judge makes of the traces that wait in spools.
//
// lab-hops SPOOL...: a line of JSON for the oldest batch of each.
#include <cinttypes>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/dissect/dissect.h"
#include "collector/judge/hop.h"
#include "probe/spool/spool.h"
#include "proto/net/bytes_of.h"
#include "taster/v1/measurement.pb.h"

namespace {

namespace v1 = taster::v1;
namespace judge = taster::judge;
using taster::net::IpAddress;

taster::net::Endpoint EndpointOf(const v1::Endpoint& from) {
  return {IpAddress::FromBytes(taster::net::BytesOf(from.address()))
              .value_or(IpAddress{}),
          static_cast<std::uint16_t>(from.port())};
}

judge::Asked AskedOf(const v1::Measurement& from) {
  judge::Asked asked;
  asked.role = static_cast<judge::QuestionRole>(from.question_role());
  asked.server = EndpointOf(from.server());
  taster::dissect::DissectQuery(taster::net::BytesOf(from.query()), &asked);
  for (const auto& response : from.responses()) {
    taster::dissect::Arrival arrival;
    arrival.source = EndpointOf(response.source());
    if (response.has_ip_ttl()) {
      arrival.ip_ttl = static_cast<std::uint8_t>(response.ip_ttl());
    }
    if (response.has_dont_fragment()) {
      arrival.dont_fragment = response.dont_fragment();
    }
    if (response.has_ip_id_zero()) arrival.ip_id_zero = response.ip_id_zero();
    asked.replies.push_back(taster::dissect::Dissect(
        taster::net::BytesOf(response.message()), arrival, asked));
  }
  return asked;
}

judge::TraceTry TryOf(const v1::Measurement& from) {
  auto one = judge::ReadTry(AskedOf(from),
                            static_cast<std::uint8_t>(from.query_ip_ttl()));
  for (const auto& error : from.icmp_errors()) {
    if (error.type() != (error.v6() ? 3u : 11u)) continue;
    one.router = IpAddress::FromBytes(taster::net::BytesOf(error.offender()));
  }
  return one;
}

std::string RangeText(const judge::HopRange& range) {
  return "[" + std::to_string(range.low) + "," + std::to_string(range.high) +
         "]";
}

void Print(const std::vector<judge::TraceTry>& series, std::size_t ports) {
  const auto finding = judge::LocateInjectors(series);
  std::string injectors;
  for (const auto& found : finding.injectors) {
    const auto router = judge::RouterAt(series, found.hop.high);
    injectors +=
        std::string(injectors.empty() ? "" : ",") + "{\"method\":\"" +
        (found.method == judge::HopMethod::kMirrored ? "mirrored"
                                                     : "first_drawn") +
        "\",\"hop\":" + RangeText(found.hop) +
        ",\"likely\":" + std::to_string(found.likely) +
        ",\"router\":" + (router ? "\"" + router->ToString() + "\"" : "null") +
        "}";
  }
  std::printf(
      "{\"queries\":%zu,\"ports\":%zu,\"server\":%s,\"symmetric\":%s,"
      "\"injectors\":[%s]}\n",
      series.size(), ports,
      finding.server ? RangeText(*finding.server).c_str() : "null",
      !finding.symmetric   ? "null"
      : *finding.symmetric ? "true"
                           : "false",
      injectors.c_str());
}

absl::Status Read(const char* path) {
  auto spool = taster::spool::Spool::Open({.path = path});
  if (!spool.ok()) return spool.status();
  const auto oldest = (*spool)->Oldest();
  if (!oldest.ok()) return oldest.status();
  v1::Batch batch;
  if (!oldest->has_value() || !batch.ParseFromString((*oldest)->payload)) {
    return absl::NotFoundError("no batch waits");
  }
  std::vector<judge::TraceTry> series;
  std::set<std::uint32_t> ports;
  for (const auto& measurement : batch.measurements()) {
    series.push_back(TryOf(measurement));
    if (measurement.has_source_port()) ports.insert(measurement.source_port());
  }
  Print(series, ports.size());
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (const auto status = Read(argv[i]); !status.ok()) {
      std::fprintf(stderr, "lab-hops: %s: %s\n", argv[i],
                   status.ToString().c_str());
      return 65;
    }
  }
  return 0;
}
