// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/learn/scene.h"

#include <algorithm>

namespace taster::learn {

net::IpAddress Address(const std::string& text) {
  return *net::IpAddress::Parse(text);
}

std::chrono::sys_days Day(int day) {
  return std::chrono::sys_days(std::chrono::January / day / 2015);
}

Scene::Scene() {
  std::vector<judge::PrefixTable::Entry> entries;
  for (std::uint32_t n = 0; n < 200; ++n) {
    entries.push_back(
        {*net::IpPrefix::Parse("44." + std::to_string(n) + ".0.0/16"),
         64500 + n});
  }
  origin_as_ = judge::PrefixTable::Build(std::move(entries));
}

void Scene::True(const std::string& qname,
                 const std::vector<std::string>& all) {
  judge::Control& control = controls_[qname];
  control.vantages = 1;
  for (const std::string& text : all) {
    control.addresses.push_back(Address(text));
    if (const auto as = origin_as_.Find(Address(text))) {
      control.origin_as.push_back(*as);
    }
  }
  std::ranges::sort(control.addresses);
  std::ranges::sort(control.origin_as);
}

void Scene::Saw(const std::string& qname, const std::string& address, int day) {
  sightings_.Add(qname, Address(address), Day(day));
}

Truth Scene::truth() const {
  return {
      .control = [this](const std::string& qname) -> const judge::Control* {
        const auto at = controls_.find(qname);
        return at == controls_.end() ? nullptr : &at->second;
      },
      .returned_for =
          [this](const net::IpAddress& address) {
            return static_cast<std::uint32_t>(
                std::ranges::count_if(controls_, [&](const auto& entry) {
                  return std::ranges::binary_search(entry.second.addresses,
                                                    address);
                }));
          },
      .registrable =
          [](const std::string& qname) {
            return qname.substr(qname.find('.') + 1);
          },
      .origin_as = &origin_as_,
  };
}

std::string PoisonedName(int number) {
  const std::string text = std::to_string(number);
  return "name" + text + ".example" + text + ".";
}

void Poison(Scene* scene, int names, const std::vector<std::string>& addresses,
            int each) {
  for (int i = 0; i < names; ++i) {
    scene->True(PoisonedName(i), {"44." + std::to_string(i) + ".0.1"});
    for (int k = 0; k < each; ++k) {
      const auto at = static_cast<std::size_t>(i * 7 + k * 5);
      scene->Saw(PoisonedName(i), addresses[at % addresses.size()]);
    }
  }
}

}  // namespace taster::learn
