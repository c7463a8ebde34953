// SPDX-License-Identifier: Apache-2.0
// OpenSSL over two memory buffers.
#include "probe/capture/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <array>
#include <string_view>
#include <utility>

namespace taster::capture {
namespace {

// RFC 7301: each protocol behind its length.
constexpr std::array<unsigned char, 3> kOfferHttp2 = {2, 'h', '2'};
constexpr std::array<unsigned char, 9> kOfferHttp1 = {8,   'h', 't', 't', 'p',
                                                      '/', '1', '.', '1'};

// Of DNS over HTTPS, which is HTTP/2, and of a check, which speaks the simpler
// version.
bool Offer(const Question& question, SSL* ssl) {
  if (question.transport != Transport::kHttps) return true;
  std::span<const unsigned char> offer = kOfferHttp2;
  if (question.service != Service::kDns) offer = kOfferHttp1;
  // Returns 0 for success, unlike all others.
  return SSL_set_alpn_protos(ssl, offer.data(),
                             static_cast<unsigned>(offer.size())) == 0;
}

int SessionIndex() {
  static const int index =
      SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

}  // namespace

std::unique_ptr<TlsSession> TlsSession::Open(SSL_CTX* context,
                                             const Question& question) {
  SSL* const ssl = SSL_new(context);
  if (ssl == nullptr) return nullptr;
  std::unique_ptr<TlsSession> session(new TlsSession(ssl));
  SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  if (SSL_get_rbio(ssl) == nullptr || SSL_get_wbio(ssl) == nullptr ||
      SSL_set_ex_data(ssl, SessionIndex(), session.get()) != 1 ||
      !Expect(question.tls_name, question.server.address, &session->chain_,
              ssl) ||
      !Offer(question, ssl)) {
    return nullptr;
  }
  SSL_set_info_callback(ssl, NoteAlert);
  SSL_set_connect_state(ssl);
  session->Handshake();
  return session;
}

void TlsSession::NoteAlert(const SSL* ssl, int where, int value) {
  if ((where & SSL_CB_READ_ALERT) != SSL_CB_READ_ALERT) return;
  auto* const session =
      static_cast<TlsSession*>(SSL_get_ex_data(ssl, SessionIndex()));
  // Level in the upper byte.
  session->alert_ = static_cast<std::uint8_t>(value & 0xff);
}

TlsSession::State TlsSession::Take(std::span<const std::uint8_t> bytes) {
  BIO* const incoming = SSL_get_rbio(ssl_.get());
  if (!bytes.empty() &&
      BIO_write(incoming, bytes.data(), static_cast<int>(bytes.size())) !=
          static_cast<int>(bytes.size())) {
    state_ = State::kFailed;
  }
  if (state_ == State::kHandshake) Handshake();
  if (state_ == State::kEstablished) Read();
  return state_;
}

void TlsSession::Handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result != 1) return Note(result);
  // The callback has refused any other chain already; nothing is sent to a
  // peer on the strength of one check.
  stood_ = chain_.valid && !chain_.fault &&
           SSL_get_verify_result(ssl_.get()) == X509_V_OK;
  state_ = stood_ ? State::kEstablished : State::kFailed;
}

void TlsSession::Read() {
  std::array<std::uint8_t, 4096> part;
  while (state_ == State::kEstablished) {
    ERR_clear_error();
    const int got =
        SSL_read(ssl_.get(), part.data(), static_cast<int>(part.size()));
    if (got <= 0) {
      Note(got);
      return;
    }
    plain_.insert(plain_.end(), part.begin(), part.begin() + got);
  }
}

void TlsSession::Note(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      break;
    case SSL_ERROR_ZERO_RETURN:
      state_ = State::kClosed;
      break;
    default:
      state_ = State::kFailed;
  }
}

void TlsSession::TakeOutput(std::vector<std::uint8_t>* out) {
  BIO* const outgoing = SSL_get_wbio(ssl_.get());
  std::array<std::uint8_t, 4096> part;
  int got = 0;
  while ((got = BIO_read(outgoing, part.data(),
                         static_cast<int>(part.size()))) > 0) {
    out->insert(out->end(), part.begin(), part.begin() + got);
  }
}

bool TlsSession::Write(std::span<const std::uint8_t> plain) {
  if (state_ != State::kEstablished) return false;
  ERR_clear_error();
  const int size = static_cast<int>(plain.size());
  if (SSL_write(ssl_.get(), plain.data(), size) != size) {
    state_ = State::kFailed;
  }
  return state_ == State::kEstablished;
}

void TlsSession::TakePlain(std::vector<std::uint8_t>* plain) {
  plain->insert(plain->end(), plain_.begin(), plain_.end());
  plain_.clear();
}

void TlsSession::Close() {
  if (state_ != State::kEstablished) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
}

bool TlsSession::agreed_http2() const {
  const unsigned char* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &protocol, &size);
  return std::string_view(reinterpret_cast<const char*>(protocol), size) ==
         "h2";
}

}  // namespace taster::capture
