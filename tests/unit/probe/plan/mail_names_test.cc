// SPDX-License-Identifier: Apache-2.0
// Which names serve mail.
#include "probe/plan/mail_names.h"

#include <gtest/gtest.h>

#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

TEST(MailNames, FirstLabelTells) {
  const MailNames none;
  for (const char* name :
       {"imap.gmail.com", "IMAP4.example.com", "pop.example.com",
        "pop3.example.com", "smtp2.example.com", "mail.ru", "mx1.example.com",
        "submission.example.com"}) {
    EXPECT_TRUE(none.Covers(MakeName(name))) << name;
  }
  for (const char* name : {"example.com", "www.mail.ru", "mailbox.example.com",
                           "imap-help.example.com", "com"}) {
    EXPECT_FALSE(none.Covers(MakeName(name))) << name;
  }
}

TEST(MailNames, WhatWasAddedStandsForAllBelow) {
  MailNames names;
  ASSERT_TRUE(names.Add("gmail.com"));
  EXPECT_FALSE(names.Add("192.0.2.1"));
  EXPECT_FALSE(names.Add("*.example.com"));
  EXPECT_TRUE(names.Covers(MakeName("gmail.com")));
  EXPECT_TRUE(names.Covers(MakeName("a.b.Gmail.com")));
  EXPECT_FALSE(names.Covers(MakeName("notgmail.com")));
}

}  // namespace
}  // namespace taster::plan
