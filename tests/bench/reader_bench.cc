// SPDX-License-Identifier: Apache-2.0
// Reading answers: this project's reader beside ldns (goal P4, reader part).
//
// Rounds are interleaved, so that a busy machine slows both alike; each ratio
// is taken within a round, and the median of the rounds is printed as
// "name value goal ok|short". Build with the preset `release`.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "proto/dns/constants.h"
#include "proto/dns/message_reader.h"
#include "proto/net/ip_address.h"
#include "tests/unit/proto/dns/message_writer.h"
// Last: it defines macros that break the standard library's headers.
#include <ldns/ldns.h>

namespace taster::dns {
namespace {

constexpr int kRounds = 9;
constexpr int kReadsPerRound = 200'000;
constexpr double kGoal = 0.10;

using Message = std::vector<std::uint8_t>;
constexpr std::array<std::uint8_t, 4> kAddress = {192, 0, 2, 1};

struct Sample {
  std::string name;
  Message message;
};

std::vector<Sample> MakeSamples() {
  constexpr const char* kQname = "www.example-web.test";
  MessageWriter one({.questions = 1, .answers = 1});
  one.Question(kQname).Record(kTypeA, kAddress);
  MessageWriter four({.questions = 1, .answers = 4});
  four.Question(kQname);
  for (int i = 0; i < 4; ++i) four.Record(kTypeA, kAddress);
  MessageWriter alias({.questions = 1, .answers = 3});
  alias.Question(kQname);
  const std::string_view target = "edge-4.example.net.cn";
  alias.Pointer(kHeaderBytes).RecordHead(kTypeCname, target.size() + 2);
  const std::size_t target_at = alias.size();
  alias.DomainName(target);
  for (int i = 0; i < 2; ++i) {
    alias.Pointer(target_at).RecordHead(kTypeA, 4).Bytes(kAddress);
  }
  return {{"1xA", one.bytes()},
          {"4xA", four.bytes()},
          {"CNAME+2xA", alias.bytes()}};
}

// Keeps the compiler from dropping the work.
volatile std::uint32_t sink;

void ReadOurs(const Message& message) {
  MessageReader reader(message);
  std::uint32_t sum = reader.header().flags;
  while (const auto question = reader.NextQuestion()) sum += question->qtype;
  while (const auto record = reader.NextRecord()) {
    sum += record->rr_ttl + record->owner.offset();
    if (record->type != kTypeA && record->type != kTypeAaaa) continue;
    sum += net::IpAddress::FromBytes(record->rdata)->bytes()[3];
  }
  sink = sum + static_cast<std::uint32_t>(reader.defect());
}

void ReadLdns(const Message& message) {
  ldns_pkt* packet = nullptr;
  sink = ldns_wire2pkt(&packet, message.data(), message.size());
  ldns_pkt_free(packet);
}

template <typename Read>
double NanosecondsEach(Read read, const Message& message) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kReadsPerRound; ++i) read(message);
  const std::chrono::duration<double, std::nano> taken =
      std::chrono::steady_clock::now() - start;
  return taken.count() / kReadsPerRound;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// The median ratio of our time to ldns's.
double Compare(const Sample& sample) {
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(NanosecondsEach(ReadOurs, sample.message));
    theirs.push_back(NanosecondsEach(ReadLdns, sample.message));
    ratios.push_back(ours.back() / theirs.back());
  }
  const double ratio = Median(ratios);
  std::printf("# %s, %zu bytes: %.1f ns, ldns %.1f ns, ratio %.3f\n",
              sample.name.c_str(), sample.message.size(), Median(ours),
              Median(theirs), ratio);
  return ratio;
}

}  // namespace
}  // namespace taster::dns

int main() {
#ifndef NDEBUG
  std::puts("# not a release build: the figures mean little");
#endif
  double worst = 0;
  for (const auto& sample : taster::dns::MakeSamples()) {
    worst = std::max(worst, taster::dns::Compare(sample));
  }
  std::printf("P4.read_vs_ldns %.3f <=%.2f %s\n", worst, taster::dns::kGoal,
              worst <= taster::dns::kGoal ? "ok" : "short");
}
