// SPDX-License-Identifier: Apache-2.0
// `taster-collector publish`: what the interface answers, as files.

#include "collector/serve/publish.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "collector/cli/exit_code.h"
#include "collector/cli/web_commands.h"
#include "collector/serve/site.h"
#include "collector/store/reader_pool.h"

namespace taster::cli {

int Publish(const Settings& settings, const PublishOptions& options) {
  const auto connection = ConnectionFor(settings, "taster_reader");
  if (!connection.ok()) return Fail(connection.status());
  // Whole lists are read at once here; nobody waits for them.
  store::ReaderPool pool({.connection = *connection,
                          .size = 1,
                          .timeout = std::chrono::minutes(2)});
  const auto begun = std::chrono::steady_clock::now();
  serve::PublishEdges edges{.pool = &pool,
                            .site = nullptr,
                            .public_url = options.public_url,
                            .check_floor = options.check_floor,
                            .on_progress = [begun](const std::string& line) {
                              const std::chrono::duration<double> since =
                                  std::chrono::steady_clock::now() - begun;
                              std::fprintf(stderr, "%6.1f s  %s\n",
                                           since.count(), line.c_str());
                            }};
  if (!options.site.empty()) {
    auto site = serve::Site::Load(options.site);
    if (!site.ok()) return Fail(site.status());
    edges.site = std::make_shared<const serve::Site>(*std::move(site));
  }
  const auto tally = serve::Publish(options.directory, edges);
  if (!tally.ok()) return Fail(tally.status());
  std::fprintf(stderr, "%zu files written, %zu unchanged, %zu removed\n",
               tally->written, tally->unchanged, tally->removed);
  return kOk;
}

}  // namespace taster::cli
