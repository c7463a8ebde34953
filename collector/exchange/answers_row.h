// SPDX-License-Identifier: Apache-2.0
// One line of tab-separated answers.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// Where each column stands; made from the heading.
class AnswersHeading {
 public:
  enum Column : std::size_t {
    kId,
    kTime,
    kRole,
    kCountry,
    kAsn,
    kServer,
    kServerKind,
    kTransport,
    kQname,
    kQtype,
    kRcode,
    kAnswers,
    kTtl,
    kColumns,
  };

  // InvalidArgument: a column that is missing, unknown or named twice.
  static absl::StatusOr<AnswersHeading> Parse(std::string_view line);

  // Columns of the file; from 0. nullopt: the file has no such column.
  std::optional<std::size_t> place(Column column) const {
    return places_[column];
  }
  std::size_t width() const { return width_; }

 private:
  std::array<std::optional<std::size_t>, kColumns> places_{};
  std::size_t width_ = 0;
};

// What a line says: a record with at most one reply. On false, `bad` has the
// column and what is wrong with it.
bool ParseAnswersRow(const AnswersHeading& heading, std::string_view line,
                     Record* record, BadInput* bad);

}  // namespace taster::exchange
