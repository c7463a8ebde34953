// SPDX-License-Identifier: Apache-2.0
#include "collector/store/network_snapshot.h"

#include <pqxx/pqxx>

#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kInsertSnapshot[] =
    "INSERT INTO taster.network_snapshot (snapshot, source, taken, digest)"
    " VALUES ($1, $2, date '1970-01-01' + $3::integer, $4)"
    " ON CONFLICT (snapshot) DO NOTHING";

}  // namespace

absl::Status RecordNetworkSnapshot(const std::string& connection,
                                   const reference::Networks& networks) {
  return Guarded("record network snapshot", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    const reference::Provenance& from = networks.provenance;
    const int days = static_cast<int>(from.taken.time_since_epoch().count());
    transaction.exec_params(
        kInsertSnapshot, networks.snapshot, from.source, days,
        pqxx::binarystring(from.digest.data(), from.digest.size()));
    transaction.commit();
    return absl::OkStatus();
  });
}

}  // namespace taster::store
