// SPDX-License-Identifier: Apache-2.0
#include "collector/store/field_reader.h"

#include "fmt/format.h"

namespace taster::store {
namespace {

template <typename T, typename Convert>
std::vector<T> ReadArray(const pqxx::field& field, Convert convert) {
  std::vector<T> values;
  pqxx::array_parser parser(field.c_str());
  while (true) {
    const auto [juncture, text] = parser.get_next();
    if (juncture == pqxx::array_parser::done) return values;
    if (juncture == pqxx::array_parser::string_value) {
      values.push_back(convert(text));
    }
  }
}

net::IpAddress ToAddress(const std::string& text) {
  const std::optional<net::IpAddress> address = net::IpAddress::Parse(text);
  if (!address) throw pqxx::conversion_error("not an address");
  return *address;
}

int DigitValue(char digit) {
  return digit >= 'a' ? digit - 'a' + 10 : digit - '0';
}

}  // namespace

std::string ReadBytes(const pqxx::field& field) {
  return pqxx::binarystring(field).str();
}

net::IpAddress ReadAddress(const pqxx::field& field) {
  return ToAddress(field.c_str());
}

std::vector<net::IpAddress> ReadAddresses(const pqxx::field& field) {
  return ReadArray<net::IpAddress>(field, ToAddress);
}

std::vector<std::string> ReadTexts(const pqxx::field& field) {
  return ReadArray<std::string>(field,
                                [](const std::string& text) { return text; });
}

envelope::BatchId ReadBatchId(const pqxx::field& field) {
  envelope::BatchId id;
  std::size_t digits = 0;
  for (const char* at = field.c_str(); *at != '\0'; ++at) {
    if (*at == '-' || digits == 32) continue;
    std::uint8_t& byte = id.bytes[digits++ / 2];
    byte = static_cast<std::uint8_t>(byte << 4 | DigitValue(*at));
  }
  return id;
}

Time ReadTime(const pqxx::field& field) {
  return Time(std::chrono::microseconds(field.as<std::int64_t>()));
}

std::chrono::microseconds ReadInterval(const pqxx::field& field) {
  return std::chrono::microseconds(field.as<std::int64_t>());
}

std::optional<std::chrono::sys_days> ReadDay(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return std::chrono::sys_days(std::chrono::days(field.as<int>()));
}

std::string TextArray(const std::vector<std::string>& values) {
  std::string array = "{";
  for (const std::string& value : values) {
    if (array.size() > 1) array += ',';
    array += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') array += '\\';
      array += c;
    }
    array += '"';
  }
  return array + "}";
}

std::string UuidText(const envelope::BatchId& id) {
  std::string text;
  for (const std::uint8_t byte : id.bytes) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace taster::store
