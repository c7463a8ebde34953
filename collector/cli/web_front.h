// SPDX-License-Identifier: Apache-2.0
// The HTTP interface over one database, as the commands `serve` and `web`
// start it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collector/cli/database.h"
#include "collector/cli/web_commands.h"
#include "collector/serve/http_server.h"
#include "collector/serve/web.h"
#include "collector/store/reader_pool.h"

namespace taster::cli {

// Answers from construction to destruction.
class WebFront {
 public:
  // `connection` is taster_reader's. InvalidArgument for an address that is
  // not one, or not of this machine without `any_address`.
  static absl::StatusOr<std::unique_ptr<WebFront>> Start(
      const std::string& connection, const WebOptions& options);

  std::uint16_t port() const { return server_->port(); }

 private:
  WebFront() = default;

  std::unique_ptr<store::ReaderPool> pool_;
  std::unique_ptr<serve::Web> web_;
  std::unique_ptr<serve::HttpServer> server_;  // Last: it uses the others.
};

// What `serve` wants of it: `front` stays nullptr when options.http is empty.
absl::Status StartWeb(const Database& database, const WebOptions& options,
                      std::unique_ptr<WebFront>* front);

}  // namespace taster::cli
