// SPDX-License-Identifier: Apache-2.0
// OpenSSL and nghttp2 as servers, blocking.
#include "tests/unit/probe/capture/tls_acceptor.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace taster::capture {
namespace {

int ChooseHttp2(SSL*, const unsigned char** out, unsigned char* size,
                const unsigned char* offered, unsigned int offered_size,
                void*) {
  static constexpr std::array<unsigned char, 3> kHttp2 = {2, 'h', '2'};
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(
      &chosen, size, kHttp2.data(), kHttp2.size(), offered, offered_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK
                                          : SSL_TLSEXT_ERR_NOACK;
}

struct Serving {
  HttpReply reply;
  HttpRequest request;
  std::size_t given = 0;
};

int OnHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name,
             std::size_t name_size, const std::uint8_t* value,
             std::size_t value_size, std::uint8_t, void* data) {
  auto& headers = static_cast<Serving*>(data)->request.headers;
  headers.append(reinterpret_cast<const char*>(name), name_size)
      .append(": ")
      .append(reinterpret_cast<const char*>(value), value_size)
      .append("\n");
  return 0;
}

int OnBody(nghttp2_session*, std::uint8_t, std::int32_t,
           const std::uint8_t* bytes, std::size_t size, void* data) {
  auto& body = static_cast<Serving*>(data)->request.body;
  body.insert(body.end(), bytes, bytes + size);
  return 0;
}

ssize_t GiveBody(nghttp2_session*, std::int32_t, std::uint8_t* out,
                 std::size_t size, std::uint32_t* flags, nghttp2_data_source*,
                 void* data) {
  auto* const serving = static_cast<Serving*>(data);
  const Bytes& body = serving->reply.body;
  const std::size_t part = std::min(size, body.size() - serving->given);
  std::copy_n(body.begin() + static_cast<std::ptrdiff_t>(serving->given), part,
              out);
  serving->given += part;
  if (serving->given == body.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(part);
}

nghttp2_nv Header(const std::string& name, const std::string& value) {
  const auto bytes = [](const std::string& text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(), 0};
}

int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* data) {
  // The same bit means something else in other frames.
  if (frame->hd.type != NGHTTP2_DATA ||
      (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) {
    return 0;
  }
  auto* const serving = static_cast<Serving*>(data);
  HttpReply& reply = serving->reply;
  if (!reply.own_body) reply.body = AnswerTo(serving->request.body, 7);
  const std::string status = ":status";
  const std::string type = "content-type";
  const std::array<nghttp2_nv, 2> headers{Header(status, reply.status),
                                          Header(type, reply.type)};
  nghttp2_data_provider body{};
  body.read_callback = GiveBody;
  return nghttp2_submit_response(session, frame->hd.stream_id, headers.data(),
                                 headers.size(), &body);
}

// The client's end of the connection ends it.
void Exchange(SSL* tls, nghttp2_session* session) {
  Bytes bytes(16384);
  while (true) {
    const std::uint8_t* out = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(session, &out)) > 0) {
      if (SSL_write(tls, out, static_cast<int>(size)) <= 0) return;
    }
    const int got = SSL_read(tls, bytes.data(), static_cast<int>(bytes.size()));
    if (got <= 0 ||
        nghttp2_session_mem_recv(session, bytes.data(),
                                 static_cast<std::size_t>(got)) < 0) {
      return;
    }
  }
}

}  // namespace

TlsAcceptor::TlsAcceptor(const CertificateMaker& maker, const std::string& file,
                         bool http2)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
  if (SSL_CTX_use_certificate_chain_file(
          context_.get(), maker.PathOf(file + ".pem").c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context_.get(),
                                  maker.PathOf(file + ".key").c_str(),
                                  SSL_FILETYPE_PEM) != 1) {
    std::abort();
  }
  if (http2) {
    SSL_CTX_set_alpn_select_cb(context_.get(), ChooseHttp2, nullptr);
  }
}

std::shared_ptr<SSL> TlsAcceptor::Accept(ScriptedConnection* connection) const {
  std::shared_ptr<SSL> tls(SSL_new(context_.get()), SSL_free);
  SSL_set_fd(tls.get(), connection->fd());
  if (SSL_accept(tls.get()) != 1) return nullptr;
  return tls;
}

HttpRequest ServeHttp2(SSL* tls, const HttpReply& reply) {
  Serving serving{reply, {}, 0};
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnBody);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
  nghttp2_session* session = nullptr;
  nghttp2_session_server_new(&session, callbacks, &serving);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session, 0, nullptr, 0);
  Exchange(tls, session);
  nghttp2_session_del(session);
  return serving.request;
}

}  // namespace taster::capture
