// SPDX-License-Identifier: Apache-2.0
// A view with a column of every type, without a database.
#pragma once

#include "collector/serve/catalogue.h"

namespace taster::serve {

inline View SampleView() {
  using store::ValueType;
  return {
      .name = "sample",
      .comment = "For tests.",
      .columns = {{"day", ValueType::kDay, "date", ""},
                  {"domain", ValueType::kText, "text", ""},
                  {"country", ValueType::kText, "text", ""},
                  {"asn", ValueType::kInteger, "bigint", ""},
                  {"hops", ValueType::kInteger, "smallint", ""},
                  {"agreement", ValueType::kReal, "real", ""},
                  {"seen", ValueType::kTime, "timestamp with time zone", ""},
                  {"address", ValueType::kAddress, "inet", ""},
                  {"is_reserved", ValueType::kBoolean, "boolean", ""},
                  {"mechanisms", ValueType::kTextArray, "text[]", ""},
                  {"addresses", ValueType::kAddressArray, "inet[]", ""},
                  {"message", ValueType::kBytes, "bytea", ""}},
      .key = {{0, false}, {1, false}, {2, true}, {3, true}, {7, true}},
      .newest_first = true};
}

}  // namespace taster::serve
