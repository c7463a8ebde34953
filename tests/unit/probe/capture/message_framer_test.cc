// SPDX-License-Identifier: Apache-2.0
// Messages cut out of a stream, however it is cut itself.
#include "probe/capture/message_framer.h"

#include <gtest/gtest.h>

#include "tests/unit/probe/capture/scripted_server.h"

namespace taster::capture {
namespace {

TEST(MessageFramer, CutsTheSameWhateverThePieces) {
  Bytes stream;
  for (const Bytes& message :
       {Bytes{1, 2, 3}, Bytes{}, Bytes(300, 7), Bytes(65535, 9)}) {
    const Bytes framed = Framed(message);
    stream.insert(stream.end(), framed.begin(), framed.end());
  }
  stream.push_back(0);  // Of a fifth that never comes.
  for (const std::size_t piece : {1, 2, 3, 299, 4096, 70'000}) {
    MessageFramer framer;
    std::vector<StreamMessage> whole;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      framer.Take(
          std::span(stream).subspan(at, std::min(piece, stream.size() - at)),
          &whole);
    }
    ASSERT_EQ(whole.size(), 4u) << piece;
    EXPECT_EQ(whole[0].kept, (Bytes{1, 2, 3}));
    EXPECT_EQ(whole[0].size, 3u);
    EXPECT_TRUE(whole[1].kept.empty());
    EXPECT_EQ(whole[2].kept, Bytes(300, 7));
    EXPECT_EQ(whole[3].kept, Bytes(MessageFramer::kKeptBytes, 9));
    EXPECT_EQ(whole[3].size, 65535u);
  }
}

TEST(MessageFramer, GivesNothingBeforeAMessageIsWhole) {
  MessageFramer framer;
  std::vector<StreamMessage> whole;
  framer.Take(Bytes{0xff, 0xff, 1, 2, 3}, &whole);
  framer.Take({}, &whole);
  EXPECT_TRUE(whole.empty());
}

}  // namespace
}  // namespace taster::capture
