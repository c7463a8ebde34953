// SPDX-License-Identifier: Apache-2.0
// Writes the bytes of a query from a question, with one template a shape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "probe/capture/question.h"
#include "probe/capture/random_source.h"
#include "proto/dns/query_builder.h"

namespace taster::capture {

class QueryWriter {
 public:
  // Size of the query; 0 when ldns cannot build the shape. REQUIRES:
  // out.size() >= dns::QueryTemplate::kMaxQueryBytes.
  std::size_t Write(const Question& question, std::uint16_t id,
                    RandomSource* random, std::span<std::uint8_t> out);

 private:
  const dns::QueryTemplate* TemplateFor(const dns::QueryShape& shape);

  // A plan uses a handful of shapes; the one used last is looked at first.
  std::vector<dns::QueryTemplate> templates_;
  std::size_t last_ = 0;
};

}  // namespace taster::capture
