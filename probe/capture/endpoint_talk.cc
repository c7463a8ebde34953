// SPDX-License-Identifier: Apache-2.0
// The web by one request, mail by its greeting.
#include "probe/capture/endpoint_talk.h"

namespace taster::capture {

EndpointTalk::EndpointTalk(Service service, const std::string& authority,
                           const std::string& contact) {
  if (service == Service::kHttps) {
    const std::string agent =
        contact.empty() ? "" : "\r\nUser-Agent: " + contact;
    request_ = "GET / HTTP/1.1\r\nHost: " + authority + agent +
               "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  } else {
    mail_.emplace(service);
  }
}

void EndpointTalk::Enter(std::string* out) {
  if (mail_) return mail_->Enter(out);
  asked_ = true;
  *out += request_;
}

std::size_t EndpointTalk::Take(std::span<const std::uint8_t> bytes,
                               std::string* out) {
  if (mail_) return mail_->Take(bytes, out);
  if (!asked_) return 0;
  head_.Take(bytes);
  return bytes.size();
}

EndpointTalk::State EndpointTalk::state() const {
  if (mail_) return mail_->state();
  if (!asked_) return State::kTls;
  switch (head_.state()) {
    case HttpHead::State::kReading:
      return State::kInside;
    case HttpHead::State::kWhole:
      return State::kServed;
    case HttpHead::State::kMalformed:
      break;
  }
  return State::kNonsense;
}

std::optional<std::uint16_t> EndpointTalk::http_status() const {
  return head_.status();
}

std::string EndpointTalk::redirect_host() const {
  return head_.redirect_host();
}

}  // namespace taster::capture
