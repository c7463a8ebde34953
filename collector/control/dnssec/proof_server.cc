// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/proof_server.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>

#include "collector/control/dnssec/crypto.h"
#include "collector/control/dnssec/proof_frames.h"
#include "collector/control/dnssec/validate.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

constexpr int kOk = 0;
constexpr int kBadData = 65;
constexpr rlim_t kMemoryBytes = 128u << 20;
constexpr rlim_t kCpuSeconds = 30;
// The standard ones.
constexpr rlim_t kDescriptors = 3;

void Limit(__rlimit_resource_t resource, rlim_t most) {
  const rlimit limit{.rlim_cur = most, .rlim_max = most};
  ::setrlimit(resource, &limit);
}

// False at the end, or when something fails.
bool ReadAll(int in, std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::read(in, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

bool WriteAll(int out, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(out, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

// Libraries open files when they are first used.
void WarmUp() {
  Rrset set{.owner = {}, .type = 1, .rdata = {"test"}};
  for (const std::uint8_t algorithm : {std::uint8_t{8}, std::uint8_t{13}}) {
    const std::size_t size = algorithm == 8 ? 128 : 64;
    const std::string head{1, 1, 3, static_cast<char>(algorithm)};
    const auto key = ReadKey(head + std::string(size, '\3'));
    Signature signature{.algorithm = algorithm,
                        .signer = {},
                        .signature = std::string(size, '\1')};
    Verifies(set, signature, *key);
  }
}

}  // namespace

void Confine() {
  WarmUp();
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
  Limit(RLIMIT_AS, kMemoryBytes);
#endif
  Limit(RLIMIT_CPU, kCpuSeconds);
  Limit(RLIMIT_NOFILE, kDescriptors);
  Limit(RLIMIT_NPROC, 0);
  Limit(RLIMIT_FSIZE, 0);
  Limit(RLIMIT_CORE, 0);
}

int ServeProofs(int in, int out, const TrustAnchors& anchors) {
  while (true) {
    std::array<std::uint8_t, 4> head{};
    if (!ReadAll(in, head)) return kOk;
    std::size_t size = 0;
    for (const std::uint8_t byte : head) size = size << 8 | byte;
    if (size > kMaxRequestBytes) return kBadData;
    std::string bytes(size, '\0');
    if (!ReadAll(in, {reinterpret_cast<std::uint8_t*>(bytes.data()), size})) {
      return kBadData;
    }
    const auto request = ReadRequest(net::BytesOf(bytes));
    if (!request) return kBadData;
    const Proof proof = Validate(request->chain, request->time, anchors);
    if (!WriteAll(out, Framed(WriteProof(proof)))) return kOk;
  }
}

}  // namespace taster::control::dnssec
