// SPDX-License-Identifier: Apache-2.0
#include "collector/control/proof_book.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "collector/control/dnssec/proof.h"

namespace taster::control {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr auto kSecure = static_cast<std::uint8_t>(dnssec::Result::kSecure);

sys_days DayOf(store::Time time) { return std::chrono::floor<days>(time); }

}  // namespace

bool ProofBook::Learn(const store::ProofRow& row) {
  if (row.result != kSecure || !row.validity) return false;
  Days added{DayOf(row.validity->from), DayOf(row.validity->until)};
  const std::unique_lock lock(mutex_);
  std::vector<Proved>& types = names_[row.qname];
  auto at = std::ranges::find(types, row.qtype, &Proved::qtype);
  if (at == types.end()) at = types.insert(at, {.qtype = row.qtype});
  for (const Days& known : at->days) {
    if (known.first <= added.first && added.last <= known.last) return false;
  }
  // What touches it becomes one with it.
  std::erase_if(at->days, [&](const Days& known) {
    const bool apart = known.last + days(1) < added.first ||
                       added.last + days(1) < known.first;
    if (apart) return false;
    added.first = std::min(added.first, known.first);
    added.last = std::max(added.last, known.last);
    return true;
  });
  at->days.insert(
      std::ranges::lower_bound(at->days, added.first, {}, &Days::first), added);
  return true;
}

std::shared_ptr<const judge::Control> ProofBook::Authenticate(
    const std::string& qname, std::uint16_t qtype, sys_days day,
    std::shared_ptr<const judge::Control> control) const {
  if (control == nullptr || control->authenticated) return control;
  const auto find = [&]() -> Proved* {
    const auto name = names_.find(qname);
    if (name == names_.end()) return nullptr;
    const auto at = std::ranges::find(name->second, qtype, &Proved::qtype);
    if (at == name->second.end()) return nullptr;
    const bool proved = std::ranges::any_of(at->days, [day](const Days& known) {
      return known.first <= day && day <= known.last;
    });
    return proved ? &*at : nullptr;
  };
  {
    const std::shared_lock lock(mutex_);
    const Proved* proved = find();
    if (proved == nullptr) return control;
    if (proved->plain == control) return proved->authenticated;
  }
  auto copy = std::make_shared<judge::Control>(*control);
  copy->authenticated = true;
  const std::unique_lock lock(mutex_);
  if (Proved* proved = find()) {
    proved->plain = std::move(control);
    proved->authenticated = copy;
  }
  return copy;
}

std::size_t ProofBook::size() const {
  const std::shared_lock lock(mutex_);
  std::size_t size = 0;
  for (const auto& [name, types] : names_) size += types.size();
  return size;
}

}  // namespace taster::control
