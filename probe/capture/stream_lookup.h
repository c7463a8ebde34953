// SPDX-License-Identifier: Apache-2.0
// The same question over what a censor cannot answer from aside: TCP (RFC
// 7766), DNS over TLS (RFC 7858) and DNS over HTTPS (RFC 8484).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "probe/capture/question.h"
#include "probe/capture/witness.h"

namespace taster::capture {

struct StreamLookupOptions {
  // For each question, from its first SYN.
  std::chrono::milliseconds window{5000};
  // PEM file of the certificates that are trusted instead of this system's:
  // for laboratories. There is no way to trust all.
  std::string ca_file{};
};

// Same contract as UdpCapture, for questions of any other transport; one
// thread runs all connections, and none of them ever blocks.
//
// Each question has a connection of its own, which ends when a message that
// matches has come, when the peer or the network ends it, or with its window;
// the witness hears of it by OnStream. A question is sent to none but a peer
// whose certificate is valid for `tls_name` or, where that is empty, for the
// server's address: else OnSent is never called.
//
// A check (`service` set) is a connection of its own too. What it says depends
// on its service, never is a DNS message, and inside TLS goes to nobody but a
// peer whose certificate is valid for `tls_name`; OnSent tells when its first
// SYN left, with the bytes of the question whose answer is tried.
//
// A question that cannot be asked so (an `http_path` that is no path, a
// `tls_name` that is no name, transport UDP) or for which there is no socket is
// closed with kSendFailed; it, and one for which this host has no route, never
// becomes a connection: no OnStream.
class StreamLookup {
 public:
  static constexpr std::size_t kMaxOpen = 256;

  // Errors: InvalidArgument (window not within 1 ms to 10 minutes),
  // FailedPrecondition (no trusted certificates), Internal.
  static absl::StatusOr<std::unique_ptr<StreamLookup>> Open(
      const StreamLookupOptions& options, Witness* witness);
  virtual ~StreamLookup() = default;

  // False while kMaxOpen are open or queued.
  virtual bool Ask(const Question& question, Token token) = 0;
  virtual absl::Status Run(std::chrono::milliseconds patience) = 0;
  virtual std::size_t open_queries() const = 0;
  virtual void CancelAll() = 0;
};

}  // namespace taster::capture
