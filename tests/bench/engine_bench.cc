// SPDX-License-Identifier: Apache-2.0
// The engine as a client that asks as fast as it can, for its cost a query.
//
// engine_bench PORT NAMES MODE ANSWERS: asks 127.0.0.1 for each name (first
// word of each line), expects ANSWERS replies to each and waits for all
// windows. MODE is "bulk" or "plain" (UdpCaptureOptions::bulk).
// engine_bench PORT NAMES memory COUNT: nobody replies; opens COUNT queries
// and prints what they occupy.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "probe/capture/udp_capture.h"

namespace {

using taster::capture::Arrived;
using taster::capture::IcmpArrived;
using taster::capture::Outcome;
using taster::capture::Question;
using taster::capture::Sent;
using taster::capture::StreamFacts;
using taster::capture::Token;
using taster::capture::UdpCapture;

constexpr int kPorts = 16;
// Replies that may be missing at a time.
constexpr std::int64_t kMissing = 4000;
// Replies wait at the sockets meanwhile, stamped by the kernel; taking a few
// at a time costs more.
constexpr std::chrono::microseconds kNap{500};

// Keeps count, and the bytes as something that stores them would.
class Counter final : public taster::capture::Witness {
 public:
  Counter(std::size_t names, std::int64_t answers)
      : arrived_(names), answers_(answers) {
    kept_.reserve(1 << 16);
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
  void OnStream(Token, const StreamFacts&) override {}
  void OnClosed(Token token, Outcome outcome, std::uint32_t) override {
    missing -= answers_ - arrived_[token];
    if (outcome == Outcome::kResponse) ++answered;
  }

  std::int64_t missing = 0;
  std::size_t arrived = 0;
  std::size_t answered = 0;
  std::size_t strangers = 0;  // Replies that do not match.
  std::size_t bare = 0;       // Replies without IP TTL or header bits.

 private:
  std::vector<std::uint8_t> arrived_;  // By token.
  std::vector<std::uint8_t> kept_;
  std::int64_t answers_;
};

// The names of a file, over and over.
class Names {
 public:
  explicit Names(const char* path) : file_(path) {}
  taster::dns::Name Next() {
    if (!std::getline(file_, line_)) {
      file_.clear();
      file_.seekg(0);
      std::getline(file_, line_);
    }
    const std::string_view line = line_;
    return *taster::dns::Name::Parse(line.substr(0, line.find(' ')));
  }

 private:
  std::ifstream file_;
  std::string line_;
};

std::size_t CountLines(const char* path) {
  std::ifstream file(path);
  return static_cast<std::size_t>(
      std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
}

// Resident bytes of this process (proc(5)).
long ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  long total = 0;
  long resident = 0;
  file >> total >> resident;
  return resident * 4096;
}

struct Task {
  Question question;
  Names names;
  std::size_t count = 0;
};

// Asks until all is asked, kMissing replies are outstanding, or the engine
// takes no more.
void AskSome(Task* task, UdpCapture* engine, std::size_t* asked,
             std::int64_t room) {
  for (; room > 0 && *asked < task->count; --room) {
    task->question.qname = task->names.Next();
    if (!engine->Ask(task->question, static_cast<Token>(*asked))) return;
    ++*asked;
  }
}

void AskAll(Task* task, UdpCapture* engine, const Counter& counter) {
  for (std::size_t asked = 0; asked < task->count;) {
    const auto room = kMissing - counter.missing;
    if (room < kMissing / 2) {
      std::this_thread::sleep_for(kNap);
    } else {
      AskSome(task, engine, &asked, room);
    }
    if (!engine->Run(std::chrono::milliseconds(0)).ok()) std::abort();
  }
}

// Opens the queries within one long window and tells what they took.
int MeasureMemory(Task* task) {
  Counter counter(task->count, 0);
  auto engine = UdpCapture::Open(
      {.ports = kPorts, .window = std::chrono::minutes(5), .bulk = true},
      &counter);
  if (!engine.ok()) return 70;
  const long before = ResidentBytes();
  AskAll(task, engine->get(), counter);
  const long grown = ResidentBytes() - before;
  std::printf("open=%zu bytes=%ld\n", (*engine)->open_queries(), grown);
  return 0;
}

int MeasureCost(Task* task, bool bulk, int answers) {
  Counter counter(task->count, answers);
  auto engine = UdpCapture::Open({.ports = kPorts, .bulk = bulk}, &counter);
  if (!engine.ok()) return 70;
  AskAll(task, engine->get(), counter);
  while ((*engine)->open_queries() > 0) {
    if (!(*engine)->Run(std::chrono::seconds(1)).ok()) return 70;
  }
  std::printf("answered=%zu arrived=%zu strangers=%zu bare=%zu\n",
              counter.answered, counter.arrived, counter.strangers,
              counter.bare);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 64;
  const std::string_view mode = argv[3];
  Task task{{}, Names(argv[2]), CountLines(argv[2])};
  task.question.shape.edns = false;
  task.question.shape.dnssec_ok = false;
  task.question.server = {taster::net::IpAddress::FromV4(0x7f000001),
                          static_cast<std::uint16_t>(std::atoi(argv[1]))};
  if (mode != "memory") {
    return MeasureCost(&task, mode == "bulk", std::atoi(argv[4]));
  }
  task.count = static_cast<std::size_t>(std::atol(argv[4]));
  return MeasureMemory(&task);
}
