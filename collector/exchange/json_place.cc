// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/json_place.h"

#include <cmath>

#include "absl/strings/escaping.h"

namespace taster::exchange {

void Complaint::Add(const std::string& path, std::string_view what) {
  if (!ok()) return;
  what_ = path.empty() ? std::string(what) : path + ": " + std::string(what);
}

Place Place::Member(const char* key) const {
  std::string path = path_.empty() ? key : path_ + '.' + key;
  const Json* member = nullptr;
  if (!absent()) {
    if (!value_->is_object()) {
      Refuse("not an object");
    } else if (const auto found = value_->find(key); found != value_->end()) {
      member = &*found;
    }
  }
  return {member, std::move(path), complaint_};
}

std::size_t Place::Size() const {
  if (absent()) return 0;
  if (!value_->is_array()) {
    Refuse("not a list");
    return 0;
  }
  return value_->size();
}

Place Place::At(std::size_t index) const {
  return {&(*value_)[index], path_ + '[' + std::to_string(index) + ']',
          complaint_};
}

std::optional<std::string_view> Place::Text() const {
  if (absent()) return {};
  if (!value_->is_string()) {
    Refuse("not text");
    return {};
  }
  return *value_->get_ptr<const std::string*>();
}

std::optional<double> Place::Number() const {
  if (absent()) return {};
  if (!value_->is_number()) {
    Refuse("not a number");
    return {};
  }
  return value_->get<double>();
}

std::optional<std::int64_t> Place::Integer(std::int64_t least,
                                           std::int64_t most) const {
  const std::optional<double> number = Number();
  if (!number) return {};
  // Beyond 2^53 a double is not exact; nothing here is as large.
  if (*number != std::floor(*number) || std::abs(*number) > 0x1p53) {
    Refuse("not a whole number");
    return {};
  }
  const auto whole = static_cast<std::int64_t>(*number);
  if (whole < least || whole > most) {
    Refuse("out of range");
    return {};
  }
  return whole;
}

std::optional<bool> Place::Flag() const {
  if (absent()) return {};
  if (!value_->is_boolean()) {
    Refuse("neither true nor false");
    return {};
  }
  return value_->get<bool>();
}

std::optional<std::string> Place::Bytes() const {
  const auto text = Text();
  if (!text) return {};
  std::string bytes;
  if (!absl::Base64Unescape(std::string(*text), &bytes)) {
    Refuse("not base64");
    return {};
  }
  return bytes;
}

std::string ToBase64(const std::string& bytes) {
  return absl::Base64Escape(bytes);
}

}  // namespace taster::exchange
