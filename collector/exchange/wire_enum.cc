// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/wire_enum.h"

#include "taster/v1/measurement.pb.h"

namespace taster::exchange {
namespace {

// `Parse` is generated: false for a name that is unknown.
template <typename Wire, typename T>
void ReadAs(const Place& place, bool (*parse)(const std::string&, Wire*),
            T* to) {
  const auto text = place.Text();
  if (!text) return;
  Wire value{};
  // Zero is "unspecified" in every enum of the protocol.
  if (!parse(std::string(*text), &value) || value == 0) {
    place.Refuse("not a known word");
    return;
  }
  *to = static_cast<T>(value);
}

}  // namespace

std::string ToText(judge::QuestionRole value) {
  return v1::QuestionRole_Name(static_cast<v1::QuestionRole>(value));
}

std::string ToText(judge::ServerKind value) {
  return v1::ServerKind_Name(static_cast<v1::ServerKind>(value));
}

std::string ToText(judge::Transport value) {
  return v1::Transport_Name(static_cast<v1::Transport>(value));
}

std::string ToText(judge::Outcome value) {
  return v1::Outcome_Name(static_cast<v1::Outcome>(value));
}

void ReadEnum(const Place& place, judge::QuestionRole* to) {
  ReadAs<v1::QuestionRole>(
      place,
      [](const std::string& name, v1::QuestionRole* value) {
        return v1::QuestionRole_Parse(name, value);
      },
      to);
}

void ReadEnum(const Place& place, judge::ServerKind* to) {
  ReadAs<v1::ServerKind>(
      place,
      [](const std::string& name, v1::ServerKind* value) {
        return v1::ServerKind_Parse(name, value);
      },
      to);
}

void ReadEnum(const Place& place, judge::Transport* to) {
  ReadAs<v1::Transport>(
      place,
      [](const std::string& name, v1::Transport* value) {
        return v1::Transport_Parse(name, value);
      },
      to);
}

void ReadEnum(const Place& place, judge::Outcome* to) {
  ReadAs<v1::Outcome>(
      place,
      [](const std::string& name, v1::Outcome* value) {
        return v1::Outcome_Parse(name, value);
      },
      to);
}

}  // namespace taster::exchange
