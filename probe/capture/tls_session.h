// SPDX-License-Identifier: Apache-2.0
// TLS between bytes that came and bytes to send; touches no socket.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "probe/capture/certificate_check.h"
#include "probe/capture/question.h"

namespace taster::capture {

// The client's side of one connection. OpenSSL sees memory only, so that what
// the kernel says of the connection reaches us unchanged: a reset, an end and
// bytes that are no TLS stay three different things.
class TlsSession {
 public:
  enum class State : std::uint8_t {
    kHandshake,    // Not agreed yet.
    kEstablished,  // Agreed, and the chain is valid for the name.
    kClosed,       // The peer said so (close_notify).
    kFailed,
  };

  // For `question.tls_name` or, where that is empty, the server's address.
  // HTTPS: offers HTTP/2, for a check HTTP/1.1. nullptr: the name is none.
  static std::unique_ptr<TlsSession> Open(SSL_CTX* context,
                                          const Question& question);
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  // Takes the peer's bytes and goes on as far as they lead.
  State Take(std::span<const std::uint8_t> bytes);
  // Appends what there is to send now.
  void TakeOutput(std::vector<std::uint8_t>* out);
  // Encrypts. False unless it is established and stays so.
  bool Write(std::span<const std::uint8_t> plain);
  // Appends what the peer said within TLS, in order.
  void TakePlain(std::vector<std::uint8_t>* plain);
  // Says goodbye.
  void Close();

  State state() const { return state_; }
  // It was established, whatever came then.
  bool stood() const { return stood_; }
  // The peer's last alert: the one that ended TLS. close_notify is 0.
  std::optional<std::uint8_t> alert() const { return alert_; }
  const CheckedChain& chain() const { return chain_; }
  bool agreed_http2() const;

 private:
  struct FreeSsl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  explicit TlsSession(SSL* ssl) : ssl_(ssl) {}
  static void NoteAlert(const SSL* ssl, int where, int value);
  void Handshake();
  void Read();
  // What a call that returned `result` leads to.
  void Note(int result);

  std::unique_ptr<SSL, FreeSsl> ssl_;
  CheckedChain chain_;
  State state_ = State::kHandshake;
  bool stood_ = false;
  std::optional<std::uint8_t> alert_;
  std::vector<std::uint8_t> plain_;
};

}  // namespace taster::capture
