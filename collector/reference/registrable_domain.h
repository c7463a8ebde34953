// SPDX-License-Identifier: Apache-2.0
// The part of a name that somebody registered.
#pragma once

#include <string>

#include "proto/dns/name.h"

namespace taster::reference {

// The public suffix and one label more, by the Public Suffix List that libpsl
// was built with (both of its sections; a top-level domain that it does not
// know is a public suffix): "example.co.uk" of "www.example.co.uk". In lower
// case as Name::ToText writes it, with its escapes, but without the trailing
// dot. A public suffix, a single label and the root (".") give themselves.
std::string RegistrableDomain(const dns::Name& name);

// The same of a name as Name::ToText writes it; what is no name gives itself.
std::string RegistrableDomainOf(const std::string& qname);

}  // namespace taster::reference
