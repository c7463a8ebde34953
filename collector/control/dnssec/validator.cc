// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/validator.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "collector/control/dnssec/proof_frames.h"
#include "proto/net/bytes_of.h"

namespace taster::control::dnssec {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kHeadBytes = 4;

// What the child starts with: the channel as standard input and output, errors
// nowhere, nothing else open, no environment, no signal blocked or ignored.
class Preparation {
 public:
  explicit Preparation(int channel) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, channel, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, channel, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null",
                                       O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all;
    ::sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  int Spawn(const std::vector<std::string>& command, pid_t* child) const {
    std::vector<char*> arguments;
    for (const std::string& word : command) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    std::array<char*, 1> environment = {nullptr};
    return ::posix_spawn(child, arguments.front(), &actions_, &attributes_,
                         arguments.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

Validator::Validator(ValidatorOptions options) : options_(std::move(options)) {}

Validator::~Validator() { Stop(); }

std::string Validator::Start() {
  if (child_ >= 0 && proofs_ < options_.proofs_a_process) return {};
  Stop();
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return std::string("no channel to a validator: ") + std::strerror(errno);
  }
  pid_t child = -1;
  const int error = Preparation(ends[1]).Spawn(options_.command, &child);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    return std::string("no validator: ") + std::strerror(error);
  }
  channel_ = ends[0];
  child_ = child;
  proofs_ = 0;
  return {};
}

void Validator::Stop() {
  if (channel_ >= 0) ::close(std::exchange(channel_, -1));
  if (child_ < 0) return;
  ::kill(child_, SIGKILL);
  while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
}

bool Validator::Await(short events, Instant deadline) {
  while (true) {
    const auto left =
        std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    if (left <= milliseconds(0)) {
      why_ = "the validator took too long";
      return false;
    }
    pollfd ready{.fd = channel_, .events = events, .revents = 0};
    const int count = ::poll(&ready, 1, static_cast<int>(left.count()));
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return false;
  }
}

bool Validator::Send(std::string_view bytes, Instant deadline) {
  while (!bytes.empty()) {
    if (!Await(POLLOUT, deadline)) return false;
    const ssize_t sent = ::send(channel_, bytes.data(), bytes.size(),
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Validator::Receive(std::size_t size, Instant deadline,
                        std::string* bytes) {
  bytes->clear();
  while (bytes->size() < size) {
    if (!Await(POLLIN, deadline)) return false;
    std::array<char, 4096> buffer;
    const ssize_t got =
        ::recv(channel_, buffer.data(),
               std::min(buffer.size(), size - bytes->size()), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return false;
    bytes->append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

Proof Validator::Validate(const Chain& chain, Seconds time) {
  if (const std::string why = Start(); !why.empty()) {
    return Unvalidated(why, chain.size());
  }
  ++proofs_;
  why_ = "the validator ended";
  const Instant deadline = steady_clock::now() + options_.patience;
  std::string bytes;
  if (Send(Framed(WriteRequest(chain, time)), deadline) &&
      Receive(kHeadBytes, deadline, &bytes)) {
    std::size_t size = 0;
    for (const std::uint8_t byte : net::BytesOf(bytes)) size = size << 8 | byte;
    why_ = "the validator said what it should not";
    if (size <= kMaxResponseBytes && Receive(size, deadline, &bytes)) {
      if (auto proof = ReadProof(net::BytesOf(bytes), chain.size())) {
        return *std::move(proof);
      }
    }
  }
  ++losses_;
  Stop();
  return Unvalidated(why_, chain.size());
}

}  // namespace taster::control::dnssec
