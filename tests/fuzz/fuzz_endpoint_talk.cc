// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a host says to a check: the first chooses the service, the
// second where TLS may begin.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "probe/capture/endpoint_talk.h"
#include "probe/capture/http_head.h"
#include "proto/net/bytes_of.h"

namespace taster::capture {
namespace {

using Bytes = std::span<const std::uint8_t>;
using State = EndpointTalk::State;

constexpr std::array kServices = {
    Service::kHttps, Service::kSmtps, Service::kImaps, Service::kPop3s,
    Service::kSmtp,  Service::kImap,  Service::kPop3};
// The longest request is ours: what a peer says never makes it longer.
constexpr std::size_t kMostSaid = 200;

void Require(bool holds) {
  if (!holds) std::abort();
}

struct Told {
  State state;
  std::string said;
};

// Says `clear`, lets TLS stand where the talk wants it, says `inside`.
Told Talk(Service service, Bytes clear, Bytes inside, std::size_t piece) {
  EndpointTalk talk(service, "www.example.com");
  std::string said;
  for (const bool in_tls : {false, true}) {
    Bytes words = in_tls ? inside : clear;
    if (in_tls && talk.state() != State::kTls) break;
    if (in_tls) talk.Enter(&said);
    while (!words.empty()) {
      const auto part = words.first(std::min(piece, words.size()));
      const std::size_t took = talk.Take(part, &said);
      Require(took <= part.size());
      if (took < part.size()) break;
      words = words.subspan(took);
    }
  }
  const std::string host = talk.redirect_host();
  const bool v6 = host.find(':') != host.npos;
  Require(host.empty() ||
          host == HostOfUrl(v6 ? "//[" + host + "]" : "//" + host));
  const auto status = talk.http_status();
  Require(!status ||
          (service == Service::kHttps && *status >= 200 && *status <= 999));
  return {talk.state(), said};
}

}  // namespace
}  // namespace taster::capture

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::capture;
  if (size < 2) return 0;
  const auto service = kServices[data[0] % kServices.size()];
  const Bytes words(data + 2, size - 2);
  const std::size_t clear = std::min<std::size_t>(data[1], words.size());
  const Told at_once =
      Talk(service, words.first(clear), words.subspan(clear), ~std::size_t{0});
  const Told bytewise =
      Talk(service, words.first(clear), words.subspan(clear), 1);
  Require(at_once.state == bytewise.state && at_once.said == bytewise.said);
  Require(at_once.said.size() <= kMostSaid);
  return 0;
}
