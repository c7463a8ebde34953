// SPDX-License-Identifier: Apache-2.0
#include "probe/study/experiments.h"

#include <algorithm>
#include <array>

#include "proto/dns/constants.h"

namespace taster::study {
namespace {

constexpr int kTries = 3;
constexpr int kIpTtlTries = 4;
// A lost answer must not look like the longest name.
constexpr int kLengthTries = 2;

constexpr std::array kTypes = {dns::kTypeA,  dns::kTypeAaaa, dns::kTypeHttps,
                               dns::kTypeNs, dns::kTypeSoa,  dns::kTypeTxt};

void Repeat(const Experiment& experiment, int times,
            std::vector<Experiment>* into) {
  into->insert(into->end(), static_cast<std::size_t>(times), experiment);
}

void AddFlags(const StudyNames& names, std::vector<Experiment>* into) {
  for (int bits = 0; bits < 8; ++bits) {
    Experiment experiment = WalkStep(names, Part::kFlags);
    experiment.shape.recursion_desired = (bits & 1) == 0;
    experiment.shape.checking_disabled = (bits & 2) != 0;
    experiment.shape.edns = (bits & 4) == 0;
    experiment.shape.dnssec_ok = experiment.shape.edns;
    Repeat(experiment, kTries, into);
  }
}

void AddTypes(const StudyNames& names, std::vector<Experiment>* into) {
  for (const auto type : kTypes) {
    Experiment experiment = WalkStep(names, Part::kType);
    experiment.shape.qtype = type;
    Repeat(experiment, kTries, into);
  }
}

void AddIpTtls(const StudyNames& names, std::vector<Experiment>* into) {
  for (int i = 0; i < 2 * kIpTtlTries; ++i) {
    Experiment experiment = WalkStep(names, Part::kIpTtl);
    experiment.ip_ttl = static_cast<std::uint8_t>(
        i % 2 == 0 ? kLowIpTtl : kLowIpTtl + kIpTtlStep);
    into->push_back(experiment);
  }
}

void AddLengths(const StudyNames& names, std::vector<Experiment>* into) {
  for (auto bytes = names.name.wire().size(); bytes <= dns::Name::kMaxBytes;
       ++bytes) {
    const auto longer = Lengthen(names.name, bytes);
    if (!longer) continue;
    Experiment experiment = WalkStep(names, Part::kLength);
    experiment.qname = *longer;
    Repeat(experiment, kLengthTries, into);
  }
}

}  // namespace

std::vector<Experiment> ListExperiments(const StudyNames& names) {
  std::vector<Experiment> all;
  Experiment control = WalkStep(names, Part::kControl);
  control.qname = names.control_name;
  Repeat(control, kTries, &all);
  AddFlags(names, &all);
  AddTypes(names, &all);
  AddIpTtls(names, &all);
  AddLengths(names, &all);
  return all;
}

Experiment WalkStep(const StudyNames& names, Part part) {
  Experiment experiment;
  experiment.part = part;
  experiment.qname = names.name;
  experiment.shape.qtype = names.qtype;
  return experiment;
}

std::optional<dns::Name> Lengthen(const dns::Name& name, std::size_t bytes) {
  const auto own = name.wire();
  if (bytes < own.size() || bytes > dns::Name::kMaxBytes) return {};
  std::size_t left = bytes - own.size();
  if (left == 1) return {};
  std::vector<std::uint8_t> wire;
  while (left > 0) {
    std::size_t label = std::min(left - 1, dns::Name::kMaxLabelBytes);
    if (left - 1 - label == 1) --label;  // One byte is no label.
    wire.push_back(static_cast<std::uint8_t>(label));
    wire.insert(wire.end(), label, 'a');
    left -= 1 + label;
  }
  wire.insert(wire.end(), own.begin(), own.end());
  return dns::Name::FromWire(wire);
}

}  // namespace taster::study
