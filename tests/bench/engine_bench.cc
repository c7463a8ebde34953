// SPDX-License-Identifier: Apache-2.0
// The engine as a bulk client, for its cost a query.
//
// engine_bench PORT NAMES ANSWERS: asks 127.0.0.1 for each name (first word of
// each line), expects ANSWERS replies to each and waits for all windows. With
// ANSWERS 0, nobody replies, and what an open query occupies is measured.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "probe/capture/udp_capture.h"

namespace {

using taster::capture::Arrived;
using taster::capture::IcmpArrived;
using taster::capture::Outcome;
using taster::capture::Question;
using taster::capture::Sent;
using taster::capture::Token;
using taster::capture::UdpCapture;

// Replies that may be missing at a time; as many as the peers have, times the
// sockets' larger buffers.
const std::int64_t kMissing = getenv("MISS") ? atoi(getenv("MISS")) : 2048;

// Keeps count, and the bytes as something that stores them would.
class Counter final : public taster::capture::Witness {
 public:
  Counter(std::size_t names, std::int64_t answers)
      : arrived_(names), answers_(answers) {
    kept_.reserve(1 << 20);
  }
  void OnSent(Token, const Sent&) override { missing += answers_; }
  void OnArrived(Token token, const Arrived& reply) override {
    ++arrived_[token];
    ++arrived;
    --missing;
    if (!reply.matches) ++strangers;
    if (!reply.ip_ttl || !reply.dont_fragment) ++bare;
    if (kept_.size() + reply.message.size() > kept_.capacity()) kept_.clear();
    kept_.insert(kept_.end(), reply.message.begin(), reply.message.end());
  }
  void OnIcmp(Token, const IcmpArrived&) override {}
  void OnClosed(Token token, Outcome outcome, std::uint32_t) override {
    missing -= answers_ - arrived_[token];
    if (outcome == Outcome::kResponse) ++answered;
  }

  std::int64_t missing = 0;
  std::uint64_t arrived = 0;
  std::uint64_t answered = 0;
  std::uint64_t strangers = 0;  // Replies that do not match.
  std::uint64_t bare = 0;       // Replies without IP TTL or header bits.

 private:
  std::vector<std::uint8_t> arrived_;  // By token.
  std::vector<std::uint8_t> kept_;
  std::int64_t answers_;
};

std::string ReadFile(const char* path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::string content(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  return content;
}

// Resident bytes of this process (proc(5)).
long ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  long total = 0;
  long resident = 0;
  file >> total >> resident;
  return resident * 4096;
}

// Asks everything, keeping at most kMissing replies outstanding.
void AskAll(std::string_view names, Question* question, UdpCapture* engine,
            Counter* counter) {
  Token token = 0;
  while (!names.empty()) {
    auto room = kMissing - counter->missing;
    while (room-- > 0 && !names.empty()) {
      question->qname =
          *taster::dns::Name::Parse(names.substr(0, names.find(' ')));
      if (!engine->Ask(*question, token)) break;
      ++token;
      names.remove_prefix(names.find('\n') + 1);
    }
    if (!engine->Run(std::chrono::milliseconds(1)).ok()) std::abort();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  const std::string names = ReadFile(argv[2]);
  const auto count =
      static_cast<std::size_t>(std::count(names.begin(), names.end(), '\n'));
  Counter counter(count, std::atoi(argv[3]));
  auto engine = UdpCapture::Open({.ports = getenv("PORTS")?atoi(getenv("PORTS")):16, .window = std::chrono::milliseconds(getenv("WIN")?atoi(getenv("WIN")):5000), .ipv6=false, .header_bits=!getenv("NOHB"), .segmented=!!getenv("SEG")}, &counter);
  if (!engine.ok()) return 70;
  Question question;
  question.shape.edns = false;
  question.shape.dnssec_ok = false;
  question.server = {taster::net::IpAddress::FromV4(0x7f000001),
                     static_cast<std::uint16_t>(std::atoi(argv[1]))};

  const long before = ResidentBytes();
  const auto start = std::chrono::steady_clock::now();
  AskAll(names, &question, engine->get(), &counter);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  const std::size_t open = (*engine)->open_queries();
  const long grown = ResidentBytes() - before;
  while ((*engine)->open_queries() > 0) {
    if (!(*engine)->Run(std::chrono::seconds(1)).ok()) return 70;
  }
  std::printf("asked=%zu answered=%llu arrived=%llu strangers=%llu bare=%llu ",
              count, static_cast<unsigned long long>(counter.answered),
              static_cast<unsigned long long>(counter.arrived),
              static_cast<unsigned long long>(counter.strangers),
              static_cast<unsigned long long>(counter.bare));
  std::printf("unsolicited=%llu seconds=%.3f open=%zu grown_bytes=%ld\n",
              static_cast<unsigned long long>((*engine)->unsolicited()),
              took.count(), open, grown);
  return 0;
}
