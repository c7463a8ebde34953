// SPDX-License-Identifier: Apache-2.0
// Over real sockets: what a careless or hostile client sends, and a database
// that goes away and comes back.
#include "collector/serve/http_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "tests/unit/collector/serve/pub_scene.h"

namespace taster::serve {
namespace {

using namespace std::chrono_literals;

class HttpServerTest : public testing::Test {
 protected:
  HttpServerTest() {
    HttpOptions options;
    options.endpoint = {net::IpAddress::FromV4(INADDR_LOOPBACK), 0};
    auto server = HttpServer::Start(options, [this](const Request& request) {
      return scene_.web().Respond(request);
    });
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  int Connect() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server_->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address),
                        sizeof(address)),
              0);
    return socket;
  }

  // Everything that comes until the server closes.
  std::string Send(const std::string& bytes) {
    const int socket = Connect();
    EXPECT_EQ(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 1; got > 0;) {
      got = ::recv(socket, buffer, sizeof(buffer), 0);
      if (got > 0) answer.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(socket);
    return answer;
  }
  std::string Get(const std::string& target, const std::string& headers = "") {
    return Send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers +
                "\r\n");
  }
  static std::string StatusOf(const std::string& answer) {
    return answer.substr(0, 12);
  }
  static std::string HeaderOf(const std::string& answer,
                              const std::string& name) {
    const std::size_t at = answer.find("\r\n" + name + ": ");
    if (at == answer.npos) return "";
    const std::size_t begin = at + name.size() + 4;
    return answer.substr(begin, answer.find("\r\n", begin) - begin);
  }
  static std::size_t Answers(const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("HTTP/1.1 "); at != text.npos;
         at = text.find("HTTP/1.1 ", at + 1)) {
      ++count;
    }
    return count;
  }

  PubScene scene_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, EveryAnswerIsGuarded) {
  for (const char* target : {"/api/v1/cell?limit=1", "/nothing",
                             "/data/v1/latest.json", "/api/v1/cell?limit=x"}) {
    const std::string answer = Get(target);
    EXPECT_NE(HeaderOf(answer, "Content-Security-Policy")
                  .find("default-src 'none'; script-src 'self'"),
              std::string::npos)
        << answer;
    EXPECT_EQ(HeaderOf(answer, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(HeaderOf(answer, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(answer.find("Access-Control-Allow-Credentials"),
              std::string::npos);
  }
}

TEST_F(HttpServerTest, TellsWhatHasNotChanged) {
  const std::string first = Get("/data/v1/overview.json");
  const std::string etag = HeaderOf(first, "ETag");
  ASSERT_FALSE(etag.empty());
  EXPECT_EQ(HeaderOf(first, "Cache-Control"), "public, max-age=30");
  for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag}) {
    const std::string again =
        Get("/data/v1/overview.json", "If-None-Match: " + known + "\r\n");
    EXPECT_EQ(StatusOf(again), "HTTP/1.1 304") << known;
    EXPECT_TRUE(again.ends_with("\r\n\r\n"));
  }
  EXPECT_EQ(StatusOf(Get("/data/v1/overview.json", "If-None-Match: \"x\"\r\n")),
            "HTTP/1.1 200");
}

TEST_F(HttpServerTest, HeadHasNoBody) {
  const std::string whole = Get("/data/v1/latest.json");
  const std::string head =
      Send("HEAD /data/v1/latest.json HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(StatusOf(head), "HTTP/1.1 200");
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  EXPECT_EQ(HeaderOf(head, "Content-Length"),
            HeaderOf(whole, "Content-Length"));
}

TEST_F(HttpServerTest, SendsOnePart) {
  const std::string whole = Get("/data/v1/latest.json");
  const std::string body = whole.substr(whole.find("\r\n\r\n") + 4);
  const std::string part = Get("/data/v1/latest.json", "Range: bytes=0-9\r\n");
  EXPECT_EQ(StatusOf(part), "HTTP/1.1 206");
  EXPECT_TRUE(part.ends_with("\r\n\r\n" + body.substr(0, 10))) << part;
  EXPECT_EQ(
      StatusOf(Get("/data/v1/latest.json", "Range: bytes=0-1,2-3,4-5\r\n")),
      "HTTP/1.1 200");
  EXPECT_EQ(StatusOf(Get("/data/v1/latest.json",
                         "Range: bytes=0-9\r\nIf-Range: \"x\"\r\n")),
            "HTTP/1.1 200");
  EXPECT_EQ(StatusOf(Get("/nothing", "Range: bytes=0-3\r\n")), "HTTP/1.1 404");
}

// Whatever stands behind a request is never taken for another one.
TEST_F(HttpServerTest, SmugglesNothing) {
  const std::string hidden = "GET /api/v1/ HTTP/1.1\r\nHost: y\r\n\r\n";
  const std::string first = "GET /readyz HTTP/1.1\r\nHost: x\r\n";
  for (const std::string& headers :
       {std::string("Content-Length: 38\r\n\r\n"),
        std::string("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        std::string("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"),
        std::string("Content-Length: 0\r\nContent-Length: 38\r\n\r\n"),
        std::string("Connection: keep-alive\r\n\r\n")}) {
    const std::string answer = Send(first + headers + hidden);
    EXPECT_EQ(Answers(answer), 1u) << answer;
    EXPECT_EQ(answer.find("\"views\""), std::string::npos);
  }
  EXPECT_EQ(StatusOf(Send("POST /api/v1/cell HTTP/1.1\r\nHost: x\r\n"
                          "Content-Length: 5\r\n\r\nhello")),
            "HTTP/1.1 405");
}

TEST_F(HttpServerTest, MalformedRequestsEnd) {
  EXPECT_EQ(StatusOf(Get("/" + std::string(8300, 'a'))), "HTTP/1.1 414");
  EXPECT_EQ(StatusOf(Get("/a%00b")), "HTTP/1.1 400");
  EXPECT_EQ(StatusOf(Get("/../../etc/passwd")), "HTTP/1.1 404");
  EXPECT_EQ(StatusOf(Get("/..%2f..%2fetc/passwd")), "HTTP/1.1 404");
  EXPECT_EQ(StatusOf(Get("/?x=%c0%af")), "HTTP/1.1 400");
  Send("\r\n\r\n\r\n");
  Send("GET\r\n\r\n");
  Send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8) + "\r\n\r\n");
  Send("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(StatusOf(Get("/readyz")), "HTTP/1.1 200");
}

// Idle connections take threads for as long as a request may take, no longer.
TEST_F(HttpServerTest, IdleConnectionsDoNotKeepOthersOut) {
  std::vector<int> idle;
  for (int i = 0; i < 40; ++i) idle.push_back(Connect());
  for (const int socket : idle) ::send(socket, "GET /", 5, MSG_NOSIGNAL);
  const auto begun = std::chrono::steady_clock::now();
  for (const int socket : idle) {
    if (socket % 2 == 0) ::close(socket);
  }
  EXPECT_EQ(StatusOf(Get("/readyz")), "HTTP/1.1 200");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s);
  for (const int socket : idle) {
    if (socket % 2 != 0) ::close(socket);
  }
}

// Last: it takes the database away.
TEST_F(HttpServerTest, ZDatabaseComesAndGoes) {
  EXPECT_EQ(StatusOf(Get("/api/v1/domain?limit=1")), "HTTP/1.1 200");
  scene_.postgres().Kill();
  std::this_thread::sleep_for(1100ms);  // What is known of it gets old.
  for (const char* target : {"/api/v1/domain?limit=2", "/readyz",
                             "/data/v1/victims.json", "/feeds/events.atom"}) {
    const std::string answer = Get(target);
    EXPECT_EQ(StatusOf(answer), "HTTP/1.1 503") << target;
    EXPECT_EQ(HeaderOf(answer, "Retry-After"), "5");
    EXPECT_EQ(HeaderOf(answer, "Cache-Control"), "no-store");
  }
  EXPECT_NE(Get("/healthz").find("\"database\":\"down\""), std::string::npos);
  scene_.postgres().Restart();
  std::this_thread::sleep_for(600ms);  // No new try before.
  EXPECT_EQ(StatusOf(Get("/api/v1/domain?limit=2")), "HTTP/1.1 200");
  EXPECT_EQ(StatusOf(Get("/data/v1/victims.json")), "HTTP/1.1 200");
  EXPECT_NE(Get("/healthz").find("\"database\":\"ok\""), std::string::npos);
}

}  // namespace
}  // namespace taster::serve
