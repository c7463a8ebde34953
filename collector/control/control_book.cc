// SPDX-License-Identifier: Apache-2.0
#include "collector/control/control_book.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace taster::control {
namespace {

struct Entry {
  std::uint16_t qtype = 0;
  std::uint64_t generation = 0;  // In which it grew last.
  std::shared_ptr<const judge::Control> control;
  absl::flat_hash_set<std::int64_t> vantages;
};

// True iff `value` was not there.
template <typename T>
bool InsertSorted(const T& value, std::vector<T>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, value);
  if (at != sorted->end() && *at == value) return false;
  sorted->insert(at, value);
  return true;
}

bool Set(bool* flag) {
  if (*flag) return false;
  *flag = true;
  return true;
}

// True iff the row says something new.
bool Merge(const store::ControlRow& row, const judge::PrefixTable& origin_as,
           Entry* entry, judge::Control* control) {
  bool grew = entry->vantages.insert(row.vantage_id).second;
  control->vantages = static_cast<std::uint32_t>(entry->vantages.size());
  switch (row.kind) {
    case store::ControlRow::Kind::kNodata:
      return Set(&control->saw_nodata) || grew;
    case store::ControlRow::Kind::kNxdomain:
      return Set(&control->saw_nxdomain) || grew;
    case store::ControlRow::Kind::kAddress:
      break;
  }
  if (!row.address || !InsertSorted(*row.address, &control->addresses)) {
    return grew;
  }
  if (const auto asn = origin_as.Find(*row.address)) {
    InsertSorted(*asn, &control->origin_as);
  }
  return true;
}

}  // namespace

struct ControlBook::State {
  explicit State(const judge::PrefixTable* table) : origin_as(table) {}

  const judge::PrefixTable* origin_as;
  mutable std::shared_mutex mutex;
  // A name has few types.
  absl::flat_hash_map<std::string, std::vector<Entry>> names;
  std::size_t size = 0;
  std::uint64_t generation = 0;

  Entry& EntryOf(const NameType& name) {
    std::vector<Entry>& entries = names[name.qname];
    const auto at = std::ranges::find(entries, name.qtype, &Entry::qtype);
    if (at != entries.end()) return *at;
    ++size;
    entries.push_back({});
    entries.back().qtype = name.qtype;
    entries.back().control = std::make_shared<judge::Control>();
    return entries.back();
  }
};

ControlBook::ControlBook(const judge::PrefixTable* origin_as)
    : state_(std::make_unique<State>(origin_as)) {}

ControlBook::~ControlBook() = default;

std::shared_ptr<const judge::Control> ControlBook::Find(
    const std::string& qname, std::uint16_t qtype) const {
  const std::shared_lock lock(state_->mutex);
  const auto at = state_->names.find(qname);
  if (at == state_->names.end()) return nullptr;
  const auto entry = std::ranges::find(at->second, qtype, &Entry::qtype);
  return entry == at->second.end() ? nullptr : entry->control;
}

std::vector<NameType> ControlBook::Learn(
    const std::vector<store::ControlRow>& rows) {
  std::map<NameType, std::vector<const store::ControlRow*>> by_name;
  for (const store::ControlRow& row : rows) {
    by_name[{row.qname, row.qtype}].push_back(&row);
  }
  std::vector<NameType> grown;
  const std::unique_lock lock(state_->mutex);
  const std::uint64_t generation = state_->generation + 1;
  for (const auto& [name, answers] : by_name) {
    Entry& entry = state_->EntryOf(name);
    // What was handed out stays as it is: grow a copy.
    auto control = std::make_shared<judge::Control>(*entry.control);
    bool grew = false;
    for (const store::ControlRow* row : answers) {
      grew |= Merge(*row, *state_->origin_as, &entry, control.get());
    }
    if (!grew) continue;
    entry.control = std::move(control);
    entry.generation = generation;
    grown.push_back(name);
  }
  if (!grown.empty()) state_->generation = generation;
  return grown;
}

bool ControlBook::Knows(const std::string& qname) const {
  const std::shared_lock lock(state_->mutex);
  return state_->names.contains(qname);
}

std::uint64_t ControlBook::generation() const {
  const std::shared_lock lock(state_->mutex);
  return state_->generation;
}

bool ControlBook::GrewSince(const std::string& qname,
                            std::uint64_t generation) const {
  const std::shared_lock lock(state_->mutex);
  const auto at = state_->names.find(qname);
  return at != state_->names.end() &&
         std::ranges::any_of(at->second, [generation](const Entry& entry) {
           return entry.generation > generation;
         });
}

std::size_t ControlBook::size() const {
  const std::shared_lock lock(state_->mutex);
  return state_->size;
}

}  // namespace taster::control
