// SPDX-License-Identifier: Apache-2.0
// The common reply is dissected without a single allocation.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "collector/dissect/dissect.h"
#include "tests/unit/collector/judge/message_text.h"

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  void* const place = std::malloc(size);
  if (place == nullptr) throw std::bad_alloc();
  return place;
}
[[gnu::noinline]] void* operator new(std::size_t size,
                                     const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* place) noexcept {
  std::free(place);
}
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept {
  std::free(place);
}

namespace taster::dissect {
namespace {

std::size_t AllocationsFor(const std::vector<std::string>& records) {
  judge::QuestionText question;
  question.qname = *dns::Name::Parse("www.some-longer-name.example.com.");
  judge::Asked asked;
  EXPECT_TRUE(DissectQuery(*judge::WriteMessage(question, {}), &asked));
  question.flags = 0x8180;
  question.edns = true;
  const judge::Bytes message = *judge::WriteMessage(question, records);
  const std::size_t before = allocations;
  const judge::Observation reply = Dissect(message, {}, asked);
  const std::size_t after = allocations;
  EXPECT_EQ(reply.fit, judge::Fit::kMatches);
  EXPECT_EQ(reply.defect, 0);
  return after - before;
}

TEST(AllocationTest, FourAddressesNeedNone) {
  EXPECT_EQ(AllocationsFor({"c00c 60 A 192.0.2.1", "c00c 60 A 192.0.2.2",
                            "c00c 60 A 192.0.2.3", "c00c 60 A 192.0.2.4"}),
            0U);
  EXPECT_EQ(AllocationsFor({}), 0U);
  EXPECT_EQ(AllocationsFor({"c00c 60 HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1"}),
            0U);
}

TEST(AllocationTest, TwoExtendedErrorsNeedNone) {
  EXPECT_EQ(AllocationsFor({"add . 0 TYPE41 000f0002000f000f00020011"}), 0U);
}

TEST(AllocationTest, AShortAliasNeedsNone) {
  EXPECT_EQ(AllocationsFor({"c00c 60 CNAME a.example."}), 0U);
}

}  // namespace
}  // namespace taster::dissect
