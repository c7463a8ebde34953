// SPDX-License-Identifier: Apache-2.0
// Validates in a process of its own: what hostile zones make of a validator is
// lost with it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/proof.h"

namespace taster::control::dnssec {

struct ValidatorOptions {
  // Program and arguments of a process that does what ServeProofs does on its
  // standard input and output.
  std::vector<std::string> command;
  // For one proof. Then the process is killed.
  std::chrono::milliseconds patience{2000};
  // Proofs of one process; then it is replaced, so that no limit of its whole
  // life is reached by honest work.
  int proofs_a_process = 1000;
};

// Not thread-safe. Starts its process when it is first needed, and another when
// that one ends.
class Validator {
 public:
  explicit Validator(ValidatorOptions options);
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  // Never fails: a validator that cannot be started, that ends, that takes too
  // long or that answers nonsense gives `unvalidated` with that reason.
  Proof Validate(const Chain& chain, Seconds time);

  // Processes that had to be killed, or ended by themselves.
  std::uint64_t losses() const { return losses_; }

 private:
  using Instant = std::chrono::steady_clock::time_point;

  // Empty: it runs. Else why not.
  std::string Start();
  void Stop();
  bool Send(std::string_view bytes, Instant deadline);
  // Exactly `size` bytes; false when they do not come in time.
  bool Receive(std::size_t size, Instant deadline, std::string* bytes);
  bool Await(short events, Instant deadline);

  const ValidatorOptions options_;
  int channel_ = -1;
  int child_ = -1;  // Process id; -1: none.
  int proofs_ = 0;
  std::uint64_t losses_ = 0;
  std::string why_;  // Of the last failure.
};

}  // namespace taster::control::dnssec
