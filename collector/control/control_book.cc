// SPDX-License-Identifier: Apache-2.0
#include "collector/control/control_book.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "collector/reference/registrable_domain.h"
#include "proto/dns/name.h"

namespace taster::control {
namespace {

struct Entry {
  std::uint16_t qtype = 0;
  std::uint64_t generation = 0;  // In which it grew last.
  std::shared_ptr<const judge::Control> control;
  absl::flat_hash_set<std::int64_t> vantages;
  // Which vantage point saw what: an owner's AS, or an absence. Sorted.
  std::vector<std::pair<std::uint64_t, std::int64_t>> saw;
};

// Beyond any AS number.
constexpr std::uint64_t kSawNodata = std::uint64_t{1} << 32;
constexpr std::uint64_t kSawNxdomain = kSawNodata + 1;

// True iff `value` was not there.
template <typename T>
bool InsertSorted(const T& value, std::vector<T>* sorted) {
  const auto at = std::ranges::lower_bound(*sorted, value);
  if (at != sorted->end() && *at == value) return false;
  sorted->insert(at, value);
  return true;
}

std::uint32_t Count(const Entry& entry, std::uint64_t what) {
  return static_cast<std::uint32_t>(std::ranges::count(
      entry.saw, what, &std::pair<std::uint64_t, std::int64_t>::first));
}

// True iff this vantage point had not been seen to see it.
bool NoteWho(std::uint64_t what, const store::ControlRow& row, Entry* entry,
             judge::Control* control) {
  if (!InsertSorted(std::pair(what, row.vantage_id), &entry->saw)) return false;
  control->nodata_vantages = Count(*entry, kSawNodata);
  control->nxdomain_vantages = Count(*entry, kSawNxdomain);
  control->origin_vantages.clear();
  for (const std::uint32_t asn : control->origin_as) {
    control->origin_vantages.push_back(Count(*entry, asn));
  }
  return true;
}

bool Set(bool* flag) {
  if (*flag) return false;
  *flag = true;
  return true;
}

judge::FreeCheck CheckOf(const store::ControlRow& row) {
  return {.address = row.address.value_or(net::IpAddress()),
          .port = row.port,
          .served = row.kind == store::ControlRow::Kind::kServed,
          .http_status = row.http_status,
          .redirect_domain = row.redirect_domain};
}

// True iff the row says something new.
bool Merge(const store::ControlRow& row, const judge::PrefixTable& origin_as,
           Entry* entry, judge::Control* control) {
  bool grew = entry->vantages.insert(row.vantage_id).second;
  control->vantages = static_cast<std::uint32_t>(entry->vantages.size());
  switch (row.kind) {
    case store::ControlRow::Kind::kNodata:
      grew |= NoteWho(kSawNodata, row, entry, control);
      return Set(&control->saw_nodata) || grew;
    case store::ControlRow::Kind::kNxdomain:
      grew |= NoteWho(kSawNxdomain, row, entry, control);
      return Set(&control->saw_nxdomain) || grew;
    case store::ControlRow::Kind::kServed:
    case store::ControlRow::Kind::kUnserved:
      return InsertSorted(CheckOf(row), &control->checks) || grew;
    case store::ControlRow::Kind::kAddress:
      break;
  }
  if (!row.address) return grew;
  grew |= InsertSorted(*row.address, &control->addresses);
  if (const auto asn = origin_as.Find(*row.address)) {
    InsertSorted(*asn, &control->origin_as);
    grew |= NoteWho(*asn, row, entry, control);
  }
  return grew;
}

// Proofs apart, which are made anew.
bool SaysTheSame(const Entry& one, const Entry& other) {
  return one.saw == other.saw &&
         one.control->addresses == other.control->addresses &&
         one.control->vantages == other.control->vantages &&
         one.control->checks == other.control->checks;
}

template <typename T>
void Unite(const std::vector<T>& from, std::vector<T>* sorted) {
  for (const T& value : from) InsertSorted(value, sorted);
}

// A name's controls of all types, as one.
std::shared_ptr<const judge::Control> Whole(const std::vector<Entry>& types) {
  if (types.size() == 1) return types.front().control;
  auto whole = std::make_shared<judge::Control>();
  for (const Entry& entry : types) {
    const judge::Control& control = *entry.control;
    Unite(control.addresses, &whole->addresses);
    Unite(control.origin_as, &whole->origin_as);
    Unite(control.checks, &whole->checks);
    whole->saw_nodata |= control.saw_nodata;
    whole->saw_nxdomain |= control.saw_nxdomain;
    whole->vantages = std::max(whole->vantages, control.vantages);
  }
  return whole;
}

struct Name {
  std::vector<Entry> types;  // Few.
  std::shared_ptr<const judge::Control> whole;
};

}  // namespace

struct ControlBook::State {
  explicit State(const judge::PrefixTable* table) : origin_as(table) {}

  const judge::PrefixTable* origin_as;
  mutable std::shared_mutex mutex;
  absl::flat_hash_map<std::string, Name> names;
  // Registrable domains that an address was returned for.
  absl::flat_hash_map<net::IpAddress, absl::flat_hash_set<std::string>>
      returned;
  std::size_t size = 0;
  std::uint64_t generation = 0;

  Entry& EntryOf(const NameType& name) {
    std::vector<Entry>& entries = names[name.qname].types;
    const auto at = std::ranges::find(entries, name.qtype, &Entry::qtype);
    if (at != entries.end()) return *at;
    ++size;
    entries.push_back({});
    entries.back().qtype = name.qtype;
    entries.back().control = std::make_shared<judge::Control>();
    return entries.back();
  }

  // nullptr: no control has answered.
  const Entry* EntryAt(const std::string& qname, std::uint16_t qtype) const {
    const auto name = names.find(qname);
    if (name == names.end()) return nullptr;
    const auto& types = name->second.types;
    const auto at = std::ranges::find(types, qtype, &Entry::qtype);
    return at == types.end() ? nullptr : &*at;
  }

  // After one of the name's controls has grown to `grown`.
  void Settle(const std::string& qname, const judge::Control& grown) {
    Name& name = names[qname];
    name.whole = Whole(name.types);
    if (grown.addresses.empty()) return;
    const std::string domain = reference::RegistrableDomainOf(qname);
    for (const net::IpAddress& address : grown.addresses) {
      returned[address].insert(domain);
    }
  }
};

ControlBook::ControlBook(const judge::PrefixTable* origin_as)
    : state_(std::make_unique<State>(origin_as)) {}

ControlBook::~ControlBook() = default;

std::shared_ptr<const judge::Control> ControlBook::Find(
    const std::string& qname, std::uint16_t qtype) const {
  return Look(qname, qtype).of_type;
}

std::shared_ptr<const judge::Control> ControlBook::FindName(
    const std::string& qname) const {
  const std::shared_lock lock(state_->mutex);
  const auto at = state_->names.find(qname);
  return at == state_->names.end() ? nullptr : at->second.whole;
}

ControlBook::Found ControlBook::Look(const std::string& qname,
                                     std::uint16_t qtype) const {
  const std::shared_lock lock(state_->mutex);
  const auto at = state_->names.find(qname);
  if (at == state_->names.end()) return {};
  const auto& types = at->second.types;
  const auto entry = std::ranges::find(types, qtype, &Entry::qtype);
  return {entry == types.end() ? nullptr : entry->control, at->second.whole};
}

std::uint32_t ControlBook::ReturnedFor(const net::IpAddress& address) const {
  const std::shared_lock lock(state_->mutex);
  const auto at = state_->returned.find(address);
  return at == state_->returned.end()
             ? 0
             : static_cast<std::uint32_t>(at->second.size());
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
    state_->Settle(name.qname, *entry.control);
    grown.push_back(name);
  }
  if (!grown.empty()) state_->generation = generation;
  return grown;
}

std::vector<NameType> ControlBook::Replace(
    const std::vector<store::ControlRow>& rows) {
  // Made beside the old one, so that judging goes on meanwhile.
  ControlBook made(state_->origin_as);
  made.Learn(rows);
  std::vector<NameType> changed;
  const std::unique_lock lock(state_->mutex);
  const std::uint64_t generation = state_->generation + 1;
  State& now = *made.state_;
  for (auto& [qname, name] : now.names) {
    for (Entry& entry : name.types) {
      const Entry* before = state_->EntryAt(qname, entry.qtype);
      const bool same = before != nullptr && SaysTheSame(*before, entry);
      entry.generation = same ? before->generation : generation;
      if (!same) changed.push_back({qname, entry.qtype});
    }
  }
  for (const auto& [qname, name] : state_->names) {
    for (const Entry& entry : name.types) {
      const bool gone = now.EntryAt(qname, entry.qtype) == nullptr;
      if (gone) changed.push_back({qname, entry.qtype});
    }
  }
  std::swap(state_->names, now.names);
  std::swap(state_->returned, now.returned);
  state_->size = now.size;
  if (!changed.empty()) state_->generation = generation;
  return changed;
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
         std::ranges::any_of(at->second.types,
                             [generation](const Entry& entry) {
                               return entry.generation > generation;
                             });
}

std::size_t ControlBook::size() const {
  const std::shared_lock lock(state_->mutex);
  return state_->size;
}

}  // namespace taster::control
