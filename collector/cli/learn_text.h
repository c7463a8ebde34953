// SPDX-License-Identifier: Apache-2.0
// What was learned, for people and for programs.
#pragma once

#include <string>

#include "collector/store/learned_store.h"

namespace taster::cli {

// Pools with their size, shared addresses, and the victims that most names
// point at. Says so when there is nothing.
std::string LearnTable(const store::LearnedRows& rows);

// One JSON object, "taster-learned/1": everything, with its witnesses.
std::string LearnJson(const store::LearnedRows& rows);

}  // namespace taster::cli
