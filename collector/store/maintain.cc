// SPDX-License-Identifier: Apache-2.0
#include "collector/store/maintain.h"

#include <pqxx/pqxx>

#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kMaintain[] = "SELECT taster.maintain()";

}  // namespace

absl::Status Maintain(const std::string& connection) {
  return Guarded("maintain partitions", [&]() -> absl::Status {
    pqxx::connection session(connection);
    pqxx::work transaction(session);
    transaction.exec(kMaintain);
    transaction.commit();
    return absl::OkStatus();
  });
}

}  // namespace taster::store
