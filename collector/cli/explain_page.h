// SPDX-License-Identifier: Apache-2.0
// One measurement as a page to read, or as JSON.
#pragma once

#include <string>

#include "collector/cli/measurement_id.h"
#include "collector/judge/case.h"
#include "collector/reference/networks.h"
#include "collector/store/measurement_reader.h"

namespace taster::cli {

// References outlive the value.
struct Explained {
  MeasurementId id;
  const store::ExplainedMeasurement& stored;
  // The whole set as it would be judged today.
  const judge::Case& set;
  const reference::Networks& networks;
};

// What was asked, what came and what follows, in sentences, by the rules of
// today.
std::string StoryOf(const Explained& explained);

// The story; the verdict as it was stored; each reply with its headers, every
// rule's finding of today, the decoded message and its bytes.
std::string ExplainPage(const Explained& explained);

// The same facts: one JSON object with "format": "taster-explain/1".
std::string ExplainJson(const Explained& explained);

}  // namespace taster::cli
