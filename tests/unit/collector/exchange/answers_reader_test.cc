// SPDX-License-Identifier: Apache-2.0
// Tab-separated answers: what each field means, and each way to be wrong.
#include "collector/exchange/answers_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "proto/dns/constants.h"

namespace taster::exchange {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kHeading[] =
    "id\ttime\trole\tcountry\tasn\tserver\tserver_kind\ttransport\tqname\t"
    "qtype\trcode\tanswers\tttl\n";

struct Outcome {
  std::vector<Record> records;
  std::vector<BadInput> bad;
  absl::Status status;
};

Outcome Read(const std::string& text) {
  std::istringstream stream(text);
  Outcome outcome;
  const Sink sink{.record =
                      [&](Record&& record) {
                        outcome.records.push_back(std::move(record));
                        return absl::OkStatus();
                      },
                  .bad =
                      [&](const BadInput& bad) {
                        outcome.bad.push_back(bad);
                        return absl::OkStatus();
                      }};
  outcome.status = ReadAnswers(
      [&](std::string* line) -> absl::StatusOr<bool> {
        return static_cast<bool>(std::getline(stream, *line));
      },
      sink);
  return outcome;
}

Outcome ReadRows(const std::string& rows) { return Read(kHeading + rows); }

constexpr char kRow[] =
    "a1\t2024-09-07T01:02:03Z\tprobe\tCN\t4134\t8.8.8.8\trecursive\tudp\t"
    "Example.com\tA\tNOERROR\t192.0.2.1,cname:www.example.net.\t60\n";

TEST(AnswersTest, EveryFieldArrives) {
  const Outcome outcome = ReadRows(kRow);
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  ASSERT_THAT(outcome.records, SizeIs(1));
  const Record& record = outcome.records[0];
  EXPECT_EQ(record.id, "a1");
  EXPECT_EQ(record.role, Role::kProbe);
  EXPECT_EQ(record.network, (judge::Network{"CN", 4134}));
  EXPECT_EQ(record.time.time_since_epoch().count(), 1725670923);
  EXPECT_EQ(record.asked.server->ToString(), "8.8.8.8:53");
  EXPECT_EQ(record.asked.qname.ToText(), "example.com.");
  ASSERT_THAT(record.asked.replies, SizeIs(1));
  const judge::Observation& reply = record.asked.replies[0];
  ASSERT_THAT(reply.addresses, SizeIs(1));
  EXPECT_EQ(reply.addresses[0].address.ToString(), "192.0.2.1");
  EXPECT_EQ(reply.addresses[0].rr_ttl, 60U);
  ASSERT_THAT(reply.aliases, SizeIs(1));
  EXPECT_EQ(reply.rr_ttl, 60U);
  // Nobody saw the bytes.
  EXPECT_EQ(reply.flags, 0);
  EXPECT_FALSE(reply.ip_ttl.has_value());
  EXPECT_FALSE(reply.dont_fragment.has_value());
}

TEST(AnswersTest, RowsOfOneIdAreRepliesInOrder) {
  const std::string row = kRow;
  const Outcome outcome = ReadRows(
      row + "a1" + row.substr(2, row.find("192") - 2) + "192.0.2.9\t\n");
  ASSERT_THAT(outcome.records, SizeIs(1));
  ASSERT_THAT(outcome.records[0].asked.replies, SizeIs(2));
  EXPECT_EQ(outcome.records[0].asked.replies[1].addresses[0].address.ToString(),
            "192.0.2.9");
  EXPECT_FALSE(outcome.records[0].asked.replies[1].rr_ttl.has_value());
}

TEST(AnswersTest, ATimeoutIsAQueryWithoutReply) {
  const Outcome outcome = ReadRows(
      "a\t2024-09-07T00:00:00Z\tprobe\t\t0\tsystem\tsystem\tudp\texample.com\t"
      "AAAA\ttimeout\t\t\n");
  ASSERT_THAT(outcome.records, SizeIs(1));
  EXPECT_THAT(outcome.records[0].asked.replies, SizeIs(0));
  EXPECT_EQ(outcome.records[0].asked.outcome, judge::Outcome::kTimeout);
  EXPECT_FALSE(outcome.records[0].asked.server.has_value());
}

TEST(AnswersTest, AddressesOfTheOtherFamilyKeepTheirType) {
  const Outcome outcome = ReadRows(
      "a\t2024-09-07T00:00:00Z\tprobe\tIR\t0\t8.8.8.8\trecursive\tudp\tx.com\t"
      "AAAA\tNOERROR\t10.10.34.35\t\n");
  ASSERT_THAT(outcome.records, SizeIs(1));
  EXPECT_EQ(outcome.records[0].asked.replies[0].addresses[0].type, dns::kTypeA);
}

TEST(AnswersTest, TtlMayBeMissingAndColumnsMayMove) {
  const Outcome outcome = Read(
      "# taster answers v1\nqname\tid\ttime\trole\tcountry\tasn\tserver\t"
      "server_kind\ttransport\tqtype\trcode\tanswers\n"
      "x.com\ta\t2024-09-07T00:00:00Z\tcontrol\tUS\t1\t1.1.1.1\trecursive\t"
      "dot\tA\tNXDOMAIN\t\n");
  ASSERT_TRUE(outcome.status.ok()) << outcome.status;
  ASSERT_THAT(outcome.records, SizeIs(1));
  EXPECT_EQ(outcome.records[0].role, Role::kControl);
  EXPECT_EQ(outcome.records[0].asked.replies[0].rcode, 3);
}

TEST(AnswersTest, HeadingsThatAreNone) {
  for (const std::string text :
       {"id\ttime\n", "a\tb\n", "id\tid\ttime\n", "id time role\n"}) {
    EXPECT_EQ(Read(text).status.code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
}

// Each field with something that it cannot hold; the good row still arrives.
TEST(AnswersTest, BadFieldsNameLineAndColumn) {
  const std::vector<std::string> good = {"a2",          "2024-09-07T01:02:03Z",
                                         "probe",       "CN",
                                         "4134",        "8.8.8.8",
                                         "recursive",   "udp",
                                         "example.com", "A",
                                         "NOERROR",     "192.0.2.1",
                                         "60"};
  const std::vector<std::pair<std::size_t, std::string>> cases = {
      {0, ""},
      {1, "yesterday"},
      {1, "2024-13-07T01:02:03Z"},
      {1, "-001-01-01T00:00:00Z"},
      {1, "1969-12-31T23:59:59Z"},
      {2, "judge"},
      {3, "china"},
      {4, "-1"},
      {4, "AS4134"},
      {4, "4294967296"},
      {5, "dns.example"},
      {6, "resolver"},
      {7, "quic"},
      {8, std::string(256, 'a')},
      {8, "a..b"},
      {9, "AAAAA"},
      {10, "maybe"},
      {11, "192.0.2.256"},
      {11, "cname:a..b"},
      {11, "192.0.2.1,,192.0.2.2"},
      {12, "-1"},
      {12, "4294967296"},
  };
  for (const auto& [column, text] : cases) {
    std::vector<std::string> fields = good;
    fields[column] = text;
    std::string row;
    for (const std::string& field : fields) row += field + "\t";
    row.back() = '\n';
    const Outcome outcome = ReadRows(row + kRow);
    ASSERT_THAT(outcome.bad, SizeIs(1)) << column << " " << text;
    EXPECT_EQ(outcome.bad[0].line, 2U);
    EXPECT_EQ(outcome.bad[0].column, column + 1) << text;
    EXPECT_THAT(outcome.records, SizeIs(1)) << text;
  }
}

TEST(AnswersTest, WrongNumberOfColumns) {
  const Outcome outcome = ReadRows("a\tb\n" + std::string(kRow));
  ASSERT_THAT(outcome.bad, SizeIs(1));
  EXPECT_THAT(outcome.bad[0].what, HasSubstr("2 columns, not 13"));
  EXPECT_THAT(outcome.records, SizeIs(1));
}

TEST(AnswersTest, ALineOfTenMegabytes) {
  const Outcome outcome =
      ReadRows(std::string(10'000'000, 'x') + "\n" + std::string(kRow));
  ASSERT_THAT(outcome.bad, SizeIs(1));
  EXPECT_EQ(outcome.bad[0].line, 2U);
  EXPECT_THAT(outcome.bad[0].what, HasSubstr("longer"));
  EXPECT_THAT(outcome.records, SizeIs(1));
}

TEST(AnswersTest, AnotherQuestionUnderTheSameId) {
  std::string other = kRow;
  other.replace(other.find("Example.com"), 11, "example.org");
  const Outcome outcome = ReadRows(kRow + other);
  ASSERT_THAT(outcome.bad, SizeIs(1));
  EXPECT_EQ(outcome.bad[0].line, 3U);
}

}  // namespace
}  // namespace taster::exchange
