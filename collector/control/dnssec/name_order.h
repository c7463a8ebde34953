// SPDX-License-Identifier: Apache-2.0
// Names as trees of labels: ancestors, wildcards, and the order of a zone.
#pragma once

#include "proto/dns/name.h"

namespace taster::control::dnssec {

// Labels without the root's; 0 for the root.
int CountLabels(const dns::Name& name);

// The name's last `labels` labels. REQUIRES: 0 <= labels <= CountLabels(name).
dns::Name Ancestor(const dns::Name& name, int labels);

// "*." before `parent`; `parent` itself where that would be too long to exist.
dns::Name WildcardUnder(const dns::Name& parent);

// How many labels both end with.
int SharedLabels(const dns::Name& left, const dns::Name& right);

// Canonical order (RFC 4034 section 6.1): by labels from the last one on, as
// octets, letter case ignored. Less than 0: `left` comes first.
int CompareCanonically(const dns::Name& left, const dns::Name& right);

}  // namespace taster::control::dnssec
