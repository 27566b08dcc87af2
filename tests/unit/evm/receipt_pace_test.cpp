// SPDX-License-Identifier: Apache-2.0
#include "evm/receipt_pace.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace peaqos::evm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Duration = ReceiptPace::Duration;

// The times after a broadcast at which a receipt is looked for, until the one that finds it.
std::vector<Duration> looksUntil(const ReceiptPace& pace, Duration mined) {
  std::vector<Duration> looks;
  for (Duration now = pace.looksAtOnce() ? Duration(0) : pace.next(Duration(0));; now += pace.next(now)) {
    looks.push_back(now);
    if (now >= mined) return looks;
  }
}

TEST(ReceiptPace, LooksOftenAtFirstAndThenEveryTwoSeconds) {
  const ReceiptPace pace;
  const auto looks = looksUntil(pace, seconds(30));
  EXPECT_EQ(looks[0], Duration(0));
  EXPECT_EQ(looks[1], milliseconds(100));
  EXPECT_EQ(looks[2], milliseconds(250));
  EXPECT_EQ(looks.back() - looks[looks.size() - 2], seconds(2));
}

TEST(ReceiptPace, LooksFourTimesABlockOnceItKnowsTheChain) {
  ReceiptPace pace;
  pace.learn(seconds(6));
  const auto looks = looksUntil(pace, seconds(6));
  EXPECT_EQ(looks, (std::vector<Duration>{milliseconds(4500), seconds(5), milliseconds(5500), seconds(6)}));
}

TEST(ReceiptPace, ABlockThatIsLateIsNotAskedForInHaste) {
  ReceiptPace pace;
  pace.learn(seconds(1));
  EXPECT_LE(looksUntil(pace, seconds(30)).size(), 30U);
}

TEST(ReceiptPace, WhatTookLongOnceIsNotWaitedForInTheDark) {
  ReceiptPace pace;
  pace.learn(seconds(120));
  EXPECT_EQ(pace.next(Duration(0)), seconds(9));
  pace.learn(milliseconds(10));
  EXPECT_TRUE(pace.looksAtOnce());
}

}  // namespace
}  // namespace peaqos::evm
