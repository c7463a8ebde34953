// SPDX-License-Identifier: Apache-2.0
// What the free Internet says of every name asked so far: looked up while
// judging, grown by control probes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "collector/control/proof_book.h"
#include "collector/judge/control.h"
#include "collector/judge/prefix_table.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

// A name and type whose control has grown.
struct NameType {
  std::string qname;  // Name::ToText().
  std::uint16_t qtype = 0;
  friend auto operator<=>(const NameType&, const NameType&) = default;
};

// Thread-safe. Snapshots handed out are immutable and stay valid.
class ControlBook {
 public:
  // `origin_as` must outlive the book.
  explicit ControlBook(const judge::PrefixTable* origin_as);
  ~ControlBook();

  ControlBook(const ControlBook&) = delete;
  ControlBook& operator=(const ControlBook&) = delete;

  // nullptr when no control has answered for this name and type.
  std::shared_ptr<const judge::Control> Find(const std::string& qname,
                                             std::uint16_t qtype) const;

  // The same over all types of the name; nullptr when no control has answered
  // for any.
  std::shared_ptr<const judge::Control> FindName(
      const std::string& qname) const;
  // Both at once.
  struct Found {
    std::shared_ptr<const judge::Control> of_type;
    std::shared_ptr<const judge::Control> of_name;
  };
  Found Look(const std::string& qname, std::uint16_t qtype) const;
  // For how many registrable domains controls returned this address.
  std::uint32_t ReturnedFor(const net::IpAddress& address) const;

  // Takes rows in; returns the names whose control says more than before, each
  // once. Rows that repeat what is known return nothing.
  std::vector<NameType> Learn(const std::vector<store::ControlRow>& rows);

  // Forgets everything and learns these; returns the names whose control says
  // something else than before. Snapshots handed out stay as they are.
  std::vector<NameType> Replace(const std::vector<store::ControlRow>& rows);

  // True iff a control has answered for this name, of whatever type.
  bool Knows(const std::string& qname) const;

  // Goes up whenever some control grows. Taken before judging, it tells later
  // whether the judge saw everything.
  std::uint64_t generation() const;
  // True iff the control of this name, of whatever type, grew after
  // `generation` was current.
  bool GrewSince(const std::string& qname, std::uint64_t generation) const;

  // Names and types with a control.
  std::size_t size() const;

  // Which of them are proved by DNSSEC, and for which days.
  ProofBook& proofs() { return proofs_; }
  const ProofBook& proofs() const { return proofs_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  ProofBook proofs_;
};

// What a control probe's measurement teaches: rows for its matching replies, or
// for what a check showed. Nothing when it got no usable reply, or replies that
// contradict each other (then the control itself may be lied to).
std::vector<store::ControlRow> ControlRows(const store::MeasurementRow& row,
                                           std::int64_t vantage_id);

}  // namespace taster::control
