// SPDX-License-Identifier: Apache-2.0
// From questions and replies to a case: adds what is known from elsewhere.
#pragma once

#include <chrono>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/control/knowledge.h"
#include "collector/judge/case.h"
#include "collector/judge/reference.h"
#include "collector/judge/verdict.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

// What a case is held against. All of it must outlive the case.
struct Background {
  const ControlBook& book;
  const judge::Reference& reference;
  const NameContexts* contexts = nullptr;  // nullptr: nothing was learned.
};

// Where and when a set was measured.
struct Setting {
  judge::Network network;
  std::chrono::sys_days day;  // UTC.
};

// The case of one question set: each question with the control of its name and
// type, as the book has it now, and with what the network answered elsewhere.
judge::Case Assemble(std::vector<judge::Asked> asked,
                     const Background& background, const Setting& setting);

// The same from stored bytes, which are dissected again. REQUIRES: at least one
// measurement.
judge::Case Assemble(const store::StoredSet& set, const Background& background);

// What the stored bytes of one measurement say.
judge::Asked Redissect(const store::MeasurementRow& row);

// The UTC day of measuring. REQUIRES: at least one measurement.
std::chrono::sys_days DayOf(const store::StoredSet& set);

}  // namespace taster::control
