// SPDX-License-Identifier: Apache-2.0
// Templates by shape, patched with id and name.
#include "probe/capture/query_writer.h"

#include <utility>

#include "proto/dns/constants.h"

namespace taster::capture {
namespace {

// A plan that varies shapes without end must not grow the list without end.
constexpr std::size_t kMaxTemplates = 64;

}  // namespace

const dns::QueryTemplate* QueryWriter::TemplateFor(
    const dns::QueryShape& shape) {
  if (last_ < templates_.size() && templates_[last_].shape() == shape) {
    return &templates_[last_];
  }
  for (last_ = 0; last_ < templates_.size(); ++last_) {
    if (templates_[last_].shape() == shape) return &templates_[last_];
  }
  auto built = dns::QueryTemplate::Build(shape);
  if (!built.ok()) return nullptr;
  if (templates_.size() == kMaxTemplates) templates_.clear();
  last_ = templates_.size();
  templates_.push_back(*std::move(built));
  return &templates_.back();
}

std::size_t QueryWriter::Write(const Question& question, std::uint16_t id,
                               RandomSource* random,
                               std::span<std::uint8_t> out) {
  const dns::QueryTemplate* const pattern = TemplateFor(question.shape);
  if (pattern == nullptr) return 0;
  const auto qname = question.qname.wire();
  const std::size_t size = pattern->Write(id, qname, out);
  if (question.randomise_case) {
    dns::Randomise0x20(random->Next64(),
                       out.subspan(dns::kHeaderBytes, qname.size()));
  }
  return size;
}

}  // namespace taster::capture
