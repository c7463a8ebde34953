// SPDX-License-Identifier: Apache-2.0
// P4: from raw bytes to verdicts, with every rule, in memory. Two question
// sets of eight measurements: one in which every name is clean, one in which
// the target draws forged replies beside the true one.
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "collector/judge/verdict.h"
#include "tests/unit/collector/judge/case_text.h"

namespace {

using namespace taster;

constexpr double kGoalMicroseconds = 1.0;
constexpr int kRounds = 9;
constexpr int kSetsPerRound = 20000;

constexpr char kKnown[] = R"(
date 2026-11-22
prefix 104.16.0.0/12 13335
prefix 172.64.0.0/13 13335
prefix 2606:4700::/32 13335
prefix 142.250.0.0/15 15169
prefix 31.13.64.0/18 32934
prefix 162.125.0.0/16 19679
control www.example.com. A 104.18.26.120 104.18.27.120 104.21.25.234
control www.example.com. AAAA 2606:4700::6812:1a78 2606:4700::6812:1b78
control www.example.com. HTTPS 104.18.26.120 2606:4700::6812:1a78
control www.example.org. A 142.250.176.3 142.250.176.4
)";

constexpr char kClean[] = R"(
ask target www.example.com. A @192.0.2.53 system udp
reply 9ms ttl=63 df=0 ipid=0 | c00c 300 A 104.18.26.120 | c00c 300 A 104.18.27.120
ask target www.example.com. A @8.8.8.8 recursive udp edns
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 A 104.18.26.120 | c00c 300 A 104.18.27.120
ask target www.example.com. AAAA @8.8.8.8 recursive udp edns
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 AAAA 2606:4700::6812:1a78 | c00c 300 AAAA 2606:4700::6812:1b78
ask target www.example.com. HTTPS @8.8.8.8 recursive udp edns
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 HTTPS 1 . alpn=h3,h2 ipv4hint=104.18.26.120 ipv6hint=2606:4700::6812:1a78
ask target www.example.com. A @8.8.8.8:853 recursive tls edns
reply 90ms edns | c00c 300 A 172.67.134.226 | c00c 300 A 104.18.27.120
ask control www.example.org. A @8.8.8.8 recursive udp edns
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 A 142.250.176.3
ask control www.example.org. A @203.0.113.53 canary udp
ask target www.example.com. A @203.0.113.53 canary udp
)";

constexpr char kPoisoned[] = R"(
ask target www.example.com. A @192.0.2.53 system udp
reply 9ms ttl=63 df=0 ipid=0 | c00c 300 A 31.13.94.37
ask target www.example.com. A @8.8.8.8 recursive udp edns
reply 8ms ttl=203 df=1 ipid=7 | c00c 139 A 162.125.32.13
reply 8ms ttl=119 df=0 ipid=0 | c00c 92 A 31.13.94.37
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 A 104.18.26.120 | c00c 300 A 104.18.27.120
ask target www.example.com. AAAA @8.8.8.8 recursive udp edns
reply 8ms ttl=203 df=1 ipid=7 | c00c 139 AAAA 2001::1f0d:5e25
reply 8ms ttl=119 df=0 ipid=0 | c00c 92 AAAA 2a03:2880:f130:83:face:b00c:0:25de
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 AAAA 2606:4700::6812:1a78
ask target www.example.com. HTTPS @8.8.8.8 recursive udp edns
reply 8ms ttl=203 df=1 ipid=7 | c00c 139 HTTPS 1 . alpn=h2 ipv4hint=162.125.32.13
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 HTTPS 1 . alpn=h3,h2 ipv4hint=104.18.26.120
ask target www.example.com. A @8.8.8.8:853 recursive tls edns
reply 90ms edns | c00c 300 A 104.18.26.120 | c00c 300 A 104.18.27.120
ask control www.example.org. A @8.8.8.8 recursive udp edns
reply 58ms edns ttl=115 df=0 ipid=0 | c00c 300 A 142.250.176.3
ask control www.example.org. A @203.0.113.53 canary udp
ask target www.example.com. A @203.0.113.53 canary udp
reply 8ms ttl=203 df=1 ipid=7 | c00c 139 A 162.125.32.13
reply 8ms ttl=119 df=0 ipid=0 | c00c 92 A 31.13.94.37
)";

judge::CaseText Parse(const char* set) {
  std::string error;
  auto text = judge::ParseCase(std::string(kKnown) + set, &error);
  if (!text) {
    std::fprintf(stderr, "judge_bench: %s\n", error.c_str());
    std::exit(70);
  }
  return *std::move(text);
}

// Everything that happens to a set between its bytes and its verdict.
judge::SetVerdict JudgeBytes(const judge::CaseText& text) {
  judge::Case set = text.known;
  set.asked.reserve(text.asked.size());
  for (const judge::AskedText& one : text.asked) {
    judge::Asked& asked = set.asked.emplace_back();
    asked.ordinal = one.asked.ordinal;
    asked.role = one.asked.role;
    asked.server = one.asked.server;
    asked.server_kind = one.asked.server_kind;
    asked.transport = one.asked.transport;
    asked.outcome = one.replies.empty() ? judge::Outcome::kTimeout
                                        : judge::Outcome::kResponse;
    asked.control = one.asked.control;
    asked.name_control = one.asked.name_control;
    if (!dissect::DissectQuery(one.query, &asked)) std::abort();
    asked.replies.reserve(one.replies.size());
    for (const judge::ReplyText& reply : one.replies) {
      asked.replies.push_back(
          dissect::Dissect(reply.message, reply.arrival, asked));
    }
  }
  return judge::Judge(set);
}

// Of this process; other work on the machine does not count.
double CpuMicroseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 +
         static_cast<double>(now.tv_nsec) / 1e3;
}

// CPU microseconds a measurement in each of several rounds, the median of
// them.
double Measure(const judge::CaseText& text, judge::Class expected) {
  std::array<double, kRounds> rounds;
  for (double& round : rounds) {
    const double start = CpuMicroseconds();
    for (int i = 0; i < kSetsPerRound; ++i) {
      if (JudgeBytes(text).verdict != expected) std::abort();
    }
    round = (CpuMicroseconds() - start) / kSetsPerRound /
            static_cast<double>(text.asked.size());
  }
  std::ranges::sort(rounds);
  return rounds[kRounds / 2];
}

void Report(const char* name, double microseconds) {
  const bool met = microseconds <= kGoalMicroseconds;
  std::printf("%s %.2f <=%.1f %s\n", name, microseconds, kGoalMicroseconds,
              met ? "ok" : "short");
}

}  // namespace

int main() {
  const double clean = Measure(Parse(kClean), judge::Class::kConsistent);
  const double poisoned = Measure(Parse(kPoisoned), judge::Class::kPoisoned);
  std::printf("# clean set %.2f us, poisoned set %.2f us a measurement\n",
              clean, poisoned);
  Report("P4.dissect_judge_us", (clean + poisoned) / 2);
}
