// SPDX-License-Identifier: Apache-2.0
// Every stage of judging as text, to be frozen and compared.
#pragma once

#include <string>

#include "collector/judge/case.h"
#include "collector/judge/verdict.h"

namespace taster::judge {

std::string RenderObservations(const Case& subject);
// What every rule said of every matching reply.
std::string RenderFindings(const Case& subject);
std::string RenderVerdict(const SetVerdict& verdict);
// The page about the first of the target's questions that has the set's class.
std::string RenderStory(const Case& subject);

}  // namespace taster::judge
