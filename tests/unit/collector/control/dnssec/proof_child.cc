// SPDX-License-Identifier: Apache-2.0
// A validator's process for tests, honest or not: proof_child KIND ANCHORS.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "collector/control/dnssec/proof_frames.h"
#include "collector/control/dnssec/proof_server.h"

namespace taster::control::dnssec {
namespace {

// Exit codes say what could be done though it must not.
int TryToBreakOut() {
  Confine();
  if (::open("/etc/passwd", O_RDONLY) >= 0) return 1;
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  // Root may, whatever the limit.
  if (child > 0 && ::geteuid() != 0) return 2;
  if (child > 0) ::waitpid(child, nullptr, 0);
#ifndef __SANITIZE_ADDRESS__
  if (std::malloc(256u << 20) != nullptr) return 3;
#endif
  return 0;
}

int Run(std::string_view kind, const char* anchors) {
  if (kind == "break-out") return TryToBreakOut();
  if (kind == "silent") ::pause();
  char byte = 0;
  if (kind == "spin") {
    while (true) byte = static_cast<char>(byte + 1);
  }
  if (kind == "die") return ::read(0, &byte, 1) == 1 ? 1 : 2;
  if (kind == "nonsense") {
    const std::string said = Framed("no proof at all");
    return ::write(1, said.data(), said.size()) > 0 ? ::pause() : 1;
  }
  if (kind == "huge") {
    return ::write(1, "\xff\xff\xff\xff", 4) > 0 ? ::pause() : 1;
  }
  const auto read = LoadAnchors(anchors);
  if (!read.ok()) return 65;
  Confine();
  return ServeProofs(0, 1, *read);
}

}  // namespace
}  // namespace taster::control::dnssec

int main(int argc, char** argv) {
  return argc == 3 ? taster::control::dnssec::Run(argv[1], argv[2]) : 64;
}
