// SPDX-License-Identifier: Apache-2.0
#include "peaq/machine_attributes.hpp"

#include <gtest/gtest.h>

namespace peaqos::peaq {
namespace {

WantedAttributes wanted() {
  return {.machineId = "42",
          .nftTokenId = "11",
          .operatorDid = "",
          .documentationUrl = "https://d",
          .dataApi = "https://a",
          .visibility = std::nullopt};
}

MachineAttributes complete() {
  return {{"machineId", "42"},       {"nftTokenId", "11"},
          {"operator", ""},          {"documentation_url", "https://d"},
          {"data_api", "https://a"}, {"data_visibility", "private"}};
}

TEST(MachineAttributes, AreAllAddedToAnEmptyDid) {
  const auto writes = missingWrites({}, wanted());
  ASSERT_EQ(writes.size(), kMachineAttributes.size());
  for (std::size_t i = 0; i < writes.size(); ++i) {
    EXPECT_EQ(writes[i].change, AttributeChange::Add);
    EXPECT_EQ(writes[i].attribute.name, kMachineAttributes[i]);
  }
  EXPECT_EQ(writes.back().attribute.value, "public");
}

TEST(MachineAttributes, AreLeftAloneWhenComplete) { EXPECT_TRUE(missingWrites(complete(), wanted()).empty()); }

TEST(MachineAttributes, ChangeOnlyWhereTheUserSaidSo) {
  WantedAttributes other = wanted();
  other.dataApi = "https://new";
  auto writes = missingWrites(complete(), other);
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].change, AttributeChange::Update);
  EXPECT_EQ(writes[0].attribute.name, "data_api");

  other = wanted();
  other.visibility = "onchain";
  writes = missingWrites(complete(), other);
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].attribute.value, "onchain");

  MachineAttributes partial = complete();
  partial.erase("data_api");
  writes = missingWrites(partial, wanted());
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].change, AttributeChange::Add);
}

}  // namespace
}  // namespace peaqos::peaq
