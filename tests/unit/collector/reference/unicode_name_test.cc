// SPDX-License-Identifier: Apache-2.0
// Names in people's own scripts, there and back.
#include "collector/reference/unicode_name.h"

#include <gtest/gtest.h>

#include <utility>

namespace taster::reference {
namespace {

TEST(UnicodeNameTest, ThereAndBack) {
  const std::pair<const char*, const char*> names[] = {
      {"xn--bcher-kva.example", "bücher.example"},
      {"www.xn--fiqs8s.xn--55qx5d.cn", "www.中国.公司.cn"},
      {"xn--fa-hia.example.", "faß.example."},
      {"_dmarc.example.com", "_dmarc.example.com"},
      {".", "."},
  };
  for (const auto& [ascii, utf8] : names) {
    const IdnText shown = ToUnicode(ascii);
    EXPECT_EQ(shown.text, utf8);
    EXPECT_EQ(shown.fault, IdnFault::kNone) << ascii;
    const IdnText back = ToAscii(utf8);
    EXPECT_EQ(back.text, ascii);
    EXPECT_EQ(back.fault, IdnFault::kNone) << utf8;
  }
  EXPECT_EQ(ToUnicode("XN--BCHER-KVA.example").text, "bücher.example");
  EXPECT_EQ(ToAscii("BÜCHER.Example").text, "xn--bcher-kva.example");
}

TEST(UnicodeNameTest, WhatDoesNotConvertStays) {
  const std::pair<const char*, IdnFault> names[] = {
      {"xn--a.example", IdnFault::kPunycode},
      {"xn--\xff.example", IdnFault::kPunycode},
      {"xn--ls8h.example", IdnFault::kDisallowed},  // A symbol.
  };
  for (const auto& [name, fault] : names) {
    const IdnText shown = ToUnicode(name);
    EXPECT_EQ(shown.text, name);
    EXPECT_NE(shown.fault, IdnFault::kNone) << name;
  }
  const IdnText mixed = ToUnicode("xn--bcher-kva.xn--a.example");
  EXPECT_EQ(mixed.text, "bücher.xn--a.example");
  EXPECT_NE(mixed.fault, IdnFault::kNone);
}

TEST(UnicodeNameTest, EscapesStay) {
  for (const char* name :
       {"a\\.xn--bcher-kva.example", "\\000\\255.example", "a\\"}) {
    EXPECT_EQ(ToUnicode(name).text, name);
  }
}

TEST(UnicodeNameTest, AsciiFromBadInput) {
  const std::string long_label(64, 'a');
  const std::pair<std::string, IdnFault> names[] = {
      {"b\xff.example", IdnFault::kEncoding},
      {long_label + ".example", IdnFault::kLength},
      {"a..example", IdnFault::kLength},
      {"", IdnFault::kLength},
      {"\xe2\x80\xae.example", IdnFault::kDisallowed},  // Right to left.
      {std::string("a\0b.example", 11), IdnFault::kDisallowed},
  };
  for (const auto& [name, fault] : names) {
    const IdnText ascii = ToAscii(name);
    EXPECT_EQ(ascii.text, name);
    EXPECT_EQ(ascii.fault, fault) << name;
  }
}

}  // namespace
}  // namespace taster::reference
