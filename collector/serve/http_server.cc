// SPDX-License-Identifier: Apache-2.0
// cpp-httplib 0.11.4: what it does by itself is kept small. Each connection
// carries one request, so that nothing can hide behind another one's body, and
// every answer comes from a content provider, which is never compressed here.
#include "collector/serve/http_server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <string>
#include <thread>
#include <utility>

#include "collector/serve/bounded_pool.h"

namespace taster::serve {
namespace {

constexpr int kBacklog = 256;

// The contract of every answer: nothing but our own scripts, styles and data.
constexpr std::pair<const char*, const char*> kHeaders[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
     "data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "cross-origin"},
    {"Permissions-Policy", "interest-cohort=()"},
    // Public data, without credentials: any page may read it.
    {"Access-Control-Allow-Origin", "*"},
    {"Access-Control-Expose-Headers", "ETag, Link, Retry-After, Taster-Meta"},
};

Request ToRequest(const httplib::Request& from) {
  const std::string length = from.get_header_value("Content-Length");
  return {.method = from.method,
          .target = from.target,
          .accept = from.get_header_value("Accept"),
          .if_none_match = from.get_header_value("If-None-Match"),
          .has_body = from.has_header("Transfer-Encoding") ||
                      (!length.empty() && length != "0")};
}

void SetBody(const Answer& answer, httplib::Response* response) {
  if (answer.body == nullptr || answer.body->empty()) {
    if (answer.status != 304) response->set_header("Content-Length", "0");
    return;
  }
  response->set_content_provider(
      answer.body->size(), answer.type,
      [body = answer.body](std::size_t offset, std::size_t length,
                           httplib::DataSink& sink) {
        return sink.write(body->data() + offset, length);
      });
}

void ToResponse(const Answer& answer, httplib::Response* response) {
  response->status = answer.status;
  for (const auto& [name, value] : kHeaders) response->set_header(name, value);
  for (const auto& [name, value] : answer.headers) {
    response->set_header(name, value);
  }
  response->set_header("Cache-Control", answer.cache_control);
  if (!answer.etag.empty()) response->set_header("ETag", answer.etag);
  SetBody(answer, response);
}

// Part of a representation is sent only of the one that was asked for, and one
// part at a time (RFC 9110 section 14.2 lets a server ignore the header).
void SettleRange(const Answer& answer, httplib::Request* request,
                 httplib::Response* response) {
  const std::string condition = request->get_header_value("If-Range");
  const bool stale = !condition.empty() && condition != answer.etag;
  if (answer.status != 200 || request->ranges.size() > 1 || stale) {
    request->ranges.clear();
  }
  if (!request->ranges.empty()) response->status = 206;
}

}  // namespace

class HttpServer::Listener : public httplib::Server {
 public:
  Listener(const HttpOptions& options, Respond respond) {
    new_task_queue = [options] {
      return new BoundedPool(options.threads, options.waiting);
    };
    set_keep_alive_max_count(1);
    set_read_timeout(5);
    set_write_timeout(10);
    set_payload_max_length(0);
    // Not the library's own, which would share the port with others.
    set_socket_options([](int socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    set_pre_routing_handler([respond = std::move(respond)](
                                const httplib::Request& request,
                                httplib::Response& response) {
      const Answer answer = respond(ToRequest(request));
      ToResponse(answer, &response);
      // The library cuts by request.ranges, whatever the status; the object
      // itself is its own and not const.
      SettleRange(answer, const_cast<httplib::Request*>(&request), &response);
      return HandlerResponse::Handled;
    });
    // What the library refuses by itself: broken requests, too long ones.
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (response.body.empty() && !response.content_provider_) {
        Problem problem = BadRequest("It is not HTTP as it should be.");
        problem.status = response.status < 400 ? 400 : response.status;
        ToResponse(ProblemAnswer(problem), &response);
      }
    });
  }

  bool Bind(const net::Endpoint& endpoint) {
    const std::string host = endpoint.address.ToString();
    set_address_family(endpoint.address.is_v4() ? AF_INET : AF_INET6);
    port_ = endpoint.port == 0
                ? bind_to_any_port(host)
                : (bind_to_port(host, endpoint.port) ? endpoint.port : -1);
    // The library's own backlog is 5.
    return port_ > 0 && ::listen(svr_sock_, kBacklog) == 0;
  }

  void Run() {
    thread_ = std::thread([this] { listen_after_bind(); });
    while (!is_running() && port_ > 0) std::this_thread::yield();
  }

  void Stop() {
    stop();
    if (thread_.joinable()) thread_.join();
  }

  int port() const { return port_; }

 private:
  int port_ = -1;
  std::thread thread_;
};

HttpServer::HttpServer(std::unique_ptr<Listener> listener)
    : listener_(std::move(listener)) {}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(
    const HttpOptions& options, Respond respond) {
  auto listener = std::make_unique<Listener>(options, std::move(respond));
  if (!listener->Bind(options.endpoint)) {
    return absl::UnavailableError("cannot listen on " +
                                  options.endpoint.ToString());
  }
  listener->Run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(listener)));
}

HttpServer::~HttpServer() { listener_->Stop(); }

std::uint16_t HttpServer::port() const {
  return static_cast<std::uint16_t>(listener_->port());
}

}  // namespace taster::serve
