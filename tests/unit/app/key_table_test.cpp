// SPDX-License-Identifier: Apache-2.0
#include "app/events/key_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace peaqos::app {
namespace {

TEST(KeyTable, HoldsWhatAMapHolds) {
  KeyTable<std::uint64_t> table;
  std::map<LineKey, std::uint64_t> expected;
  std::mt19937_64 random(1);
  EXPECT_EQ(table.find(LineKey{}), nullptr);
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    LineKey key{};
    key[0] = static_cast<std::uint8_t>(random() % 4);  // many keys want the same places
    key[8] = static_cast<std::uint8_t>(random());
    key[15] = static_cast<std::uint8_t>(random());
    const auto [value, added] = table.insert(key, i);
    const auto [known, isNew] = expected.emplace(key, i);
    ASSERT_EQ(added, isNew);
    ASSERT_EQ(*value, known->second);
  }
  EXPECT_EQ(table.size(), expected.size());
  for (const auto& [key, value] : expected) {
    ASSERT_NE(table.find(key), nullptr);
    EXPECT_EQ(*table.find(key), value);
  }
  LineKey other{};
  other[1] = 1;
  EXPECT_EQ(table.find(other), nullptr);
}

}  // namespace
}  // namespace peaqos::app
