// SPDX-License-Identifier: Apache-2.0
// Matches replies with fingerprints.
#include "collector/judge/attribute.h"

#include <algorithm>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "collector/judge/translation.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

// True unless both are known and differ.
template <typename T>
bool Fits(const std::optional<T>& expected, const std::optional<T>& seen) {
  return !expected || !seen || *expected == *seen;
}

bool ComparesHeader(const InjectorFingerprint& print) {
  return print.aa || print.aa_iff_not_rd || print.rd_echoed ||
         print.dont_fragment || print.ip_id_zero || print.owner_is_pointer ||
         print.rr_ttl;
}

bool FlagsFit(const InjectorFingerprint& print, const Asked& asked,
              const Observation& reply) {
  // Wire bytes unknown: nothing follows from flags that nobody saw.
  if (!reply.Has(dns::kFlagQr)) return true;
  const bool asked_rd = (asked.query_flags & dns::kFlagRd) != 0;
  const bool aa = reply.Has(dns::kFlagAa);
  const bool rd = reply.Has(dns::kFlagRd);
  if (print.aa && *print.aa != aa) return false;
  if (print.aa_iff_not_rd && *print.aa_iff_not_rd != (aa != asked_rd)) {
    return false;
  }
  // A forger that does not echo RD always sets it.
  return !print.rd_echoed || rd == (*print.rd_echoed ? asked_rd : true);
}

bool HeaderFits(const InjectorFingerprint& print, const Subject& subject) {
  const Observation& reply = subject.reply;
  return FlagsFit(print, subject.asked, reply) &&
         Fits(print.dont_fragment, reply.dont_fragment) &&
         Fits(print.ip_id_zero, reply.ip_id_zero) &&
         Fits(print.owner_is_pointer, reply.owner_is_pointer) &&
         Fits(print.rr_ttl, reply.rr_ttl);
}

using PoolIds = absl::InlinedVector<std::string_view, 4>;

// Every pool that an answered address belonged to on the day.
PoolIds PoolsOf(const Subject& subject) {
  PoolIds pools;
  const auto& forged = subject.set.reference->forged;
  const auto day = subject.set.date;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const auto found = forged.find(Decoded(subject.set, answer.address));
    if (found == forged.end()) continue;
    for (const ForgedAddress& member : found->second) {
      if (member.since <= day && day < member.until) {
        pools.push_back(member.pool);
      }
    }
  }
  return pools;
}

bool DrawsFrom(const InjectorFingerprint& print, const PoolIds& pools) {
  return std::any_of(pools.begin(), pools.end(), [&](std::string_view pool) {
    return std::find(print.pools.begin(), print.pools.end(), pool) !=
           print.pools.end();
  });
}

bool Matches(const InjectorFingerprint& print, const Subject& subject,
             const PoolIds& pools, Sender sender) {
  const auto day = subject.set.date;
  if (day < print.since || day >= print.until) return false;
  if (print.pools.empty()) {
    // The header is all there is to go by, so it must be known and its own.
    return sender == Sender::kInjector && subject.reply.Has(dns::kFlagQr) &&
           HeaderFits(print, subject);
  }
  if (!DrawsFrom(print, pools)) return false;
  return sender == Sender::kRelay || HeaderFits(print, subject);
}

}  // namespace

std::string Attribute(const Subject& subject, Sender sender) {
  std::string_view by_header;
  std::string_view by_pool;
  bool several = false;
  const PoolIds pools = PoolsOf(subject);
  for (const InjectorFingerprint& print : subject.set.reference->injectors) {
    if (!Matches(print, subject, pools, sender)) continue;
    if (!ComparesHeader(print)) {
      if (by_pool.empty() || print.injector < by_pool) by_pool = print.injector;
    } else if (by_header.empty()) {
      by_header = print.injector;
    } else if (by_header != print.injector) {
      several = true;
    }
  }
  return std::string(by_header.empty() || several ? by_pool : by_header);
}

bool IsToldApart(const Reference& reference, std::string_view injector) {
  return std::any_of(reference.injectors.begin(), reference.injectors.end(),
                     [&](const InjectorFingerprint& print) {
                       return print.injector == injector &&
                              ComparesHeader(print);
                     });
}

}  // namespace taster::judge
