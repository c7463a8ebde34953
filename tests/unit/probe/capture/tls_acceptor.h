// SPDX-License-Identifier: Apache-2.0
// The server's side of TLS, and of one HTTP/2 exchange, over a scripted
// connection.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <string>

#include "tests/unit/probe/capture/certificate_maker.h"
#include "tests/unit/probe/capture/scripted_server.h"

namespace taster::capture {

class TlsAcceptor {
 public:
  // With the certificate FILE.pem of `maker`; `http2`: agrees to speak it.
  TlsAcceptor(const CertificateMaker& maker, const std::string& file,
              bool http2);

  // nullptr: the handshake failed.
  std::shared_ptr<SSL> Accept(ScriptedConnection* connection) const;

 private:
  std::shared_ptr<SSL_CTX> context_;
};

// What the server says to a request.
struct HttpReply {
  std::string status = "200";
  std::string type = "application/dns-message";
  // Without one: the DNS answer to the request's body.
  bool own_body = false;
  Bytes body{};
};

// What the client said.
struct HttpRequest {
  std::string headers;  // "name: value\n" each.
  Bytes body;
};

// Serves one request and returns it.
HttpRequest ServeHttp2(SSL* tls, const HttpReply& reply);

}  // namespace taster::capture
