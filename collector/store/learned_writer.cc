// SPDX-License-Identifier: Apache-2.0
// Replaces what was learned, whole.
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "collector/store/copy_encoder.h"
#include "collector/store/learned_store.h"
#include "collector/store/session.h"

namespace taster::store {
namespace {

constexpr char kSettings[] =
    "SET lock_timeout = '10s'; SET statement_timeout = '60s'";
// Readers go on; a second replacer waits.
constexpr char kLock[] =
    "BEGIN; LOCK TABLE taster.learned_pool IN SHARE ROW EXCLUSIVE MODE";
constexpr char kForget[] =
    "DELETE FROM taster.learned_address WHERE pool IN ("
    "SELECT pool FROM taster.learned_pool WHERE NOT is_revoked);"
    " DELETE FROM taster.learned_pool WHERE NOT is_revoked;"
    " DELETE FROM taster.shared_address; DELETE FROM taster.victim";

// What stays as it is of a row that is replaced.
constexpr char kLearnedTimes[] =
    "SELECT pool, (extract(epoch FROM learned_time) * 1000000)::bigint"
    " FROM taster.learned_pool WHERE NOT is_revoked";
constexpr char kServed[] =
    "SELECT host(address), served FROM taster.victim"
    " WHERE served IS NOT NULL";

constexpr char kCopyPools[] =
    "COPY taster.learned_pool (pool, country, asn, family, first_day,"
    " last_day, names, learned_time, is_revoked)"
    " FROM STDIN (FORMAT binary)";
constexpr char kCopyAddresses[] =
    "COPY taster.learned_address (pool, address, owner_as, first_day,"
    " last_day, names, registrable) FROM STDIN (FORMAT binary)";
constexpr char kCopyShared[] =
    "COPY taster.shared_address (country, asn, address, first_day, last_day,"
    " registrable, forged) FROM STDIN (FORMAT binary)";
constexpr char kCopyVictims[] =
    "COPY taster.victim (address, owner_as, owner_name, country, names,"
    " sample_names, networks, first_day, last_day, served)"
    " FROM STDIN (FORMAT binary)";

struct Kept {
  std::map<std::string, Time> learned_times;
  std::map<std::string, std::string> served;  // By address.
};

absl::StatusOr<Kept> Keep(Session* session) {
  Kept kept;
  const auto times = session->Query(kLearnedTimes, {});
  if (!times.ok()) return times.status();
  for (int i = 0; i < times->size(); ++i) {
    kept.learned_times.emplace(
        times->bytes(i, 0),
        Time(std::chrono::microseconds(times->integer(i, 1))));
  }
  const auto served = session->Query(kServed, {});
  if (!served.ok()) return served.status();
  for (int i = 0; i < served->size(); ++i) {
    kept.served.emplace(served->bytes(i, 0), served->bytes(i, 1));
  }
  return kept;
}

void Append(const Span& days, CopyEncoder* row) {
  row->Date(days.first);
  row->Date(days.last);
}

std::set<std::string> AppendPools(const LearnedRows& rows, const Kept& kept,
                                  CopyEncoder* row) {
  std::set<std::string> used;
  for (const LearnedPoolRow& pool : rows.pools) {
    if (pool.is_revoked) continue;
    used.insert(pool.pool);
    const auto before = kept.learned_times.find(pool.pool);
    row->BeginRow(9);
    row->Text(pool.pool);
    row->Text(pool.network.country);
    row->Int8(pool.network.asn);
    row->Int2(pool.family == net::Family::kIpv6 ? 6 : 4);
    Append(pool.days, row);
    row->Int4(pool.names);
    row->TimestampTz(before == kept.learned_times.end() ? pool.learned_time
                                                        : before->second);
    row->Bool(false);
  }
  return used;
}

void AppendAddresses(const LearnedRows& rows, const std::set<std::string>& used,
                     CopyEncoder* row) {
  for (const LearnedAddressRow& address : rows.addresses) {
    if (!used.contains(address.pool)) continue;
    row->BeginRow(7);
    row->Text(address.pool);
    row->Inet(address.address);
    row->Int8(address.owner);
    Append(address.days, row);
    row->TextArray(address.names);
    row->Int4(address.registrable);
  }
}

void AppendShared(const LearnedRows& rows, CopyEncoder* row) {
  for (const SharedAddressRow& shared : rows.shared) {
    row->BeginRow(7);
    row->Text(shared.network.country);
    row->Int8(shared.network.asn);
    row->Inet(shared.address);
    Append(shared.days, row);
    row->Int4(shared.registrable);
    row->Int4(shared.forged);
  }
}

void AppendVictims(const LearnedRows& rows, const Kept& kept,
                   CopyEncoder* row) {
  for (const VictimRow& victim : rows.victims) {
    row->BeginRow(10);
    row->Inet(victim.address);
    row->Int8(victim.owner);
    row->Text(victim.owner_name);
    row->Text(victim.country);
    row->Int4(victim.names);
    row->TextArray(victim.sample_names);
    row->TextArray(victim.networks);
    Append(victim.days, row);
    const auto served = kept.served.find(victim.address.ToString());
    if (served != kept.served.end()) {
      row->Text(served->second);
    } else {
      victim.served ? row->Text(*victim.served) : row->Null();
    }
  }
}

absl::Status Copy(const char* statement, const CopyEncoder& rows,
                  Session* session) {
  if (!rows.status().ok()) return rows.status();
  if (rows.rows() == 0) return absl::OkStatus();
  const std::string_view chunk = rows.buffer();
  return session->CopyIn(statement, {&chunk, 1});
}

absl::Status ReplaceIn(const LearnedRows& rows, Session* session) {
  const auto kept = Keep(session);
  if (!kept.ok()) return kept.status();
  CopyEncoder pools;
  CopyEncoder addresses;
  CopyEncoder shared;
  CopyEncoder victims;
  AppendAddresses(rows, AppendPools(rows, *kept, &pools), &addresses);
  AppendShared(rows, &shared);
  AppendVictims(rows, *kept, &victims);
  absl::Status status = session->Execute(kForget);
  if (status.ok()) status = Copy(kCopyPools, pools, session);
  if (status.ok()) status = Copy(kCopyAddresses, addresses, session);
  if (status.ok()) status = Copy(kCopyShared, shared, session);
  if (status.ok()) status = Copy(kCopyVictims, victims, session);
  return status;
}

}  // namespace

absl::Status ReplaceLearned(const std::string& connection,
                            const LearnedRows& rows) {
  auto session = Session::Open(connection, kSettings);
  if (!session.ok()) return session.status();
  absl::Status status = (*session)->Execute(kLock);
  if (status.ok()) status = ReplaceIn(rows, session->get());
  if (status.ok()) return (*session)->Commit();
  (*session)->Rollback();
  return status;
}

}  // namespace taster::store
