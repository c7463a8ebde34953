// SPDX-License-Identifier: Apache-2.0
// Answers of web servers, honest and hostile; and where they lead.
#include "probe/capture/http_head.h"

#include <gtest/gtest.h>

#include "tests/unit/probe/capture/talk_cases.h"

namespace taster::capture {
namespace {

using State = EndpointTalk::State;

struct HttpCase {
  const char* name;
  std::string words;
  State end;
  int status = 0;  // 0: none.
  std::string host{};
};

std::string Redirect(const std::string& location) {
  return "HTTP/1.1 302 Found\r\nServer: x\r\nLocation: " + location +
         "\r\n\r\n";
}

const HttpCase kCases[] = {
    {"Fine", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n<html>", State::kServed, 200},
    {"Old", "HTTP/1.0 200\n\n", State::kServed, 200},
    {"Forbidden", "HTTP/1.1 403 Forbidden\r\n\r\n", State::kServed, 403},
    {"LegalReasons", "HTTP/1.1 451 x\r\n\r\n", State::kServed, 451},
    {"Elsewhere", Redirect("http://skype.tom.com/x"), State::kServed, 302,
     "skype.tom.com"},
    {"LettersDoNotMatter",
     "HTTP/1.1 301 x\r\nlOCATION:\tHTTPS://WWW.Example.NET:8443\r\n\r\n",
     State::kServed, 301, "www.example.net"},
    {"FirstLocationCounts",
     "HTTP/1.1 301 x\r\nLocation: http://a.example/\r\nLocation: "
     "http://b.example/\r\n\r\n",
     State::kServed, 301, "a.example"},
    {"Relative", Redirect("/login?next=http://a.example/"), State::kServed,
     302},
    {"WithoutScheme", Redirect("//a.example/"), State::kServed, 302,
     "a.example"},
    {"LocationOfAPageLeadsNowhere",
     "HTTP/1.1 200 OK\r\nLocation: http://a.example/\r\n\r\n", State::kServed,
     200},
    {"Interim",
     "HTTP/1.1 100 Continue\r\nLocation: http://a.example/\r\n\r\nHTTP/1.1 200 "
     "OK\r\n\r\n",
     State::kServed, 200},
    {"InterimAlone", "HTTP/1.1 100 Continue\r\n\r\n", State::kInside},
    {"InterimForEver", Times(2000, "HTTP/1.1 102 x\r\n\r\n"), State::kNonsense},
    {"HeadersDoNotEnd", "HTTP/1.1 200 OK\r\nA: b\r\n", State::kInside, 200},
    {"Page", "<html>blocked</html>\n", State::kNonsense},
    {"Http2", std::string("\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x80\n", 16),
     State::kNonsense},
    {"NoVersion", "HTTP/2 200\r\n\r\n", State::kNonsense},
    {"NoDigits", "HTTP/1.1 2x0 OK\r\n\r\n", State::kNonsense},
    {"TooManyDigits", "HTTP/1.1 2000 OK\r\n\r\n", State::kNonsense},
    {"Zero", "HTTP/1.1 000 OK\r\n\r\n", State::kNonsense},
    {"NoColon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", State::kNonsense, 200},
    {"BlankInName", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", State::kNonsense, 200},
    {"NulInValue",
     "HTTP/1.1 200 OK\r\nA: " + std::string("b\0c", 3) + "\r\n\r\n",
     State::kNonsense, 200},
    {"CarriageReturnInLocation", Redirect("http://a.example\rSet-Cookie: x"),
     State::kNonsense, 302},
    {"FoldedHeader", "HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\r\n", State::kServed,
     200},
    {"LongLine", "HTTP/1.1 200 OK\r\nA: " + std::string(1 << 20, 'b'),
     State::kNonsense, 200},
    {"ManyHeaders", "HTTP/1.1 200 OK\r\n" + Times(100'000, "A: b\r\n"),
     State::kNonsense, 200},
    {"Endless", std::string(1 << 20, 'H'), State::kNonsense},
};

class HttpHeadTest : public testing::TestWithParam<HttpCase> {};

TEST_P(HttpHeadTest, EndsAsItShouldHoweverTheStreamIsCut) {
  const HttpCase& tried = GetParam();
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{1} << 22}) {
    const Transcript told = Play(Service::kHttps, "", tried.words, piece);
    EXPECT_EQ(told.state, tried.end) << piece;
    EXPECT_EQ(told.status.value_or(0), tried.status) << piece;
    EXPECT_EQ(told.redirect_host, tried.host) << piece;
    EXPECT_EQ(told.said,
              "GET / HTTP/1.1\r\nHost: www.example.com\r\nAccept: */*\r\n"
              "Connection: close\r\n\r\n");
  }
}

INSTANTIATE_TEST_SUITE_P(Transcripts, HttpHeadTest, testing::ValuesIn(kCases),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

TEST(EndpointTalk, TellsWhomToAsk) {
  EndpointTalk talk(Service::kHttps, "a.example", "taster-check (+x)");
  std::string said;
  talk.Enter(&said);
  EXPECT_EQ(said,
            "GET / HTTP/1.1\r\nHost: a.example\r\n"
            "User-Agent: taster-check (+x)\r\nAccept: */*\r\n"
            "Connection: close\r\n\r\n");
}

TEST(HostOfUrl, FindsTheHost) {
  const std::string longest = Times(50, "abcd.") + "abc";
  const std::pair<std::string, std::string> cases[] = {
      {"http://a.example", "a.example"},
      {"http://a.example.", "a.example"},
      {"https://A.Example?x", "a.example"},
      {"http://a.example#x", "a.example"},
      {"http://a.example:80/", "a.example"},
      {"http://a.example:/", "a.example"},
      {"http://user:pass@a.example/", "a.example"},
      {"http://www.true.example@evil.example/", "evil.example"},
      {"http://evil.example\\@www.true.example/", "evil.example"},
      {"http://192.0.2.1:8080/", "192.0.2.1"},
      {"http://[2001:DB8::1]:8080/", "2001:db8::1"},
      {"http://xn--bcher-kva.example/", "xn--bcher-kva.example"},
      {"http://a_b.example/", "a_b.example"},
      {"http://" + longest + "/", longest},
  };
  for (const auto& [url, host] : cases) EXPECT_EQ(HostOfUrl(url), host) << url;
}

TEST(HostOfUrl, WhatIsNoHostLeadsNowhere) {
  for (const std::string url : {"",
                                "/",
                                "a.example",
                                "http:",
                                "http:/a.example",
                                "http://",
                                "http:///x",
                                "ftp://a.example/",
                                "javascript://a.example/",
                                "http://a..example/",
                                "http://.example/",
                                "http://a b.example/",
                                "http://a%2eexample/",
                                "http://b\xc3\xbc"
                                "cher.example/",
                                "http://[2001:db8::1/",
                                "http://[192.0.2.1]/",
                                "http://[::1]x/",
                                "http://[fe80::1%25eth0]/",
                                "http://2001:db8::1/",
                                "http://a.example:port/",
                                "http://a.example:123456/",
                                "http://a\x01.example/",
                                "http://<script>/"}) {
    EXPECT_EQ(HostOfUrl(url), "") << url;
  }
  EXPECT_EQ(HostOfUrl("http://" + Times(51, "abcd.") + "example/"), "");
  EXPECT_EQ(HostOfUrl("http://" + std::string(64, 'a') + ".example/"), "");
}

}  // namespace
}  // namespace taster::capture
