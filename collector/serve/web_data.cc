// SPDX-License-Identifier: Apache-2.0
// What Web answers from the database.
#include <algorithm>
#include <chrono>

#include "collector/serve/answer_text.h"
#include "collector/serve/cursor.h"
#include "collector/serve/document.h"
#include "collector/serve/feed.h"
#include "collector/serve/openapi.h"
#include "collector/serve/select.h"
#include "collector/serve/view_query.h"
#include "collector/serve/web.h"

namespace taster::serve {
namespace {

constexpr std::string_view kDataAge = "public, max-age=30";

// Changes when answers of the same data look otherwise than before.
constexpr std::string_view kForm = "1";

// Totals are summed up some time after the days that the release tells of:
// what was made from the old ones is made again after this long at most.
constexpr auto kOldest = std::chrono::minutes(5);

std::string TagOf(const Release& release, std::string_view what) {
  std::string text(kForm);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  text.append("\n").append(std::to_string(now / kOldest));
  text.append("\n").append(release.stamp).append("\n").append(what);
  return EtagOf(text);
}

// Whether the asker has it already, so that nobody need look.
std::optional<Answer> Known(const Request& request, const std::string& etag) {
  Answer answer;
  answer.etag = etag;
  answer.cache_control = kDataAge;
  answer = Conditional(request, std::move(answer));
  if (answer.status != 304) return std::nullopt;
  return answer;
}

Answer InFormat(const ViewQuery& query, const RowPage& page,
                const Release& release) {
  const std::string meta = MetaJson(query, page, release);
  if (query.format == Format::kJson) {
    return MakeAnswer("application/json", JsonAnswer(query, page, meta));
  }
  Answer answer =
      query.format == Format::kCsv
          ? MakeAnswer("text/csv; charset=utf-8; header=present",
                       CsvAnswer(query, page))
          : MakeAnswer("application/jsonl", JsonLinesAnswer(query, page));
  answer.headers.emplace_back("Taster-Meta", HeaderText(meta));
  return answer;
}

// The same question, from `cursor` on.
std::string NextTarget(const Target& target, const std::string& cursor) {
  std::string next = "?cursor=" + cursor;
  for (const auto& [name, value] : target.parameters) {
    if (name == "cursor") continue;
    next += "&" + PercentEncoded(name) + "=" + PercentEncoded(value);
  }
  return next;
}

}  // namespace

Answer Web::Failed(const absl::Status& status) {
  if (options_.on_failure) options_.on_failure(status);
  return FailureAnswer(status);
}

Answer Web::Health() {
  const bool database = pool_.Read("SELECT 1", {}).ok();
  const bool views = database && state_.GetCatalogue().ok();
  const auto word = [](bool well) { return well ? "\"ok\"" : "\"down\""; };
  std::string json = "{\"server\":\"ok\",\"database\":";
  json.append(word(database)).append(",\"views\":").append(word(views));
  return MakeAnswer("application/json", json + "}\n");
}

Answer Web::Ready() {
  const auto catalogue = state_.GetCatalogue();
  if (!catalogue.ok()) return Failed(catalogue.status());
  const auto release = pool_.Read(kReleaseSql, {});
  if (!release.ok()) return Failed(release.status());
  return MakeAnswer("application/json", "{\"ready\":true}\n");
}

Answer Web::Views(const Request&) {
  const auto catalogue = state_.GetCatalogue();
  if (!catalogue.ok()) return Failed(catalogue.status());
  Answer answer = MakeAnswer("application/json", ViewsJson(**catalogue));
  answer.etag = EtagOf(*answer.body);
  answer.cache_control = kDataAge;
  return answer;
}

Answer Web::OpenApi(const Request&) {
  const auto catalogue = state_.GetCatalogue();
  if (!catalogue.ok()) return Failed(catalogue.status());
  Answer answer = MakeAnswer("application/json", OpenApiJson(**catalogue));
  answer.etag = EtagOf(*answer.body);
  answer.cache_control = kDataAge;
  return answer;
}

Answer Web::OneView(const Request& request, const Target& target,
                    std::string_view name) {
  const auto catalogue = state_.GetCatalogue();
  if (!catalogue.ok()) return Failed(catalogue.status());
  const View* view = (*catalogue)->Find(name);
  if (view == nullptr) return ProblemAnswer(UnknownView());
  const auto read =
      ReadViewQuery(*view, target.parameters, request.accept, options_.secret);
  if (const auto* problem = std::get_if<Problem>(&read)) {
    return ProblemAnswer(*problem);
  }
  const ViewQuery& query = std::get<ViewQuery>(read);
  const auto release = state_.GetRelease();
  if (!release.ok()) return Failed(release.status());
  const std::string etag =
      TagOf(**release, request.target + "\n" +
                           std::to_string(static_cast<int>(query.format)));
  if (auto known = Known(request, etag)) return *std::move(known);

  const Statement statement = BuildSelect(query);
  const auto rows = pool_.Read(statement.sql, statement.parameters);
  if (!rows.ok()) return Failed(rows.status());
  RowPage page{.rows = *rows, .count = std::min(rows->size(), query.limit)};
  if (rows->size() > query.limit && !view->key.empty()) {
    page.next = MakeCursor(options_.secret, query.question,
                           KeyOf(query, *rows, query.limit - 1));
  }
  Answer answer = InFormat(query, page, **release);
  if (!page.next.empty()) {
    answer.headers.emplace_back(
        "Link", "<" + NextTarget(target, page.next) + ">; rel=\"next\"");
  }
  answer.headers.emplace_back("Vary", "Accept");
  answer.etag = etag;
  answer.cache_control = kDataAge;
  return answer;
}

Answer Web::Document(const Request& request, std::string_view path) {
  const auto page = ParsePageName(path);
  if (!page) return ProblemAnswer(UnknownPage());
  const auto release = state_.GetRelease();
  if (!release.ok()) return Failed(release.status());
  const std::string etag = TagOf(**release, path);
  if (auto known = Known(request, etag)) return *std::move(known);
  Answer answer{.etag = etag, .cache_control = std::string(kDataAge)};
  answer.body = cache_.Find(etag);
  if (answer.body != nullptr) return answer;

  std::vector<std::string> documents;
  std::string made_etag;
  const absl::Status status = pool_.With([&](store::PubReader& reader) {
    return reader.Snapshot([&]() -> absl::Status {
      const auto row = reader.ReadAgain(kReleaseSql, {});
      if (!row.ok()) return row.status();
      const Release now = ReadRelease(*row);
      made_etag = TagOf(now, path);
      auto made = RenderDocuments(*page->kind, {*page}, now, reader);
      if (!made.ok()) return made.status();
      documents = *std::move(made);
      return absl::OkStatus();
    });
  });
  if (!status.ok()) return Failed(status);
  if (documents[0].empty()) return ProblemAnswer(UnknownPage());
  answer.etag = made_etag;
  answer.body = std::make_shared<const std::string>(std::move(documents[0]));
  cache_.Put(answer.etag, answer.body);
  return answer;
}

Answer Web::Feed(const Request& request, std::string_view path) {
  const auto feed = ParseFeedName(path);
  if (!feed) return ProblemAnswer(UnknownPage());
  const auto release = state_.GetRelease();
  if (!release.ok()) return Failed(release.status());
  const std::string etag = TagOf(**release, "feeds/" + std::string(path));
  if (auto known = Known(request, etag)) return *std::move(known);
  const Statement statement = FeedStatement(*feed);
  const auto rows = pool_.Read(statement.sql, statement.parameters);
  if (!rows.ok()) return Failed(rows.status());
  Answer answer =
      feed->is_atom
          ? MakeAnswer("application/atom+xml; charset=utf-8",
                       AtomFeed(*feed, *rows, **release, options_.public_url))
          : MakeAnswer("application/feed+json; charset=utf-8",
                       JsonFeed(*feed, *rows, **release, options_.public_url));
  answer.etag = etag;
  answer.cache_control = "public, max-age=300";
  return answer;
}

}  // namespace taster::serve
