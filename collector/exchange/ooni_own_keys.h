// SPDX-License-Identifier: Apache-2.0
// What OONI's format has no field for: our own keys beside OONI's.
//
// `x_taster_role` stands on a measurement, `x_taster_asked` on a query,
// `x_taster_reply` on every reply. README.md lists what they hold. Readers
// that do not know them lose nothing of what OONI's fields say.
#pragma once

#include "collector/exchange/json_place.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

using OrderedJson = nlohmann::ordered_json;

// `x_taster_asked`. Without the query's bytes it holds what they would tell.
OrderedJson WriteOwnAsked(const Record& record);

// Fills id, set, query and everything of `asked` but its replies. `record`
// has its qname from OONI's fields already.
void ReadOwnAsked(const Place& own, Record* record);

// `x_taster_reply`. `with_bytes`: what the message tells is left out.
OrderedJson WriteOwnReply(const judge::Observation& reply, bool with_bytes);

// Fills what WriteOwnReply writes. `with_bytes` as there.
void ReadOwnReply(const Place& own, bool with_bytes, judge::Observation* reply);

}  // namespace taster::exchange
