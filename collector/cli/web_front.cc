// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/web_front.h"

#include <signal.h>

#include <utility>

#include "collector/cli/exit_code.h"
#include "collector/cli/log.h"
#include "collector/cli/web_commands.h"
#include "collector/serve/site.h"
#include "proto/envelope/sign.h"
#include "proto/net/endpoint.h"
#include "proto/net/ip_prefix.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDefaultPort = 8080;

bool IsLoopback(const net::IpAddress& address) {
  return net::IpPrefix::Parse("127.0.0.0/8")->Contains(address) ||
         address == *net::IpAddress::Parse("::1");
}

absl::StatusOr<net::Endpoint> ReadEndpoint(const WebOptions& options) {
  const auto endpoint = net::Endpoint::Parse(options.http, kDefaultPort);
  if (!endpoint) return absl::InvalidArgumentError("--http: not ADDRESS:PORT");
  if (!options.any_address && !IsLoopback(endpoint->address)) {
    return absl::InvalidArgumentError(
        "--http: not an address of this machine alone; a server such as nginx "
        "belongs in front (or say --http-any)");
  }
  return *endpoint;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WebFront>> WebFront::Start(
    const std::string& connection, const WebOptions& options) {
  const auto endpoint = ReadEndpoint(options);
  if (!endpoint.ok()) return endpoint.status();
  serve::WebOptions web;
  web.secret = envelope::RandomSecret();
  web.public_url = options.public_url;
  web.on_failure = [](const absl::Status& status) {
    LogLine("web_failed").Add("error", std::string(status.message())).Warning();
  };
  if (!options.site.empty()) {
    auto site = serve::Site::Load(options.site);
    if (!site.ok()) return site.status();
    web.site = std::make_shared<const serve::Site>(*std::move(site));
  }
  std::unique_ptr<WebFront> front(new WebFront);
  front->pool_ = std::make_unique<store::ReaderPool>(
      store::ReaderPoolOptions{.connection = connection});
  front->web_ =
      std::make_unique<serve::Web>(front->pool_.get(), std::move(web));
  auto server = serve::HttpServer::Start(
      {.endpoint = *endpoint}, [&answerer = *front->web_](const auto& request) {
        return answerer.Respond(request);
      });
  if (!server.ok()) return server.status();
  front->server_ = *std::move(server);
  return front;
}

absl::Status StartWeb(const Database& database, const WebOptions& options,
                      std::unique_ptr<WebFront>* front) {
  if (options.http.empty()) return absl::OkStatus();
  const auto connection = database.Connection("taster_reader");
  if (!connection.ok()) return connection.status();
  auto started = WebFront::Start(*connection, options);
  if (!started.ok()) return started.status();
  *front = *std::move(started);
  LogLine("answering").Add("port", std::int64_t{(*front)->port()}).Info();
  return absl::OkStatus();
}

int Web(const Settings& settings, const WebOptions& options) {
  StartLog(options.log_format);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const auto connection = ConnectionFor(settings, "taster_reader");
  if (!connection.ok()) return Fail(connection.status());
  const auto front = WebFront::Start(*connection, options);
  if (!front.ok()) return Fail(front.status());
  LogLine("answering").Add("port", std::int64_t{(*front)->port()}).Info();
  int signal = 0;
  sigwait(&ends, &signal);
  LogLine("stopping").Add("signal", std::int64_t{signal}).Info();
  return kOk;
}

}  // namespace taster::cli
