// SPDX-License-Identifier: Apache-2.0
// Reads and writes consent.json.
#include "probe/consent/consent.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "probe/consent/state_file.h"
#include "probe/consent/text.h"

namespace taster::consent {
namespace {

constexpr std::size_t kMaxBytes = 4096;

std::filesystem::path FileIn(const std::filesystem::path& state_dir) {
  return state_dir / "consent.json";
}

std::string TextOf(const google::protobuf::Struct& json, const char* key) {
  const auto found = json.fields().find(key);
  return found == json.fields().end() ? "" : found->second.string_value();
}

absl::Status Refuse(const std::string& why) {
  return absl::PermissionDeniedError(
      why +
      "; read `taster-probe consent show`, then `taster-probe consent "
      "accept`");
}

}  // namespace

absl::Status Accept(const std::filesystem::path& state_dir, int version,
                    std::chrono::sys_seconds now, Level level) {
  if (version != kTextVersion) {
    return absl::InvalidArgumentError(
        fmt::format("the text is version {}, not {}", kTextVersion, version));
  }
  return WriteStateFile(
      FileIn(state_dir),
      fmt::format(
          "{{\"version\":{},\"time\":\"{:%Y-%m-%dT%H:%M:%SZ}\","
          "\"language\":\"{}\",\"text_blake2b\":\"{}\","
          "\"checks\":{}}}\n",
          version, fmt::gmtime(std::chrono::system_clock::to_time_t(now)),
          kLanguage, envelope::ToHex(TextHash()), level == Level::kChecks));
}

absl::StatusOr<Consent> Read(const std::filesystem::path& state_dir) {
  const auto content = ReadStateFile(FileIn(state_dir), kMaxBytes);
  if (!content.ok()) return content.status();
  google::protobuf::Struct json;
  if (!google::protobuf::util::JsonStringToMessage(*content, &json).ok()) {
    return absl::FailedPreconditionError("consent.json is not JSON");
  }
  Consent consent;
  const auto version = json.fields().find("version");
  if (version != json.fields().end()) {
    const double number = version->second.number_value();
    if (number >= 1 && number <= 1e6)
      consent.version = static_cast<int>(number);
  }
  consent.time = TextOf(json, "time");
  consent.language = TextOf(json, "language");
  consent.text_blake2b = TextOf(json, "text_blake2b");
  const auto checks = json.fields().find("checks");
  if (checks != json.fields().end() && checks->second.bool_value()) {
    consent.level = Level::kChecks;
  }
  return consent;
}

absl::Status Check(const std::filesystem::path& state_dir, Level level) {
  const auto consent = Read(state_dir);
  if (absl::IsNotFound(consent.status())) {
    return Refuse("nobody has agreed to measure here");
  }
  if (!consent.ok()) return Refuse(std::string(consent.status().message()));
  if (consent->version != kTextVersion) {
    return Refuse("the text has changed since it was agreed to");
  }
  if (consent->text_blake2b != envelope::ToHex(TextHash())) {
    return Refuse("another text was agreed to");
  }
  if (level == Level::kChecks && consent->level != Level::kChecks) {
    return absl::PermissionDeniedError(
        "plan.checks: nobody has agreed to endpoint checks here; read "
        "`taster-probe consent show`, then `taster-probe consent accept "
        "--checks`, or take the key out");
  }
  return absl::OkStatus();
}

}  // namespace taster::consent
