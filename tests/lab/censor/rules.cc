// SPDX-License-Identifier: Apache-2.0
// Reads the rules file and the files that it names.
#include "tests/lab/censor/rules.h"

#include <arpa/inet.h>

#include <fstream>
#include <functional>
#include <sstream>

namespace taster::lab {
namespace {

using LineReader = std::function<absl::Status(std::istringstream&)>;

absl::Status Refuse(const std::string& what) {
  return absl::InvalidArgumentError(what);
}

// Calls `read` for each line that is neither empty nor a comment and adds
// file and line number to what it complains about.
absl::Status ForEachLine(const std::string& path, const LineReader& read) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError("cannot open " + path);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    if (const absl::Status status = read(fields); !status.ok()) {
      const std::string where = path + ":" + std::to_string(number) + ": ";
      return absl::Status(status.code(), where + std::string(status.message()));
    }
  }
  return absl::OkStatus();
}

template <typename Address>
absl::Status LoadPool(const std::string& path, std::vector<Address>& pool) {
  pool.clear();
  const int family = sizeof(Address) == 4 ? AF_INET : AF_INET6;
  const LineReader read = [&](std::istringstream& fields) {
    std::string text;
    fields >> text;
    Address address{};
    if (inet_pton(family, text.c_str(), address.data()) != 1) {
      return Refuse("not an address of this pool: " + text);
    }
    pool.push_back(address);
    return absl::OkStatus();
  };
  return ForEachLine(path, read);
}

absl::Status AddName(std::istringstream& fields, Rules& rules) {
  std::string name;
  std::string group_name;
  fields >> name >> group_name;
  const std::optional<Group> group = GroupNamed(group_name);
  if (!group) return Refuse("no such group: " + group_name);
  rules.blocklist.Add(name, *group);
  return absl::OkStatus();
}

absl::Status ReadPool(std::istringstream& fields, Pools& pools) {
  std::string name;
  std::string path;
  fields >> name >> path;
  if (name == "main_a") return LoadPool(path, pools.main_a);
  if (name == "main_aaaa") return LoadPool(path, pools.main_aaaa);
  if (name == "p20") return LoadPool(path, pools.p20);
  if (name == "legacy") return LoadPool(path, pools.legacy);
  if (name == "s10") return LoadPool(path, pools.s10);
  if (name == "gfw1") return LoadPool(path, pools.gfw1);
  return Refuse("no such pool: " + name);
}

absl::Status ReadStatic(std::istringstream& fields, Rules& rules) {
  StaticInjector injector;
  std::string a;
  std::string aaaa;
  fields >> injector.id >> a >> aaaa >> injector.rr_ttl;
  if (!fields || inet_pton(AF_INET, a.c_str(), injector.a.data()) != 1) {
    return Refuse("static: want an id, two addresses and a TTL");
  }
  if (aaaa != "-") {
    injector.aaaa.emplace();
    if (inet_pton(AF_INET6, aaaa.c_str(), injector.aaaa->data()) != 1) {
      return Refuse("static: not an IPv6 address: " + aaaa);
    }
  }
  for (std::string word; fields >> word;) {
    if (word == "a-for-aaaa") {
      injector.a_for_aaaa = true;
    } else if (word == "lower-case") {
      injector.lowers_case = true;
    } else if (int late = 0; word == "late" && fields >> late && late >= 0) {
      injector.late = std::chrono::milliseconds(late);
    } else {
      return Refuse("static: not understood: " + word);
    }
  }
  rules.static_injectors.push_back(std::move(injector));
  return absl::OkStatus();
}

absl::Status AddStaticName(std::istringstream& fields, Rules& rules) {
  std::string id;
  std::string name;
  fields >> id >> name;
  for (StaticInjector& injector : rules.static_injectors) {
    if (injector.id != id || name.empty()) continue;
    injector.names.push_back(name);
    return absl::OkStatus();
  }
  return Refuse("static-name: no such injector, or no name: " + id);
}

absl::Status ReadLine(std::istringstream& fields, Rules& rules) {
  std::string key;
  fields >> key;
  if (key == "pool") return ReadPool(fields, rules.pools);
  if (key == "name") return AddName(fields, rules);
  if (key == "static") return ReadStatic(fields, rules);
  if (key == "static-name") return AddStaticName(fields, rules);
  if (key == "processes") {
    fields >> rules.processes;
    return fields && rules.processes > 0 ? absl::OkStatus()
                                         : Refuse("processes: want 1 or more");
  }
  if (IsNetworkRule(key)) return ReadNetworkRule(key, fields, rules.network);
  std::string value;
  fields >> value;
  if (key == "names") {
    return ForEachLine(value, [&](std::istringstream& name_fields) {
      return AddName(name_fields, rules);
    });
  }
  if (key == "thin" && !value.empty()) {
    rules.thin_names.insert(value);
    return absl::OkStatus();
  }
  if (key == "inspect" && (value == "out" || value == "both")) {
    rules.inspects_inward = value == "both";
    return absl::OkStatus();
  }
  return Refuse("not understood: " + key + " " + value);
}

}  // namespace

absl::StatusOr<Rules> LoadRules(const std::string& path) {
  Rules rules;
  const absl::Status status = ForEachLine(
      path,
      [&](std::istringstream& fields) { return ReadLine(fields, rules); });
  if (!status.ok()) return status;
  const Pools& pools = rules.pools;
  if (pools.main_a.empty() || pools.main_aaaa.empty() || pools.p20.empty() ||
      pools.legacy.empty() || pools.s10.empty() || pools.gfw1.empty()) {
    return Refuse(path + ": all six pools must be given and hold addresses");
  }
  return rules;
}

}  // namespace taster::lab
