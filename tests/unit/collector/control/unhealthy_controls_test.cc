// SPDX-License-Identifier: Apache-2.0
// Three controls, each healthy, poisoned, filtered or dead, in all
// combinations: what lies is never cleared, and what is true never accused.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "collector/control/assemble.h"
#include "collector/control/control_book.h"
#include "collector/judge/verdict.h"
#include "collector/reference/build_reference.h"
#include "collector/reference/seed_files.h"
#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using judge::Class;

enum class Health { kHealthy, kPoisoned, kNullified, kDenied, kDead };
constexpr std::array kAll = {Health::kHealthy, Health::kPoisoned,
                             Health::kNullified, Health::kDenied,
                             Health::kDead};

constexpr char kName[] = "www.example.";
constexpr char kTrue[] = "104.18.26.120";
// Of the pool that injectors use today, and of one owner.
constexpr char kForged[] = "31.13.94.37";
constexpr char kForgedToo[] = "31.13.94.41";
constexpr char kForgedElsewhere[] = "199.59.148.20";

const judge::Reference& TheReference() {
  static const judge::Reference reference = [] {
    const auto seeds = reference::ReadSeedFiles("schema/seed");
    const auto prefix = [](const char* text, std::uint32_t asn) {
      return reference::PrefixRow{{*net::IpPrefix::Parse(text), asn}, ""};
    };
    return *reference::BuildReference(
        *seeds, {prefix("104.16.0.0/12", 13335), prefix("31.13.64.0/18", 32934),
                 prefix("199.59.148.0/22", 13414)});
  }();
  return reference;
}

std::vector<Reply> Saw(Health health) {
  switch (health) {
    case Health::kHealthy:
      return {{.addresses = {kTrue}}};
    case Health::kPoisoned:
      return {{.addresses = {kForged}}};
    case Health::kNullified:
      return {{.addresses = {"0.0.0.0"}}};
    case Health::kDenied:
      return {{.addresses = {}, .rcode = 3}};
    case Health::kDead:
      break;
  }
  return {};
}

// What the judge says of one reply, by what these controls saw.
Class Judged(const std::array<Health, 3>& controls, const Reply& reply) {
  ControlBook book(&TheReference().origin_as);
  std::int64_t vantage = 0;
  for (const Health health : controls) {
    book.Learn(ControlRows(Measured(kName, Saw(health)), ++vantage));
  }
  const judge::Case set =
      Assemble({Measured(kName, {reply}).asked},
               {.book = book, .reference = TheReference()},
               {.network = {.country = "CN", .asn = 4134},
                .day = std::chrono::sys_days(std::chrono::days(20'779))});
  return judge::Judge(set).measurements.front().verdict;
}

std::ptrdiff_t Count(const std::array<Health, 3>& controls, Health health) {
  return std::ranges::count(controls, health);
}

template <typename Visit>
void ForAll(Visit visit) {
  for (const Health a : kAll) {
    for (const Health b : kAll) {
      for (const Health c : kAll) {
        SCOPED_TRACE(testing::Message()
                     << static_cast<int>(a) << static_cast<int>(b)
                     << static_cast<int>(c));
        visit(std::array{a, b, c});
      }
    }
  }
}

TEST(UnhealthyControls, NeverClearALie) {
  ForAll([](const auto& controls) {
    // Whom most controls believe, nobody doubts.
    if (Count(controls, Health::kPoisoned) <= 1) {
      for (const char* forged : {kForged, kForgedToo, kForgedElsewhere}) {
        EXPECT_NE(Judged(controls, {.addresses = {forged}}), Class::kConsistent)
            << forged;
      }
    }
    if (Count(controls, Health::kHealthy) > 0 &&
        Count(controls, Health::kDenied) <= 1) {
      EXPECT_NE(Judged(controls, {.addresses = {}, .rcode = 3}),
                Class::kConsistent);
    }
  });
}

TEST(UnhealthyControls, NeverAccuseTheTruth) {
  ForAll([](const auto& controls) {
    const Class verdict = Judged(controls, {.addresses = {kTrue}});
    EXPECT_TRUE(verdict == Class::kConsistent ||
                verdict == Class::kInsufficient)
        << judge::ToString(verdict);
    if (Count(controls, Health::kHealthy) > 0) {
      EXPECT_EQ(verdict, Class::kConsistent);
    }
  });
}

TEST(UnhealthyControls, OneHealthyControlThatIsLeftFindsEveryLie) {
  ForAll([](const auto& controls) {
    if (Count(controls, Health::kHealthy) == 0 ||
        Count(controls, Health::kPoisoned) > 0) {
      return;
    }
    for (const char* forged : {kForged, kForgedToo, kForgedElsewhere}) {
      EXPECT_EQ(Judged(controls, {.addresses = {forged}}), Class::kPoisoned)
          << forged;
    }
  });
}

}  // namespace
}  // namespace taster::control
