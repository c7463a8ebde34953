// SPDX-License-Identifier: Apache-2.0
// The ladder for programs.
#include <fmt/format.h>

#include "probe/cli/ladder.h"
#include "probe/cli/terminal_text.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

std::string SideJson(const LadderSide& side) {
  std::string replies;
  for (const auto& reply : side.replies) {
    replies += fmt::format(
        "{}{{\"ip_ttl\":{},\"offset_us\":{}}}", replies.empty() ? "" : ",",
        reply.ip_ttl ? std::to_string(*reply.ip_ttl) : "null",
        reply.offset.count());
  }
  return fmt::format("{{\"asked\":{},\"answered\":{},\"replies\":[{}]}}",
                     side.asked, side.answered, replies);
}

std::string StepJson(int ttl, const LadderStep& step) {
  std::string routers;
  for (const auto& router : step.routers) {
    routers += (routers.empty() ? "" : ",") + JsonText(router.ToString());
  }
  return fmt::format(
      "{{\"ip_ttl\":{},\"routers\":[{}],\"withheld\":{},\"target\":{},"
      "\"control_name\":{}}}",
      ttl, routers, step.withheld, SideJson(step.target),
      SideJson(step.control));
}

}  // namespace

std::string LadderJson(const Ladder& ladder) {
  const auto& what = ladder.what;
  std::string steps;
  for (const auto& [ttl, step] : ladder.steps) {
    steps += (steps.empty() ? "" : ",") + StepJson(ttl, step);
  }
  return fmt::format(
      "{{\"qname\":{},\"control_name\":{},\"qtype\":\"{}\",\"server\":\"{}\","
      "\"source_port\":{},\"steps\":[{}]}}",
      JsonText(what.name.ToText()), JsonText(what.control_name.ToText()),
      dns::TypeToText(what.qtype), what.server.ToString(), ladder.source_port,
      steps);
}

}  // namespace taster::cli
