// SPDX-License-Identifier: Apache-2.0
// Tables of networks at their real size: what loading costs, and a lookup.
//
//   networks_bench              # a made-up table of 515,000 ranges
//   networks_bench DIRECTORY    # @ip-location-db/asn, unpacked
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "collector/reference/read_networks.h"
#include "collector/reference/registrable_domain.h"
#include "collector/reference/unicode_name.h"

namespace {

namespace fs = std::filesystem;
using namespace taster;

constexpr int kRounds = 9;
constexpr std::size_t kAddresses = 1 << 18;
constexpr std::uint32_t kV4Ranges = 412'000;
constexpr std::uint32_t kV6Ranges = 103'000;
constexpr int kNames = 250'000;

// Of this process; other work on the machine does not count.
double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) / 1e9;
}

void Report(const char* name, double value, double goal) {
  std::printf("%s %.3g <=%.2f %s\n", name, value, goal,
              value <= goal ? "ok" : "short");
}

std::string Line(const net::IpAddress& first, const net::IpAddress& last,
                 std::uint32_t asn) {
  const std::string number = std::to_string(asn);
  return first.ToString() + "," + last.ToString() + "," + number +
         ",\"Owner of AS " + number + ", made up\"\n";
}

net::IpAddress InV6(std::uint64_t high, std::uint8_t fill) {
  std::array<std::uint8_t, 16> bytes;
  bytes.fill(fill);
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
  }
  return net::IpAddress::FromV6(bytes);
}

// Like the real table: of whole /24, dense below 224.0.0.0, crowded in a few
// /16 of IPv6.
void WriteTable(const fs::path& directory) {
  std::mt19937 random(1);
  std::ofstream v4(directory / "asn-ipv4.csv");
  constexpr std::uint32_t kWidth = 0xdf000000 / kV4Ranges & ~0xffU;
  for (std::uint32_t i = 0; i < kV4Ranges; ++i) {
    const std::uint32_t first = 0x01000000 + i * kWidth;
    v4 << Line(net::IpAddress::FromV4(first),
               net::IpAddress::FromV4(first + kWidth - 1 - i % 3 * 256),
               1 + static_cast<std::uint32_t>(random() % 84'000));
  }
  std::ofstream v6(directory / "asn-ipv6.csv");
  constexpr std::array<std::uint64_t, 6> kBlocks = {0x2001, 0x2400, 0x2600,
                                                    0x2804, 0x2a02, 0x2a10};
  for (std::uint32_t i = 0; i < kV6Ranges; ++i) {
    const std::uint64_t block = kBlocks[i * kBlocks.size() / kV6Ranges];
    const std::uint64_t high = block << 48 | std::uint64_t{i} << 28;
    v6 << Line(InV6(high, 0), InV6(high | 0xffffff, 0xff),
               1 + static_cast<std::uint32_t>(random() % 84'000));
  }
}

net::IpAddress RandomV4(std::mt19937_64* random) {
  return net::IpAddress::FromV4(static_cast<std::uint32_t>((*random)()));
}

// First addresses of ranges of the table, a little displaced.
std::vector<net::IpAddress> NearV6Ranges(const fs::path& directory) {
  std::ifstream file(directory / "asn-ipv6.csv");
  std::vector<net::IpAddress> addresses;
  std::mt19937_64 random(2);
  for (std::string line; std::getline(file, line);) {
    const auto first = net::IpAddress::Parse(line.substr(0, line.find(',')));
    if (!first) std::exit(65);
    std::array<std::uint8_t, 16> bytes;
    std::ranges::copy(first->bytes(), bytes.begin());
    for (std::size_t i = 5; i < 16; ++i) {
      bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ random());
    }
    addresses.push_back(net::IpAddress::FromV6(bytes));
  }
  return addresses;
}

volatile std::uint32_t sink;  // Keeps the compiler from dropping the work.

// Median nanoseconds a lookup over several rounds.
double LookupTime(const judge::PrefixTable& table,
                  const std::vector<net::IpAddress>& addresses) {
  std::array<double, kRounds> rounds;
  for (double& round : rounds) {
    std::uint32_t sum = 0;
    const double start = CpuSeconds();
    for (const auto& address : addresses)
      sum += table.Find(address).value_or(0);
    round =
        (CpuSeconds() - start) * 1e9 / static_cast<double>(addresses.size());
    sink = sum;
  }
  std::ranges::sort(rounds);
  return rounds[kRounds / 2];
}

void ReportLookups(const judge::PrefixTable& table, const fs::path& directory) {
  std::mt19937_64 random(3);
  std::vector<net::IpAddress> v4(kAddresses);
  for (auto& address : v4) address = RandomV4(&random);
  const auto ranges = NearV6Ranges(directory);
  std::vector<net::IpAddress> v6(kAddresses);
  for (auto& address : v6) address = ranges[random() % ranges.size()];
  std::vector<net::IpAddress> both;
  for (std::size_t i = 0; i < kAddresses; ++i) {
    both.push_back(random() % 5 == 0 ? v6[i] : v4[i]);
  }
  std::printf("# %zu ranges and gaps; IPv4 %.1f ns, IPv6 %.1f ns a lookup\n",
              table.size(), LookupTime(table, v4), LookupTime(table, v6));
  Report("N.lookup_ns", LookupTime(table, both), 60);
}

void ReportNames() {
  std::vector<dns::Name> names;
  std::vector<std::string> texts;
  for (int i = 0; i < kNames; ++i) {
    const std::string number = std::to_string(i);
    const char* const suffix = i % 3 == 0   ? ".co.uk"
                               : i % 3 == 1 ? ".com"
                                            : ".com.cn";
    names.push_back(*dns::Name::Parse("www.site-" + number + suffix));
    texts.push_back((i % 10 == 0 ? "www.xn--bcher-kva.site-" : "www.site-") +
                    number + suffix);
  }
  double start = CpuSeconds();
  for (const auto& name : names) {
    sink =
        static_cast<std::uint32_t>(reference::RegistrableDomain(name).size());
  }
  const double registrable = CpuSeconds() - start;
  start = CpuSeconds();
  for (const auto& text : texts) {
    sink = static_cast<std::uint32_t>(reference::ToUnicode(text).text.size());
  }
  const double unicode = CpuSeconds() - start;
  Report("N.registrable_250k_s", registrable, 1);
  Report("N.unicode_250k_s", unicode, 1);
}

}  // namespace

int main(int argc, char** argv) {
  std::string made = (fs::temp_directory_path() / "networks-XXXXXX").string();
  if (argc < 2) {
    if (mkdtemp(made.data()) == nullptr) return 70;
    WriteTable(made);
  }
  const fs::path directory = argc < 2 ? made : argv[1];
  const double start = CpuSeconds();
  const auto networks = reference::ReadNetworks(directory, {});
  const double load = CpuSeconds() - start;
  if (!networks.ok()) {
    std::fprintf(stderr, "networks_bench: %s\n",
                 std::string(networks.status().message()).c_str());
    return 65;
  }
  std::printf("# %s, %zu disputes\n", networks->snapshot.c_str(),
              networks->disputes);
  Report("N.load_cpu_s", load, 0.8);
  ReportLookups(networks->origin_as, directory);
  ReportNames();
  if (argc < 2) fs::remove_all(made);
}
