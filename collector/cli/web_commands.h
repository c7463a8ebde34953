// SPDX-License-Identifier: Apache-2.0
// Commands that show what is published: over HTTP, or as files.
#pragma once

#include <filesystem>
#include <string>

#include "collector/cli/log.h"
#include "collector/cli/settings.h"

namespace taster::cli {

struct WebOptions {
  std::string http;            // "127.0.0.1:8080"; empty: not over HTTP.
  bool any_address = false;    // Also an address that others reach.
  std::filesystem::path site;  // The built pages; empty: only data.
  std::string public_url;      // As serve::WebOptions::public_url.
  LogFormat log_format = LogFormat::kLogfmt;
};

// The interface alone, beside a database that others fill.
int Web(const Settings& settings, const WebOptions& options);

struct PublishOptions {
  std::filesystem::path directory;
  std::filesystem::path site;
  std::string public_url;
  bool check_floor = false;  // Refuse a floor below 5.
};
int Publish(const Settings& settings, const PublishOptions& options);

}  // namespace taster::cli
