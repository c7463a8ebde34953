// SPDX-License-Identifier: Apache-2.0
// Plays a peer's words to a talk.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "probe/capture/endpoint_talk.h"
#include "proto/net/bytes_of.h"

namespace taster::capture {

struct Transcript {
  EndpointTalk::State state = EndpointTalk::State::kClear;
  std::string said;  // By the talk.
  std::string left;  // Of the words in clear: what TLS would get.
  std::optional<std::uint16_t> status;
  std::string redirect_host;
};

inline std::string Times(int times, std::string_view text) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Says `clear`, then, where the talk wants TLS and nothing is left for that to
// choke on, lets it stand and says `inside`; in pieces of so many bytes.
inline Transcript Play(Service service, const std::string& clear,
                       const std::string& inside, std::size_t piece) {
  EndpointTalk talk(service, "www.example.com");
  Transcript told;
  const auto say = [&](std::string_view words) {
    while (!words.empty()) {
      const auto part = words.substr(0, piece);
      const auto taken = talk.Take(net::BytesOf(part), &told.said);
      words.remove_prefix(taken);
      if (taken < part.size()) break;
    }
    return words;
  };
  const auto left = say(clear);
  if (talk.state() == EndpointTalk::State::kTls) {
    told.left = left;
    if (left.empty()) {
      talk.Enter(&told.said);
      say(inside);
    }
  }
  told.state = talk.state();
  told.status = talk.http_status();
  told.redirect_host = talk.redirect_host();
  return told;
}

}  // namespace taster::capture
