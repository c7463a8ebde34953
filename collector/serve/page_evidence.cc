// SPDX-License-Identifier: Apache-2.0
// One published measurement, packet by packet, with the rules that fired.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kReplies = R"sql(
SELECT <evidence_reply> FROM pub.evidence_reply
WHERE witness = @1
ORDER BY reply
)sql";

constexpr std::string_view kFindings = R"sql(
SELECT <evidence_finding> FROM pub.evidence_finding
WHERE witness = @1
ORDER BY reply, rule_id, subject
)sql";

constexpr Section kSections[] = {
    {"evidence", "SELECT <evidence> FROM pub.evidence WHERE witness = @1"},
    {"replies", kReplies},
    {"findings", kFindings},
    {"rules", ""},
};

}  // namespace

std::span<const Section> EvidenceSections() { return kSections; }

}  // namespace taster::serve
