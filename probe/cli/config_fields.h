// SPDX-License-Identifier: Apache-2.0
// Takes typed values out of a configuration; what is left over is an error.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "probe/cli/toml_values.h"

namespace taster::cli {

// Every Take leaves `*into` alone when the key is absent. Problems are
// collected; Finish tells the first by line.
class ConfigFields {
 public:
  explicit ConfigFields(TomlValues values) : values_(std::move(values)) {}

  bool Has(const std::string& key) const { return values_.contains(key); }
  void Require(const std::string& key);
  void Take(const std::string& key, std::string* into);
  void Take(const std::string& key, bool* into);
  void Take(const std::string& key, double* into);
  void Take(const std::string& key, std::vector<std::string>* into);
  void Take(const std::string& key, std::vector<std::int64_t>* into);
  // A whole number between `least` and `most`.
  void Take(const std::string& key, std::uint64_t* into, std::uint64_t least,
            std::uint64_t most);

  // The value of `key` will not do.
  void Blame(const std::string& key, const std::string& why);

  // 0 when the key is absent.
  unsigned LineOf(const std::string& key) const;

  // OK when nothing was blamed and every key in the file was taken; tables
  // count as taken when `tables` has them. InvalidArgument with "line N: ..."
  // otherwise, with the key that was probably meant.
  absl::Status Finish(const std::set<std::string>& tables) const;

 private:
  template <typename T>
  const T* Find(const std::string& key, const char* kind);

  TomlValues values_;
  std::set<std::string> taken_;
  std::multimap<unsigned, std::string> problems_;  // By line.
};

}  // namespace taster::cli
