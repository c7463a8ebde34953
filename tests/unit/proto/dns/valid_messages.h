// SPDX-License-Identifier: Apache-2.0
// Well-formed messages of the kinds that are seen in the wild.
#pragma once

#include <cstdint>
#include <vector>

namespace taster::dns {

// Every one is read without defect here and accepted by ldns. Deterministic.
std::vector<std::vector<std::uint8_t>> MakeValidMessages();

}  // namespace taster::dns
