// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/name_order.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace taster::control::dnssec {
namespace {

using Label = std::span<const std::uint8_t>;

// Offset of each label's length byte, first label first.
std::vector<std::size_t> OffsetsOf(const dns::Name& name) {
  std::vector<std::size_t> offsets;
  const auto wire = name.wire();
  for (std::size_t at = 0; wire[at] != 0; at += wire[at] + 1u) {
    offsets.push_back(at);
  }
  return offsets;
}

Label LabelAt(const dns::Name& name, std::size_t offset) {
  const auto wire = name.wire();
  return wire.subspan(offset + 1, wire[offset]);
}

std::uint8_t Lower(std::uint8_t c) {
  return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c - 'A' + 'a') : c;
}

int Compare(Label left, Label right) {
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const int difference = Lower(left[i]) - Lower(right[i]);
    if (difference != 0) return difference;
  }
  return static_cast<int>(left.size()) - static_cast<int>(right.size());
}

}  // namespace

int CountLabels(const dns::Name& name) {
  return static_cast<int>(OffsetsOf(name).size());
}

dns::Name Ancestor(const dns::Name& name, int labels) {
  const auto offsets = OffsetsOf(name);
  const auto skipped = offsets.size() - static_cast<std::size_t>(labels);
  const std::size_t at =
      labels == 0 ? name.wire().size() - 1 : offsets[skipped];
  return *dns::Name::FromWire(name.wire().subspan(at));
}

dns::Name WildcardUnder(const dns::Name& parent) {
  std::vector<std::uint8_t> wire = {1, '*'};
  wire.insert(wire.end(), parent.wire().begin(), parent.wire().end());
  return dns::Name::FromWire(wire).value_or(parent);
}

int SharedLabels(const dns::Name& left, const dns::Name& right) {
  const auto ours = OffsetsOf(left);
  const auto theirs = OffsetsOf(right);
  int shared = 0;
  auto one = ours.rbegin();
  auto other = theirs.rbegin();
  for (; one != ours.rend() && other != theirs.rend(); ++one, ++other) {
    if (Compare(LabelAt(left, *one), LabelAt(right, *other)) != 0) break;
    ++shared;
  }
  return shared;
}

int CompareCanonically(const dns::Name& left, const dns::Name& right) {
  const auto ours = OffsetsOf(left);
  const auto theirs = OffsetsOf(right);
  auto one = ours.rbegin();
  auto other = theirs.rbegin();
  for (; one != ours.rend() && other != theirs.rend(); ++one, ++other) {
    const int difference = Compare(LabelAt(left, *one), LabelAt(right, *other));
    if (difference != 0) return difference;
  }
  return static_cast<int>(ours.size()) - static_cast<int>(theirs.size());
}

}  // namespace taster::control::dnssec
