// SPDX-License-Identifier: Apache-2.0
// Prefix tables as they are found in the wild.
#include "collector/reference/prefix_file.h"

#include <gtest/gtest.h>

#include "tests/unit/collector/reference/scratch_file.h"

namespace taster::reference {
namespace {

TEST(PrefixFileTest, TabsCommasAndComments) {
  const ScratchDirectory scratch;
  const auto rows = ReadPrefixFile(
      scratch.Write("table",
                    "# prefix, AS, country\n"
                    "\n"
                    "192.0.2.0/24\t64500\tCN\n"
                    "2001:db8::/32,AS64501,US,further columns\r\n"
                    "198.51.100.0/24\t64502\t\n"
                    "203.0.113.0/24\t0 # nobody\n"));
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_EQ(rows->size(), 4U);
  EXPECT_EQ((*rows)[0].entry.prefix.ToString(), "192.0.2.0/24");
  EXPECT_EQ((*rows)[0].entry.asn, 64500U);
  EXPECT_EQ((*rows)[0].country, "CN");
  EXPECT_EQ((*rows)[1].entry.asn, 64501U);
  EXPECT_EQ((*rows)[1].country, "US");
  EXPECT_EQ((*rows)[2].country, "");
  EXPECT_EQ((*rows)[3].entry.asn, 0U);
}

TEST(PrefixFileTest, SaysWhichLineIsWrong) {
  const ScratchDirectory scratch;
  for (const char* line :
       {"192.0.2.1/24\t64500", "192.0.2.0/24", "192.0.2.0/33\t1",
        "192.0.2.0/24\tx", "192.0.2.0/24\t4294967296", "x\t1",
        "192.0.2.0/24\t1\tUSA"}) {
    const auto rows = ReadPrefixFile(
        scratch.Write("table", "192.0.2.0/24\t1\n" + std::string(line)));
    EXPECT_EQ(rows.status().code(), absl::StatusCode::kInvalidArgument) << line;
    EXPECT_NE(std::string(rows.status().message()).find("table:2: "),
              std::string::npos)
        << rows.status();
  }
}

TEST(PrefixFileTest, NotFound) {
  EXPECT_EQ(ReadPrefixFile("/nonexistent/table").status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace taster::reference
