// SPDX-License-Identifier: Apache-2.0
// Answers requests: views, page documents, feeds, pages. Knows nothing of
// sockets.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "collector/serve/document_cache.h"
#include "collector/serve/exchange.h"
#include "collector/serve/page.h"
#include "collector/serve/pub_state.h"
#include "collector/serve/query_string.h"
#include "collector/serve/site.h"
#include "collector/store/reader_pool.h"
#include "proto/envelope/sign.h"

namespace taster::serve {

struct WebOptions {
  // Cursors are good as long as it stays the same.
  envelope::Secret secret{};
  std::shared_ptr<const Site> site{};  // nullptr: no pages, only data.
  // Where the root is reached from outside, such as "https://taster.example/";
  // feeds name themselves by it. Empty: by relative addresses.
  std::string public_url{};
  // What the database refused; called by several threads. May be empty.
  std::function<void(const absl::Status&)> on_failure{};
  std::size_t cache_bytes = std::size_t{32} << 20;
};

// Thread-safe.
class Web {
 public:
  // `pool` must outlive it.
  Web(store::ReaderPool* pool, WebOptions options);

  Answer Respond(const Request& request);

 private:
  Answer Route(const Request& request, const Target& target);
  Answer Failed(const absl::Status& status);
  Answer Health();
  Answer Ready();
  Answer Metrics();
  Answer Views(const Request& request);
  Answer OpenApi(const Request& request);
  Answer OneView(const Request& request, const Target& target,
                 std::string_view name);
  Answer Document(const Request& request, std::string_view path);
  Answer Feed(const Request& request, std::string_view path);
  Answer Page(const Request& request, const std::string& path);
  Answer NotFound(const std::string& path);

  store::ReaderPool& pool_;
  const WebOptions options_;
  PubState state_;
  DocumentCache cache_;
};

}  // namespace taster::serve
