// SPDX-License-Identifier: Apache-2.0
// One DNS query as one HTTP/2 POST (RFC 8484) between bytes that came and bytes
// to send; touches no socket.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "probe/capture/message_framer.h"
#include "probe/capture/question.h"

namespace taster::capture {

class HttpExchange {
 public:
  enum class State : std::uint8_t {
    kWaiting,
    kAnswered,   // Status 200, and a body of type application/dns-message.
    kOther,      // Another status, type or size; or not HTTP/2.
    kAbandoned,  // The peer gave the stream up.
  };

  // `query` is copied; its id should be 0 (RFC 8484 section 4.1). No cookie, no
  // user agent, no redirect followed. nullptr: out of memory.
  static std::unique_ptr<HttpExchange> Open(
      const Question& question, std::span<const std::uint8_t> query);
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;

  // Appends what there is to send now.
  void TakeOutput(std::vector<std::uint8_t>* out);
  // Takes the peer's bytes; appends to `out` what they call for.
  State Take(std::span<const std::uint8_t> bytes,
             std::vector<std::uint8_t>* out);

  State state() const { return state_; }
  // Of the answer; nullopt: none came.
  std::optional<std::uint16_t> status() const { return status_; }
  // The body. REQUIRES: kAnswered.
  const StreamMessage& body() const { return body_; }

 private:
  struct FreeSession {
    void operator()(nghttp2_session* session) const {
      nghttp2_session_del(session);
    }
  };

  HttpExchange() = default;
  bool Submit(const Question& question);
  // The callbacks of nghttp2; `data` is this object.
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame,
                      const std::uint8_t* name, std::size_t name_size,
                      const std::uint8_t* value, std::size_t value_size,
                      std::uint8_t, void* data);
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* data);
  static int OnBody(nghttp2_session*, std::uint8_t, std::int32_t,
                    const std::uint8_t* bytes, std::size_t size, void* data);
  static int OnEnd(nghttp2_session*, std::int32_t, std::uint32_t error,
                   void* data);
  static ssize_t GiveQuery(nghttp2_session*, std::int32_t, std::uint8_t* out,
                           std::size_t size, std::uint32_t* flags,
                           nghttp2_data_source*, void* data);

  std::unique_ptr<nghttp2_session, FreeSession> session_;
  std::vector<std::uint8_t> query_;
  std::size_t given_ = 0;  // Bytes of it.
  State state_ = State::kWaiting;
  std::optional<std::uint16_t> status_;
  std::string content_type_;
  StreamMessage body_;
};

// "dns.example" or "192.0.2.1", with the port where it is not 443: who is asked
// (RFC 9110 section 4.3.2).
std::string AuthorityOf(const Question& question);

}  // namespace taster::capture
