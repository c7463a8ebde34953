// SPDX-License-Identifier: Apache-2.0
// Puts what several sockets took into the order in which it arrived.
#pragma once

#include "probe/record/fit_set.h"

namespace taster::record {

// The members of a reuseport group are read one after the other, so replies of
// one pass may be told out of order; the kernel's stamps know better. Sorts
// the responses by arrival offset, keeps those of equal offset as they are, and
// moves what refers to them along.
void PutInOrderOfArrival(Kept* kept);

}  // namespace taster::record
