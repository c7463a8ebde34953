// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/task_seeds.h"

#include "proto/envelope/lease.h"

namespace taster::envelope {
namespace {

v1::Task MakeTask() {
  v1::Task task;
  task.set_qname(std::string("\3www\7example\3com\0", 17));
  task.add_qtypes(1);
  task.add_qtypes(28);
  auto* subnet = task.add_client_subnets();
  subnet->set_address("\x08\x08\x08\0", 4);
  subnet->set_prefix_length(24);
  task.add_check_addresses("\x01\x02\x03\x04");
  return task;
}

}  // namespace

void AddTaskSeeds(std::map<std::string, std::string>* seeds) {
  const auto add = [&](const char* name, const auto& message) {
    (*seeds)[std::string("fuzz_fetch_tasks/") + name] =
        message.SerializeAsString();
  };
  const auto key = SigningKey::FromSeed({7});
  v1::TaskQuery query;
  query.set_lease_id("0123456789abcdef");
  query.mutable_request_time()->set_seconds(1'795'176'000);
  query.set_max_tasks(100);
  query.mutable_wait()->set_seconds(10);
  auto request = SignTaskQuery(key, query);
  add("signed", request);
  request.mutable_query()->back() ^= 1;
  add("query_changed", request);
  request.mutable_vantage_key()->pop_back();
  add("short_key", request);
  query.set_lease_id("short");
  add("short_id", SignTaskQuery(key, query));

  v1::Lease lease;
  lease.mutable_lifetime()->set_seconds(60);
  *lease.add_tasks() = MakeTask();
  add("lease", lease);
  v1::Task task = MakeTask();
  task.set_qname("\1a\xc0\1");
  *lease.add_tasks() = task;
  task = MakeTask();
  task.mutable_client_subnets(0)->set_prefix_length(33);
  *lease.add_tasks() = task;
  task = MakeTask();
  task.mutable_client_subnets(0)->set_address(std::string(16, '\x20'));
  task.mutable_client_subnets(0)->set_prefix_length(8);
  *lease.add_tasks() = task;
  task = MakeTask();
  task.set_qtypes(0, 0x10001);
  task.set_qtypes(1, 255);
  *lease.add_tasks() = task;
  add("lease_spoiled", lease);
}

}  // namespace taster::envelope
