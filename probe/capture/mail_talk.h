// SPDX-License-Identifier: Apache-2.0
// What a client of SMTP, IMAP or POP3 says and hears until TLS stands and the
// service has shown itself. Bytes in, bytes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "probe/capture/line_reader.h"
#include "probe/capture/service.h"

namespace taster::capture {

class MailTalk {
 public:
  using State = TalkState;

  // REQUIRES: a service of mail.
  explicit MailTalk(Service service);

  // Takes what the peer says and appends to `out` what to say to that. Returns
  // how many bytes it took: fewer than all only where TLS begins behind them,
  // or where nothing more is of interest.
  std::size_t Take(std::span<const std::uint8_t> bytes, std::string* out);

  // TLS stands: appends what to say then. REQUIRES: kTls.
  void Enter(std::string* out);

  State state() const { return state_; }

 private:
  enum class Step : std::uint8_t { kGreeting, kHello, kStartTls };
  enum class Heard : std::uint8_t { kMore, kYes, kNo, kNonsense };

  Heard Hear(std::string_view line);
  Heard HearSmtp(std::string_view line);
  Heard HearImap(std::string_view line) const;
  void HearInClear(Heard heard, std::string* out);
  void HearInside(Heard heard, std::string* out);
  void SayGoodbye(std::string* out) const;
  bool IsSmtp() const {
    return service_ == Service::kSmtp || service_ == Service::kSmtps;
  }
  bool IsImap() const {
    return service_ == Service::kImap || service_ == Service::kImaps;
  }

  const Service service_;
  State state_;
  Step step_ = Step::kGreeting;
  LineReader reader_;
  std::size_t heard_ = 0;  // Bytes so far.
  std::string code_;       // Of the SMTP reply whose lines are coming.
  bool offers_tls_ = false;
};

}  // namespace taster::capture
