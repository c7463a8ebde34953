// SPDX-License-Identifier: Apache-2.0
// Which header and which pool name which injector.
#include "collector/judge/attribute.h"

#include <gtest/gtest.h>

#include "collector/reference/seed_files.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

constexpr char kMainMember[] = "31.13.94.37";
constexpr char kFaceMember[] = "2a03:2880:f130:83:face:b00c:0:25de";
constexpr char kTeredoMember[] = "2001::1f0d:5e25";
constexpr char kOutsider[] = "5.6.7.8";

struct Row {
  const char* name;
  const char* address;
  std::uint16_t query_flags;
  std::uint16_t flags;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
  std::optional<bool> owner_is_pointer;
  std::uint32_t rr_ttl;
  Sender sender;
  const char* injector;
};

constexpr auto kSelf = Sender::kInjector;
constexpr auto kRelay = Sender::kRelay;
constexpr std::nullopt_t kUnseen = std::nullopt;

const Row kRows[] = {
    {"gfw1", kMainMember, 0x0100, 0x8580, false, false, false, 60, kSelf,
     "gfw-1"},
    {"gfw1_needs_no_pool", kOutsider, 0x0100, 0x8580, false, false, false, 60,
     kSelf, "gfw-1"},
    {"gfw1_has_its_ttl", kMainMember, 0x0100, 0x8580, false, false, false, 61,
     kSelf, "gfw-x"},
    {"gfw1_echoes_rd", kMainMember, 0x0000, 0x8580, false, false, false, 60,
     kSelf, "gfw-x"},
    {"gfw1_rd_clear", kMainMember, 0x0000, 0x8480, false, false, false, 60,
     kSelf, "gfw-1"},
    {"gfw2", kMainMember, 0x0100, 0x8180, true, false, true, 139, kSelf,
     "gfw-2"},
    {"gfw2_id_not_compared", kMainMember, 0x0100, 0x8180, true, true, true, 139,
     kSelf, "gfw-2"},
    {"gfw2_rd_clear", kMainMember, 0x0000, 0x8180, true, false, true, 139,
     kSelf, "gfw-2"},
    {"gfw2_sets_rd", kMainMember, 0x0000, 0x8080, true, false, true, 139, kSelf,
     "gfw-x"},
    {"gfw3", kMainMember, 0x0100, 0x8180, false, true, true, 92, kSelf,
     "gfw-3"},
    {"gfw3_rd_clear", kMainMember, 0x0000, 0x8400, false, true, true, 92, kSelf,
     "gfw-3"},
    {"gfw3_rd_clear_without_aa", kMainMember, 0x0000, 0x8000, false, true, true,
     92, kSelf, "gfw-x"},
    {"gfw3_has_id_zero", kMainMember, 0x0100, 0x8180, false, false, true, 92,
     kSelf, "gfw-x"},
    {"pointer_owner", kMainMember, 0x0100, 0x8180, false, true, false, 92,
     kSelf, "gfw-x"},
    {"ipv6_rd_set_cannot_tell", kMainMember, 0x0100, 0x8180, kUnseen, kUnseen,
     true, 92, kSelf, "gfw-x"},
    {"ipv6_rd_clear_gfw2", kMainMember, 0x0000, 0x8180, kUnseen, kUnseen, true,
     92, kSelf, "gfw-2"},
    {"ipv6_rd_clear_gfw3", kMainMember, 0x0000, 0x8400, kUnseen, kUnseen, true,
     92, kSelf, "gfw-3"},
    {"ipv6_face", kFaceMember, 0x0100, 0x8180, kUnseen, kUnseen, true, 92,
     kSelf, "gfw-3"},
    {"ipv6_teredo", kTeredoMember, 0x0100, 0x8180, kUnseen, kUnseen, true, 92,
     kSelf, "gfw-2"},
    {"face_with_df", kFaceMember, 0x0100, 0x8180, true, false, true, 92, kSelf,
     "gfw-x"},
    {"relay_hides_header", kMainMember, 0x0100, 0x8180, true, false, true, 92,
     kRelay, "gfw-x"},
    {"relay_face", kFaceMember, 0x0100, 0x8180, true, false, true, 92, kRelay,
     "gfw-3"},
    {"relay_teredo", kTeredoMember, 0x0100, 0x8180, true, false, true, 92,
     kRelay, "gfw-2"},
    {"relay_outsider", kOutsider, 0x0100, 0x8580, false, false, false, 60,
     kRelay, ""},
    {"outsider", kOutsider, 0x0100, 0x8180, true, false, true, 92, kSelf, ""},
    {"no_wire_bytes", kMainMember, 0x0100, 0, kUnseen, kUnseen, kUnseen, 60,
     kSelf, "gfw-x"},
    {"no_wire_bytes_face", kFaceMember, 0x0100, 0, kUnseen, kUnseen, kUnseen,
     60, kSelf, "gfw-3"},
    {"no_wire_bytes_outsider", kOutsider, 0x0100, 0, kUnseen, kUnseen, kUnseen,
     60, kSelf, ""},
    {"iran", "10.10.34.36", 0x0100, 0x8180, true, false, true, 1, kSelf,
     "iran"},
    {"mapped_member", "::ffff:31.13.94.37", 0x0100, 0x8180, false, true, true,
     92, kSelf, "gfw-3"},
};

class AttributeTest : public testing::TestWithParam<Row> {};

TEST_P(AttributeTest, NamesTheInjector) {
  const Row& row = GetParam();
  const auto reference = reference::LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  Case set;
  set.date = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  set.reference = &*reference;
  Asked asked;
  asked.query_flags = row.query_flags;
  Observation reply;
  reply.flags = row.flags;
  reply.dont_fragment = row.dont_fragment;
  reply.ip_id_zero = row.ip_id_zero;
  reply.owner_is_pointer = row.owner_is_pointer;
  reply.rr_ttl = row.rr_ttl;
  reply.addresses.push_back(
      {*net::IpAddress::Parse(row.address), row.rr_ttl, dns::kTypeA});
  EXPECT_EQ(Attribute({set, asked, reply}, row.sender), row.injector);
}

TEST_P(AttributeTest, NobodyIsToldApartBeforeTheyWereDescribed) {
  const Row& row = GetParam();
  const auto reference = reference::LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  Case set;
  set.date = std::chrono::sys_days(std::chrono::year(2016) / 1 / 1);
  set.reference = &*reference;
  Observation reply;
  reply.flags = row.flags;
  reply.addresses.push_back(
      {*net::IpAddress::Parse("8.7.198.45"), row.rr_ttl, dns::kTypeA});
  EXPECT_EQ(Attribute({set, Asked(), reply}, row.sender), "gfw-x");
}

std::string NameOf(const testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

INSTANTIATE_TEST_SUITE_P(Matrix, AttributeTest, testing::ValuesIn(kRows),
                         NameOf);

TEST(InjectorTest, IsToldApartByMoreThanPools) {
  const auto reference = reference::LoadReference("schema/seed");
  ASSERT_TRUE(reference.ok()) << reference.status();
  EXPECT_TRUE(IsToldApart(*reference, "gfw-2"));
  EXPECT_FALSE(IsToldApart(*reference, "gfw-x"));
  EXPECT_FALSE(IsToldApart(*reference, ""));
}

}  // namespace
}  // namespace taster::judge
