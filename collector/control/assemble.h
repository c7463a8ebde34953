// SPDX-License-Identifier: Apache-2.0
// From questions and replies to a case: adds what is known from elsewhere.
#pragma once

#include <chrono>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/judge/case.h"
#include "collector/judge/reference.h"
#include "collector/judge/verdict.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

// The case of one question set: each question with the control of its name and
// type, as the book has it now. `day` is the UTC day of measuring. `reference`
// must outlive the case.
judge::Case Assemble(std::vector<judge::Asked> asked, const ControlBook& book,
                     const judge::Reference& reference,
                     std::chrono::sys_days day);

// The same from stored bytes, which are dissected again. REQUIRES: at least one
// measurement.
judge::Case Assemble(const store::StoredSet& set, const ControlBook& book,
                     const judge::Reference& reference);

}  // namespace taster::control
