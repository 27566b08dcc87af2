// What a caller's fields are called, and the ceiling that one of them sets.
// SPDX-License-Identifier: Apache-2.0
#include "app/caller.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

struct Place {
  test::World world;
  test::FakeHost host{world};
};

std::string refusalOf(Caller caller, const std::string& coins) {
  try {
    caller.overrideMaxFee(coins);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Input);
    EXPECT_FALSE(caller.overrides.contains("PEAQOS_MAX_FEE"));
    return error.message;
  }
  return {};
}

TEST(Caller, NamesFieldsAsTheyWereGiven) {
  Place place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  EXPECT_EQ(caller.fieldName("max-fee"), "--max-fee");
  EXPECT_EQ(caller.argumentName("machine-id"), "MACHINE_ID");
  caller.naming = Naming::Members;
  EXPECT_EQ(caller.fieldName("max-fee"), "maxFee");
  EXPECT_EQ(caller.argumentName("machine-id"), "machineId");
  caller.naming = Naming::Columns;
  EXPECT_EQ(caller.fieldName("machine-id"), "machine_id");
  EXPECT_EQ(caller.argumentName("machine-id"), "machine_id");
}

TEST(Caller, AFeeCeilingThatIsNotAnAmountIsAnInputError) {
  Place place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  for (const char* coins : {"", "abc", "-1", "1,5", "1e3", "0.0000000000000000001", "."}) {
    EXPECT_EQ(refusalOf(caller, coins), "--max-fee is not an amount: '" + std::string(coins) + "'");
  }
  caller.naming = Naming::Members;
  EXPECT_EQ(refusalOf(caller, "x"), "maxFee is not an amount: 'x'");
}

TEST(Caller, AFeeCeilingOverridesTheSetting) {
  Place place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  caller.overrideMaxFee("0.25");
  EXPECT_EQ(caller.overrides.at("PEAQOS_MAX_FEE"), "0.25");
}

}  // namespace
}  // namespace peaqos::app
