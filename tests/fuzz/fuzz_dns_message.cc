// SPDX-License-Identifier: Apache-2.0
// Any bytes as a DNS message: read, shown, dumped.
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "proto/dns/presentation.h"
#include "tests/unit/proto/dns/read_all.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster::dns;
  const std::span message(data, size);
  const ReadCounts read = ReadAll(message);
  const std::string text = MessageToText(message);
  for (const char c : text) {
    if (c != '\n' && c != '\t' && (c < 0x20 || c > 0x7e)) std::abort();
  }
  const bool said = text.find(";; malformed: ") != std::string::npos;
  if (read.defect != Defect::kNone && !said) std::abort();
  if (HexDump(message).empty() != message.empty()) std::abort();
  return 0;
}
