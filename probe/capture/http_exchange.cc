// SPDX-License-Identifier: Apache-2.0
// HTTP/2 by nghttp2.
#include "probe/capture/http_exchange.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace taster::capture {
namespace {

// RFC 8484 section 6: nothing larger is a DNS message.
constexpr std::uint32_t kMaxBodyBytes = 65535;
constexpr std::string_view kType = "application/dns-message";

nghttp2_nv Header(std::string_view name, std::string_view value) {
  const auto bytes = [](std::string_view text) {
    return const_cast<std::uint8_t*>(
        reinterpret_cast<const std::uint8_t*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(),
          NGHTTP2_NV_FLAG_NONE};
}

// A type may carry parameters (RFC 9110 section 8.3.1).
bool IsDnsMessage(std::string_view type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) {
    type.remove_suffix(1);
  }
  return std::ranges::equal(type, kType, [](char left, char right) {
    return (left >= 'A' && left <= 'Z' ? left + ('a' - 'A') : left) == right;
  });
}

}  // namespace

std::string AuthorityOf(const Question& question) {
  const net::Endpoint& server = question.server;
  std::string host = question.tls_name;
  if (host.empty()) host = server.address.ToString();
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  if (server.port == 443) return host;
  return host + ":" + std::to_string(server.port);
}

std::unique_ptr<HttpExchange> HttpExchange::Open(
    const Question& question, std::span<const std::uint8_t> query) {
  std::unique_ptr<HttpExchange> exchange(new HttpExchange);
  exchange->query_.assign(query.begin(), query.end());
  nghttp2_session_callbacks* callbacks = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return nullptr;
  nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnBody);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnEnd);
  nghttp2_session* session = nullptr;
  const int made =
      nghttp2_session_client_new(&session, callbacks, exchange.get());
  nghttp2_session_callbacks_del(callbacks);
  if (made != 0) return nullptr;
  exchange->session_.reset(session);
  if (!exchange->Submit(question)) return nullptr;
  return exchange;
}

bool HttpExchange::Submit(const Question& question) {
  const std::array<nghttp2_settings_entry, 1> settings{
      {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0}}};
  const std::string authority = AuthorityOf(question);
  const std::string size = std::to_string(query_.size());
  const std::array<nghttp2_nv, 7> headers{
      Header(":method", "POST"),       Header(":scheme", "https"),
      Header(":authority", authority), Header(":path", question.http_path),
      Header("accept", kType),         Header("content-type", kType),
      Header("content-length", size)};
  nghttp2_data_provider body{};
  body.read_callback = GiveQuery;
  return nghttp2_submit_settings(session_.get(), NGHTTP2_FLAG_NONE,
                                 settings.data(), settings.size()) == 0 &&
         nghttp2_submit_request(session_.get(), nullptr, headers.data(),
                                headers.size(), &body, nullptr) > 0;
}

ssize_t HttpExchange::GiveQuery(nghttp2_session*, std::int32_t,
                                std::uint8_t* out, std::size_t size,
                                std::uint32_t* flags, nghttp2_data_source*,
                                void* data) {
  auto* const self = static_cast<HttpExchange*>(data);
  const auto left = std::span(self->query_).subspan(self->given_);
  const auto part = left.first(std::min(size, left.size()));
  std::ranges::copy(part, out);
  self->given_ += part.size();
  if (part.size() == left.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(part.size());
}

void HttpExchange::TakeOutput(std::vector<std::uint8_t>* out) {
  const std::uint8_t* bytes = nullptr;
  ssize_t size = 0;
  while ((size = nghttp2_session_mem_send(session_.get(), &bytes)) > 0) {
    out->insert(out->end(), bytes, bytes + size);
  }
}

HttpExchange::State HttpExchange::Take(std::span<const std::uint8_t> bytes,
                                       std::vector<std::uint8_t>* out) {
  const bool read =
      nghttp2_session_mem_recv(session_.get(), bytes.data(), bytes.size()) >= 0;
  TakeOutput(out);
  // Bytes that are no HTTP/2 make nghttp2 say so to the peer and then read no
  // more.
  if (state_ == State::kWaiting &&
      (!read || nghttp2_session_want_read(session_.get()) == 0)) {
    state_ = State::kOther;
  }
  return state_;
}

int HttpExchange::OnHeader(nghttp2_session*, const nghttp2_frame*,
                           const std::uint8_t* name, std::size_t name_size,
                           const std::uint8_t* value, std::size_t value_size,
                           std::uint8_t, void* data) {
  auto* const self = static_cast<HttpExchange*>(data);
  const std::string_view key(reinterpret_cast<const char*>(name), name_size);
  const std::string_view text(reinterpret_cast<const char*>(value), value_size);
  if (key == ":status") {
    std::uint16_t status = 0;
    std::from_chars(text.data(), text.data() + text.size(), status);
    self->status_ = status;
    self->content_type_.clear();  // Of an interim response.
  } else if (key == "content-type") {
    self->content_type_ = text;
  }
  return 0;
}

int HttpExchange::OnFrame(nghttp2_session*, const nghttp2_frame* frame,
                          void* data) {
  auto* const self = static_cast<HttpExchange*>(data);
  if (frame->hd.type != NGHTTP2_HEADERS) return 0;
  // Not the last headers (RFC 9110 section 15.2).
  if (!self->status_ || *self->status_ < 200) return 0;
  const bool wanted =
      *self->status_ == 200 && IsDnsMessage(self->content_type_);
  if (self->state_ == State::kWaiting && !wanted) {
    self->state_ = State::kOther;
  }
  return 0;
}

int HttpExchange::OnBody(nghttp2_session*, std::uint8_t, std::int32_t,
                         const std::uint8_t* bytes, std::size_t size,
                         void* data) {
  auto* const self = static_cast<HttpExchange*>(data);
  if (self->state_ != State::kWaiting) return 0;
  StreamMessage& body = self->body_;
  const std::size_t keep =
      std::min(size, MessageFramer::kKeptBytes - body.kept.size());
  body.kept.insert(body.kept.end(), bytes, bytes + keep);
  body.size += static_cast<std::uint32_t>(size);
  if (body.size > kMaxBodyBytes) self->state_ = State::kOther;
  return 0;
}

int HttpExchange::OnEnd(nghttp2_session*, std::int32_t, std::uint32_t error,
                        void* data) {
  auto* const self = static_cast<HttpExchange*>(data);
  if (self->state_ != State::kWaiting) return 0;
  self->state_ = error == NGHTTP2_NO_ERROR && self->status_ ? State::kAnswered
                                                            : State::kAbandoned;
  return 0;
}

}  // namespace taster::capture
