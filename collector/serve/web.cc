// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/web.h"

#include <utility>
#include <variant>

namespace taster::serve {
namespace {

constexpr std::string_view kApi = "/api/v1/";
constexpr std::string_view kData = "/data/v1/";
constexpr std::string_view kFeeds = "/feeds/";
constexpr std::string_view kShellAge = "public, max-age=60";
constexpr std::string_view kAssetAge = "public, max-age=31536000, immutable";

// "domain/example.com" of "/data/v1/domain/example.com.json".
std::optional<std::string_view> DocumentPath(std::string_view path) {
  constexpr std::string_view kEnd = ".json";
  path.remove_prefix(kData.size());
  if (!path.ends_with(kEnd)) return std::nullopt;
  path.remove_suffix(kEnd.size());
  return path;
}

// A page's address always ends in "/": relative addresses hang on it.
Answer MovedTo(std::string_view path) {
  Answer answer;
  answer.status = 308;
  answer.cache_control = kShellAge;
  answer.headers.emplace_back("Location", PercentEncoded(path));
  return answer;
}

}  // namespace

Web::Web(store::ReaderPool* pool, WebOptions options)
    : pool_(*pool),
      options_(std::move(options)),
      state_(pool),
      cache_(options_.cache_bytes) {}

Answer Web::Respond(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    return ProblemAnswer(WrongMethod());
  }
  if (request.has_body) {
    return ProblemAnswer(BadRequest("A GET has no body."));
  }
  const auto target = ReadTarget(request.target);
  if (const auto* problem = std::get_if<Problem>(&target)) {
    return ProblemAnswer(*problem);
  }
  return Conditional(request, Route(request, std::get<Target>(target)));
}

Answer Web::Route(const Request& request, const Target& target) {
  const std::string_view path = target.path;
  if (path == "/healthz") return Health();
  if (path == "/readyz") return Ready();
  if (path == "/metrics") return Metrics();
  if (path == kApi) return Views(request);
  if (path == "/api/v1/openapi.json") return OpenApi(request);
  if (path.starts_with(kApi)) {
    return OneView(request, target, path.substr(kApi.size()));
  }
  if (path.starts_with(kData)) {
    const auto document = DocumentPath(path);
    return document ? Document(request, *document)
                    : ProblemAnswer(UnknownPage());
  }
  if (path.starts_with(kFeeds)) {
    return Feed(request, path.substr(kFeeds.size()));
  }
  return Page(request, target.path);
}

Answer Web::Page(const Request& request, const std::string& path) {
  if (path == "/api" || path == "/api/v1") return MovedTo(kApi);
  if (options_.site == nullptr) return NotFound(path);
  if (const SiteFile* file = options_.site->Find(path)) {
    Answer answer = MakeAnswer(file->type, file->content);
    answer.etag = file->etag;
    answer.cache_control = path.starts_with("/assets/") ? kAssetAge : kShellAge;
    return answer;
  }
  if (IsPageUrl(path)) {
    Answer answer =
        MakeAnswer("text/html; charset=utf-8", options_.site->Shell(path));
    answer.etag = EtagOf(*answer.body);
    answer.cache_control = kShellAge;
    return answer;
  }
  if (IsPageUrl(path + "/")) {
    Answer answer = MovedTo(path + "/");
    const std::size_t question = request.target.find('?');
    if (question != request.target.npos) {
      answer.headers.back().second += request.target.substr(question);
    }
    return answer;
  }
  return NotFound(path);
}

Answer Web::NotFound(const std::string& path) {
  if (options_.site == nullptr) return ProblemAnswer(UnknownPage());
  Answer answer = MakeAnswer("text/html; charset=utf-8",
                             options_.site->NotFoundShell(path));
  answer.status = 404;
  return answer;
}

}  // namespace taster::serve
