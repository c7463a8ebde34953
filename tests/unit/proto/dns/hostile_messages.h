// SPDX-License-Identifier: Apache-2.0
// Generates messages of every class that a hostile sender may try.
//
// Classes are named after what is wrong with them, or odd about them: many
// are well formed and must be read. Deterministic, so that seeds made from
// them can be compared with what is checked in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/dns/message_reader.h"

namespace taster::dns {

struct HostileMessage {
  // Unique; [a-z0-9_].
  std::string name;
  std::vector<std::uint8_t> bytes;
  // What a MessageReader must say once it has read all that it can.
  Defect defect = Defect::kNone;
  // How many questions and records it must give before.
  int questions = 0;
  int records = 0;
};

// All of the below.
std::vector<HostileMessage> MakeHostileMessages();

// Lengths, counts, flags.
std::vector<HostileMessage> MakeHostileHeaders();
// Labels, lengths, octets.
std::vector<HostileMessage> MakeHostileNames();
// Compression pointers.
std::vector<HostileMessage> MakeHostilePointers();
// Record heads, RDLENGTH, TTL, aliases, signatures.
std::vector<HostileMessage> MakeHostileRecords();
// OPT and SVCB records, whose RDATA have a structure of their own.
std::vector<HostileMessage> MakeHostileOptions();

}  // namespace taster::dns
