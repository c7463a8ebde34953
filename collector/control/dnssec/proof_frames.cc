// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/proof_frames.h"

#include <algorithm>
#include <utility>

#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/rdata_cursor.h"

namespace taster::control::dnssec {
namespace {

void AppendTime(Seconds time, std::string* bytes) {
  const auto count =
      static_cast<std::uint64_t>(time.time_since_epoch().count());
  Append32(static_cast<std::uint32_t>(count >> 32), bytes);
  Append32(static_cast<std::uint32_t>(count & 0xffffffff), bytes);
}

std::optional<Seconds> TakeTime(dns::RdataCursor* cursor) {
  const auto high = cursor->Take32();
  const auto low = cursor->Take32();
  if (!high || !low) return std::nullopt;
  const auto count =
      static_cast<std::int64_t>(std::uint64_t{*high} << 32 | *low);
  return Seconds(std::chrono::seconds(count));
}

void AppendConclusion(const Conclusion& conclusion, std::string* bytes) {
  const std::string reason = conclusion.reason.substr(0, kMaxReasonBytes);
  Append8(static_cast<std::uint8_t>(conclusion.result), bytes);
  Append16(static_cast<std::uint16_t>(reason.size()), bytes);
  *bytes += reason;
}

std::optional<Conclusion> TakeConclusion(dns::RdataCursor* cursor) {
  const auto result = cursor->Take8();
  const auto size = cursor->Take16();
  const auto reason = size && *size <= kMaxReasonBytes
                          ? cursor->TakeBytes(*size)
                          : std::nullopt;
  if (!reason || *result < 1 ||
      *result > static_cast<std::uint8_t>(Result::kUnvalidated)) {
    return std::nullopt;
  }
  Conclusion conclusion{static_cast<Result>(*result), {}};
  Append(*reason, &conclusion.reason);
  std::ranges::replace_if(
      conclusion.reason, [](char c) { return c < ' ' || c > '~'; }, '?');
  return conclusion;
}

}  // namespace

std::string WriteRequest(const Chain& chain, Seconds time) {
  std::string bytes;
  AppendTime(time, &bytes);
  return bytes + WriteChain(chain);
}

std::optional<ProofRequest> ReadRequest(std::span<const std::uint8_t> bytes) {
  dns::RdataCursor cursor(bytes);
  const auto time = TakeTime(&cursor);
  auto chain = time ? ReadChain(cursor.TakeRest()) : std::nullopt;
  if (!chain) return std::nullopt;
  return ProofRequest{*time, *std::move(chain)};
}

std::string WriteProof(const Proof& proof) {
  std::string bytes;
  AppendTime(proof.valid_from, &bytes);
  AppendTime(proof.valid_until, &bytes);
  Append16(static_cast<std::uint16_t>(proof.signature_checks), &bytes);
  AppendConclusion(proof.conclusion, &bytes);
  for (const Conclusion& link : proof.links) AppendConclusion(link, &bytes);
  return bytes;
}

std::optional<Proof> ReadProof(std::span<const std::uint8_t> bytes,
                               std::size_t links) {
  dns::RdataCursor cursor(bytes);
  const auto from = TakeTime(&cursor);
  const auto until = TakeTime(&cursor);
  const auto checks = cursor.Take16();
  auto conclusion = TakeConclusion(&cursor);
  if (!from || !until || !checks || !conclusion) return std::nullopt;
  Proof proof{.conclusion = *std::move(conclusion)};
  for (std::size_t i = 0; i < links; ++i) {
    auto link = TakeConclusion(&cursor);
    if (!link) return std::nullopt;
    proof.links.push_back(*std::move(link));
  }
  if (!cursor.empty()) return std::nullopt;
  proof.valid_from = *from;
  proof.valid_until = *until;
  proof.signature_checks = *checks;
  return proof;
}

std::string Framed(std::string_view bytes) {
  std::string framed;
  Append32(static_cast<std::uint32_t>(bytes.size()), &framed);
  return framed.append(bytes);
}

}  // namespace taster::control::dnssec
