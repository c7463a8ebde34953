// SPDX-License-Identifier: Apache-2.0
// Fields of libpqxx's results as our values. Only for this room's .cc files:
// what a field cannot be read as throws, and Guarded catches it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "collector/store/judged_batch.h"
#include "proto/envelope/batch_id.h"
#include "proto/net/ip_address.h"

namespace taster::store {

template <typename T>
std::optional<T> ReadOptional(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return field.as<T>();
}

// libpqxx reads numbers of one byte as characters.
inline std::uint8_t ReadOctet(const pqxx::field& field) {
  return static_cast<std::uint8_t>(field.as<std::uint16_t>());
}

// bytea.
std::string ReadBytes(const pqxx::field& field);
// inet without a prefix length.
net::IpAddress ReadAddress(const pqxx::field& field);
// inet[].
std::vector<net::IpAddress> ReadAddresses(const pqxx::field& field);
// text[].
std::vector<std::string> ReadTexts(const pqxx::field& field);
// uuid.
envelope::BatchId ReadBatchId(const pqxx::field& field);
// Selected as (extract(epoch FROM ...) * 1000000)::bigint.
Time ReadTime(const pqxx::field& field);
std::chrono::microseconds ReadInterval(const pqxx::field& field);
// Selected as (day - date '1970-01-01'). NULL: nullopt.
std::optional<std::chrono::sys_days> ReadDay(const pqxx::field& field);

// A parameter for $1::text[].
std::string TextArray(const std::vector<std::string>& values);
// A parameter for $1::uuid.
std::string UuidText(const envelope::BatchId& id);

// All statements see one moment.
using Snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

// One statement's rows, each through `read`.
template <typename Row>
void Load(pqxx::transaction_base& transaction, const char* sql,
          Row (*read)(const pqxx::row&), std::vector<Row>* rows) {
  const pqxx::result result = transaction.exec(sql);
  rows->reserve(result.size());
  for (const pqxx::row& row : result) rows->push_back(read(row));
}

}  // namespace taster::store
