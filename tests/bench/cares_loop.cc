// SPDX-License-Identifier: Apache-2.0
// The peer: c-ares in an epoll loop with 1,000 queries outstanding.
//
// cares_loop PORT NAMES: asks 127.0.0.1 for the A record of each name (first
// word of each line) and prints how many were answered.
#include <ares.h>
#include <netinet/in.h>
#include <sys/epoll.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

constexpr int kOutstanding = 1000;

struct Loop {
  ares_channel channel = nullptr;
  int poll = epoll_create1(0);
  std::vector<std::string> names;
  std::size_t next = 0;
  std::size_t answered = 0;
  std::size_t finished = 0;

  void AskNext();
};

void OnAnswer(void* data, int status, int, unsigned char*, int) {
  auto* const loop = static_cast<Loop*>(data);
  ++loop->finished;
  if (status == ARES_SUCCESS) ++loop->answered;
  if (status != ARES_EDESTRUCTION) loop->AskNext();
}

void OnSocket(void* data, ares_socket_t fd, int readable, int writable) {
  auto* const loop = static_cast<Loop*>(data);
  epoll_event event{};
  event.data.fd = fd;
  if (readable != 0) event.events |= EPOLLIN;
  if (writable != 0) event.events |= EPOLLOUT;
  if (event.events == 0) {
    epoll_ctl(loop->poll, EPOLL_CTL_DEL, fd, &event);
  } else if (epoll_ctl(loop->poll, EPOLL_CTL_MOD, fd, &event) != 0) {
    epoll_ctl(loop->poll, EPOLL_CTL_ADD, fd, &event);
  }
}

void Loop::AskNext() {
  if (next == names.size()) return;
  ares_query(channel, names[next++].c_str(), 1, 1, OnAnswer, this);
}

void OpenChannel(int port, Loop* loop) {
  ares_library_init(ARES_LIB_INIT_ALL);
  in_addr server{htonl(INADDR_LOOPBACK)};
  ares_options options{};
  options.flags = ARES_FLAG_STAYOPEN | ARES_FLAG_IGNTC;
  options.sock_state_cb = OnSocket;
  options.sock_state_cb_data = loop;
  options.servers = &server;
  options.nservers = 1;
  options.udp_port = static_cast<unsigned short>(port);
  options.socket_receive_buffer_size = 4 << 20;
  const int mask = ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB | ARES_OPT_SERVERS |
                   ARES_OPT_UDP_PORT | ARES_OPT_SOCK_RCVBUF;
  if (ares_init_options(&loop->channel, &options, mask) != ARES_SUCCESS) {
    std::abort();
  }
}

void ReadNames(const char* path, std::vector<std::string>* names) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    names->push_back(line.substr(0, line.find(' ')));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  Loop loop;
  ReadNames(argv[2], &loop.names);
  OpenChannel(std::atoi(argv[1]), &loop);
  for (int i = 0; i < kOutstanding; ++i) loop.AskNext();
  std::array<epoll_event, 16> events{};
  while (loop.finished < loop.names.size()) {
    const int ready = epoll_wait(loop.poll, events.data(),
                                 static_cast<int>(events.size()), 100);
    if (ready == 0) {
      ares_process_fd(loop.channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    }
    for (int i = 0; i < ready; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      ares_process_fd(loop.channel, event.data.fd, ARES_SOCKET_BAD);
    }
  }
  std::printf("answered=%zu\n", loop.answered);
  ares_destroy(loop.channel);
  return 0;
}
