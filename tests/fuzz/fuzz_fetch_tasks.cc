// SPDX-License-Identifier: Apache-2.0
// Any bytes as a FetchTasksRequest, as a collector reads it, and as a Lease, as
// a control reads it: what is admitted keeps the plan's limits.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "probe/plan/address_policy.h"
#include "probe/plan/task.h"
#include "proto/envelope/lease.h"

namespace taster::plan {
namespace {

PlanOptions Control() {
  PlanOptions options;
  options.profile = Profile::kControl;
  options.control_name = *dns::Name::Parse("example.org");
  options.types = {1};
  options.resolvers = {*net::Endpoint::Parse("8.8.8.8", 53)};
  return options;
}

void Check(const PlanOptions& options, const Task& task) {
  Rng rng(1);
  const auto set = ExpandTask(options, task, 0, rng);
  if (set.questions.size() > kMaxSetQuestions) std::abort();
  for (const auto& question : set.questions) {
    const auto& subnet = question.shape.client_subnet;
    if (subnet && (IsReserved(subnet->address) || subnet->length > 56)) {
      std::abort();
    }
    const auto type = question.shape.qtype;
    const bool known = type == 1 || type == 28 || type == 65;
    if (!known || question.server != options.resolvers.front()) std::abort();
    if (!dns::QueryTemplate::Build(question.shape).ok()) std::abort();
  }
}

void ReadLease(const v1::Lease& lease) {
  const PlanOptions options = Control();
  for (const v1::Task& task : lease.tasks()) {
    if (const auto admitted = AdmitTask(options, task)) {
      Check(options, *admitted);
    }
  }
}

}  // namespace
}  // namespace taster::plan

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace taster;
  envelope::Initialise();
  google::protobuf::SetLogHandler(nullptr);
  v1::FetchTasksRequest request;
  if (request.ParseFromArray(data, static_cast<int>(size))) {
    const auto query = envelope::VerifyTaskQuery(request);
    if (query.ok() && query->lease_id().size() != envelope::kLeaseIdBytes) {
      std::abort();
    }
    // A relay that sends the query back as if it were the answer.
    v1::FetchTasksResponse response;
    response.set_lease(request.query());
    response.set_signature(request.signature());
    if (envelope::VerifyLease({}, request, response).ok()) std::abort();
  }
  v1::Lease lease;
  if (lease.ParseFromArray(data, static_cast<int>(size))) {
    plan::ReadLease(lease);
  }
  return 0;
}
