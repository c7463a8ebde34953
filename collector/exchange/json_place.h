// SPDX-License-Identifier: Apache-2.0
// Reads fields out of JSON of any shape and says where it is not as agreed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "collector/exchange/json_text.h"

namespace taster::exchange {

// The first thing that was not as agreed, if any.
class Complaint {
 public:
  bool ok() const { return what_.empty(); }
  // "test_keys.queries[3].t0: not a number".
  const std::string& what() const { return what_; }
  // Keeps the first only.
  void Add(const std::string& path, std::string_view what);

 private:
  std::string what_;
};

// A place in a JSON document, which must outlive it, as must the complaint.
// A place that is not there and one that holds null are both absent, and so
// is everything below them: asking gives nullopt and is no complaint. Asking
// for another type than the one that is there complains and gives nullopt.
class Place {
 public:
  Place(const Json* value, std::string path, Complaint* complaint)
      : value_(value), path_(std::move(path)), complaint_(complaint) {}

  bool absent() const { return value_ == nullptr || value_->is_null(); }
  bool is_array() const { return value_ != nullptr && value_->is_array(); }

  // Of an object. `key` is a word of ours, never of the file.
  Place Member(const char* key) const;
  // Of an array; 0 elements when absent.
  std::size_t Size() const;
  Place At(std::size_t index) const;

  // Valid as long as the document.
  std::optional<std::string_view> Text() const;
  std::optional<double> Number() const;
  // A number without fraction, within [least, most].
  std::optional<std::int64_t> Integer(std::int64_t least,
                                      std::int64_t most) const;
  std::optional<bool> Flag() const;
  // Base64 text as bytes.
  std::optional<std::string> Bytes() const;

  // Complains about this place.
  void Refuse(std::string_view what) const { complaint_->Add(path_, what); }
  bool ok() const { return complaint_->ok(); }
  // The value itself, for who hands it on; nullptr when not there.
  const Json* value() const { return value_; }

 private:
  const Json* value_;
  std::string path_;
  Complaint* complaint_;
};

// Standard base64 with padding (RFC 4648 section 4).
std::string ToBase64(const std::string& bytes);

}  // namespace taster::exchange
