// The list of machines in an operator's DID.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/operator_attributes.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::peaq {
namespace {

TEST(OperatorAttributes, ANewOperatorGetsBoth) {
  const auto writes = missingWrites({}, 7, 42);
  ASSERT_EQ(writes.size(), 2U);
  EXPECT_EQ(writes[0].attribute.name, "machineId");
  EXPECT_EQ(writes[0].attribute.value, "7");
  EXPECT_EQ(writes[1].change, AttributeChange::Add);
  EXPECT_EQ(writes[1].attribute.value, "[42]");
}

TEST(OperatorAttributes, AnotherMachineIsAppended) {
  const auto writes = missingWrites({{"machineId", "7"}, {"machines", "[42,43]"}}, 7, 44);
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].change, AttributeChange::Update);
  EXPECT_EQ(writes[0].attribute.value, "[42, 43, 44]");
}

TEST(OperatorAttributes, AListedMachineNeedsNothing) {
  EXPECT_TRUE(missingWrites({{"machineId", "7"}, {"machines", "[42, 43]"}}, 7, 43).empty());
}

TEST(OperatorAttributes, AnEmptyListIsUpdated) {
  const auto writes = missingWrites({{"machineId", "7"}, {"machines", ""}}, 7, 43);
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].change, AttributeChange::Update);
}

TEST(OperatorAttributes, WhatIsNoListIsNotOverwritten) {
  for (const char* text : {"robots", "{}", "[1.5]", "[\"a\"]", "[-1]", "[1", "42"}) {
    EXPECT_THROW(missingWrites({{"machines", text}}, 7, 43), Error) << text;
  }
}

TEST(OperatorAttributes, AFullListIsRefused) {
  std::string list = "[1";
  while (list.size() < kLongestValue - 4) list += ", 2";
  EXPECT_THROW(missingWrites({{"machineId", "7"}, {"machines", list + "]"}}, 7, 99999), Error);
}

}  // namespace
}  // namespace peaqos::peaq
