// SPDX-License-Identifier: Apache-2.0
// epoll over two links, a timer for the next frame, one for flushing, signals.
#include "tests/lab/censor/event_loop.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace taster::lab {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

class Descriptor final {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

int OpenSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
    sigaddset(&signals, signal);
  }
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

timespec Split(std::uint64_t nanoseconds) {
  return {static_cast<time_t>(nanoseconds / kNanosecondsPerSecond),
          static_cast<long>(nanoseconds % kNanosecondsPerSecond)};
}

void Arm(int timer, std::uint64_t due_ns) {
  const itimerspec when{{0, 0}, Split(due_ns)};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, nullptr);
}

void ArmEverySecond(int timer) {
  const itimerspec when{{1, 0}, {1, 0}};
  timerfd_settime(timer, 0, &when, nullptr);
}

void Say(const char* line) {
  std::puts(line);
  std::fflush(stdout);
}

// false: one of the signals that end the program.
bool OnlyFlushSignals(int signals, TruthLog& truth_log) {
  signalfd_siginfo signal{};
  while (read(signals, &signal, sizeof signal) == sizeof signal) {
    truth_log.Flush();
    if (signal.ssi_signo != SIGUSR1) return false;
    Say("flushed");
  }
  return true;
}

struct Watched {
  int epoll;
  int signals;
  int flush_timer;
};

// Waits once and does what is then to do. false: time to end.
bool Turn(Wire& wire, const Wire::Parts& parts, const Watched& watched) {
  std::array<epoll_event, 8> events{};
  const int count = epoll_wait(watched.epoll, events.data(), 8, -1);
  for (int i = 0; i < count; ++i) {
    const int source = events[static_cast<std::size_t>(i)].data.fd;
    std::uint64_t expirations = 0;
    if (source == parts.left.descriptor()) {
      wire.Accept(Side::kLeft);
    } else if (source == parts.right.descriptor()) {
      wire.Accept(Side::kRight);
    } else if (source == watched.signals) {
      if (!OnlyFlushSignals(source, parts.truth_log)) return false;
    } else if (read(source, &expirations, sizeof expirations) > 0 &&
               source == watched.flush_timer) {
      parts.truth_log.Flush();
    }
  }
  wire.Deliver();
  return true;
}

}  // namespace

absl::Status RunUntilSignal(Wire& wire, const Wire::Parts& parts) {
  const Descriptor signals(OpenSignals());
  const int timer_flags = TFD_NONBLOCK | TFD_CLOEXEC;
  const Descriptor frame_timer(timerfd_create(CLOCK_MONOTONIC, timer_flags));
  const Descriptor flush_timer(timerfd_create(CLOCK_MONOTONIC, timer_flags));
  const Descriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  ArmEverySecond(flush_timer.get());
  const Watched watched{epoll.get(), signals.get(), flush_timer.get()};
  for (const int source :
       {parts.left.descriptor(), parts.right.descriptor(), frame_timer.get(),
        flush_timer.get(), signals.get()}) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = source}};
    if (epoll_ctl(epoll.get(), EPOLL_CTL_ADD, source, &event) != 0) {
      return absl::InternalError("cannot watch the wire's descriptors");
    }
  }
  Say("ready");
  while (Turn(wire, parts, watched)) {
    if (const auto due = wire.NextDue()) Arm(frame_timer.get(), *due);
  }
  return absl::OkStatus();
}

}  // namespace taster::lab
