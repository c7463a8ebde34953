// SPDX-License-Identifier: Apache-2.0
// What is said at a service that a check tries, as a client of its name would
// say it, and what is heard. Bytes in, bytes out; touches no socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "probe/capture/http_head.h"
#include "probe/capture/mail_talk.h"
#include "probe/capture/service.h"

namespace taster::capture {

class EndpointTalk {
 public:
  using State = TalkState;

  // `authority`: the name that is tried, with the port where that is not the
  // service's own. `contact`: the user agent over HTTPS; empty: none. REQUIRES:
  // not kDns; neither has a control character.
  EndpointTalk(Service service, const std::string& authority,
               const std::string& contact = {});

  // TLS stands, and the peer is who it should be: appends what to say then.
  // REQUIRES: kTls.
  void Enter(std::string* out);

  // Takes what the peer says and appends to `out` what to say to that. Returns
  // how many bytes it took: fewer than all only where TLS begins behind them,
  // or where nothing more is of interest.
  std::size_t Take(std::span<const std::uint8_t> bytes, std::string* out);

  State state() const;
  // Of the answer; nullopt: none came, or no HTTP.
  std::optional<std::uint16_t> http_status() const;
  // Where that leads; empty: nowhere else.
  std::string redirect_host() const;

 private:
  std::string request_;  // Empty: mail.
  bool asked_ = false;
  HttpHead head_;
  std::optional<MailTalk> mail_;
};

}  // namespace taster::capture
