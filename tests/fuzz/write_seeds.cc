// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of every fuzz target, or says whether those that are
// checked in are the ones that it would write.
//
// Usage: write_seeds DIRECTORY [--check]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "proto/envelope/receipt.h"
#include "taster/v1/measurement.pb.h"
#include "tests/fuzz/exchange_seeds.h"
#include "tests/fuzz/http_seeds.h"
#include "tests/fuzz/task_seeds.h"
#include "tests/unit/proto/dns/hostile_messages.h"
#include "tests/unit/proto/dns/valid_messages.h"

namespace taster {
namespace {

namespace fs = std::filesystem;

// Path below the seeds' directory, and content.
using Seeds = std::map<std::string, std::string>;

// Larger ones only slow a fuzzer down.
constexpr std::size_t kMaxSeedBytes = 400;

std::string TextOf(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

void AddMessages(Seeds* seeds) {
  int number = 0;
  for (const auto& message : dns::MakeValidMessages()) {
    (*seeds)["fuzz_dns_message/valid_" + std::to_string(number++)] =
        TextOf(message);
  }
  // One of each family: classes that differ in a number alone are one. A
  // fuzzer finds octets and flags by itself.
  std::set<std::string> families;
  for (const auto& message : dns::MakeHostileMessages()) {
    const auto end = message.name.find_last_not_of("0123456789_");
    const std::string family = message.name.substr(0, end + 1);
    const bool found_anyway = family.starts_with("octet") ||
                              family.starts_with("opcode") ||
                              family.ends_with("_flag");
    if (message.bytes.size() > kMaxSeedBytes || found_anyway) continue;
    if (!families.insert(family).second) continue;
    (*seeds)["fuzz_dns_message/" + family] = TextOf(message.bytes);
  }
}

void AddNames(Seeds* seeds) {
  const std::pair<const char*, std::string> names[] = {
      {"text", "www.example.com."},
      {"root", "."},
      {"escapes", "a\\.b\\032\\000\\255\\\\.test"},
      {"bad_escape", "a\\25"},
      {"long_label", std::string(64, 'a')},
      {"wire", std::string("\3www\7example\0", 13)},
      {"pointers", std::string("\1a\0\xc0\0\xc0\3\1b\xc0\5", 12)},
      {"loop", std::string("\1a\xc0\0\xc0\4", 6)},
      {"octets", std::string("\4\0 .\\\3\xff\x1b\x7f\0", 10)},
  };
  for (const auto& [name, content] : names) {
    (*seeds)[std::string("fuzz_dns_name/") + name] = content;
  }
}

// A frame of HTTP/2 (RFC 9113 section 4.1).
std::string Frame(char type, char flags, char stream,
                  const std::string& payload) {
  const auto size = static_cast<char>(payload.size());
  return std::string{0, 0, size, type, flags, 0, 0, 0, stream} + payload;
}

void AddStreams(Seeds* seeds) {
  const std::string message = TextOf(dns::MakeValidMessages()[0]);
  const auto framed = [](const std::string& text) {
    return std::string{static_cast<char>(text.size() >> 8),
                       static_cast<char>(text.size())} +
           text;
  };
  const std::string settings = Frame(4, 0, 0, "");
  // RFC 7541: ":status" by index, "content-type" as a literal.
  const std::string type =
      "\x0f\x10\x17"
      "application/dns-message";
  const auto add = [&](const char* name, const std::string& content) {
    (*seeds)[std::string("fuzz_stream_answer/") + name] = content;
  };
  add("framed", framed(message));
  add("framed_twice", framed(message) + framed("") + framed(message));
  add("framed_lie", "\xff\xff" + message);
  add("http_answer",
      settings + Frame(1, 4, 1, "\x88" + type) + Frame(0, 1, 1, message));
  add("http_forbidden", settings + Frame(1, 5, 1,
                                         "\x48\x03"
                                         "403"));
  add("http_reset", settings + Frame(3, 0, 1, std::string("\0\0\0\7", 4)));
  add("http_goodbye",
      settings + Frame(7, 0, 0, std::string("\0\0\0\0\0\0\0\0", 8)));
}

void AddTalks(Seeds* seeds) {
  // The service, by its place in the target, and the bytes before TLS.
  const auto add = [&](const char* name, char service, const std::string& clear,
                       const std::string& inside) {
    (*seeds)[std::string("fuzz_endpoint_talk/") + name] =
        std::string{service, static_cast<char>(clear.size())} + clear + inside;
  };
  add("web", 0, "", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<html>");
  add("web_elsewhere", 0, "",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\n"
      "Location: http://user@[2001:db8::1]:80/x?y\r\n\r\n");
  add("web_page", 0, "", "<html>blocked</html>\n");
  add("smtps", 1, "", "220-mx.example\r\n220 ESMTP\r\n");
  add("imaps", 2, "", "* OK [CAPABILITY IMAP4rev1] ready\r\n");
  add("pop3s", 3, "", "-ERR busy\r\n");
  add("smtp", 4, "220 mx\r\n250-mx\r\n250-SIZE 9\r\n250 STARTTLS\r\n220 go\r\n",
      "");
  add("smtp_stripped", 4, "220 mx\r\n250-mx\r\n250 XXXXXXXX\r\n", "");
  add("imap", 5, "* OK hi\r\n* 1 EXISTS\r\na1 OK go\r\n", "");
  add("pop3_injected", 6, "+OK hi\r\n+OK go\r\n+OK in\r\n", "");
}

std::string MakeBatch(const envelope::BatchId& id) {
  v1::Batch batch;
  batch.set_batch_id(std::string(id.bytes.begin(), id.bytes.end()));
  batch.set_software("taster-probe/0.1.0");
  const auto messages = dns::MakeValidMessages();
  auto* measurement = batch.add_measurements();
  measurement->set_question_role(v1::QUESTION_ROLE_TARGET);
  measurement->set_query(TextOf(messages[9]));
  measurement->mutable_server()->set_address("\xc0\x00\x02\x35", 4);
  measurement->mutable_server()->set_port(53);
  measurement->set_outcome(v1::OUTCOME_RESPONSE);
  measurement->add_responses()->set_message(TextOf(messages[1]));
  auto* refused = batch.add_measurements();
  refused->set_outcome(v1::OUTCOME_PORT_UNREACHABLE);
  refused->add_icmp_errors()->set_type(3);
  return batch.SerializeAsString();
}

void AddRequests(Seeds* seeds) {
  const auto key = envelope::SigningKey::FromSeed({7});
  const envelope::BatchId id{{0, 0, 0x51, 0x2b, 1, 2, 3}};
  const auto add = [&](const char* name,
                       const v1::SubmitBatchRequest& request) {
    (*seeds)[std::string("fuzz_submit_request/") + name] =
        request.SerializeAsString();
  };
  auto request = envelope::SignRequest(key, id, MakeBatch(id));
  add("signed", request);
  auto changed = request;
  changed.mutable_plain()->back() ^= 1;
  add("payload_changed", changed);
  changed = request;
  changed.set_sealed(request.plain());
  add("sealed", changed);
  changed.clear_payload();
  add("no_payload", changed);
  changed.mutable_vantage_key()->pop_back();
  add("short_key", changed);
  add("empty_payload", envelope::SignRequest(key, id, ""));
  (*seeds)["fuzz_submit_request/cut"] =
      request.SerializeAsString().substr(0, 100);
}

std::string Read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// 0 when `root` holds exactly `seeds`. Directories of other targets, whose
// seeds are not written here, are left alone.
int Check(const fs::path& root, const Seeds& seeds) {
  std::set<fs::path> directories;
  int amiss = 0;
  for (const auto& [path, content] : seeds) {
    directories.insert((root / path).parent_path());
    if (fs::exists(root / path) && Read(root / path) == content) continue;
    std::fprintf(stderr, "missing or stale: %s\n", path.c_str());
    ++amiss;
  }
  for (const auto& directory : directories) {
    for (const auto& entry : fs::directory_iterator(directory)) {
      const std::string path = fs::relative(entry.path(), root).string();
      if (seeds.contains(path)) continue;
      std::fprintf(stderr, "unknown: %s\n", path.c_str());
      ++amiss;
    }
  }
  return amiss == 0 ? 0 : 1;
}

void Write(const fs::path& root, const Seeds& seeds) {
  for (const auto& [path, content] : seeds) {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path, std::ios::binary) << content;
  }
}

}  // namespace
}  // namespace taster

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s DIRECTORY [--check]\n", argv[0]);
    return 64;
  }
  taster::envelope::Initialise();
  taster::Seeds seeds;
  taster::AddMessages(&seeds);
  taster::AddNames(&seeds);
  taster::AddStreams(&seeds);
  taster::AddTalks(&seeds);
  taster::AddRequests(&seeds);
  taster::AddTargets(&seeds);
  taster::exchange::AddSeeds(&seeds);
  taster::envelope::AddTaskSeeds(&seeds);
  if (argc > 2 && std::string_view(argv[2]) == "--check") {
    return taster::Check(argv[1], seeds);
  }
  taster::Write(argv[1], seeds);
  std::printf("seeds=%zu\n", seeds.size());
}
