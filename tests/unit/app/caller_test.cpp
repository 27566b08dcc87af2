// What a caller's fields are called, and the ceiling that one of them sets.
// SPDX-License-Identifier: Apache-2.0
#include "app/caller.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

struct CallerPlace {
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
  CallerPlace place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  EXPECT_EQ(caller.fieldName("max-fee"), "--max-fee");
  EXPECT_EQ(caller.argumentName("machine-id"), "MACHINE_ID");
  caller.naming = Naming::Members;
  EXPECT_EQ(caller.fieldName("max-fee"), "maxFee");
  EXPECT_EQ(caller.argumentName("machine-id"), "machineId");
  EXPECT_EQ(caller.fieldName("per-tx-limit"), "perTransactionLimit");
  EXPECT_EQ(caller.fieldName("daily-limit"), "dailySpendLimit");
  EXPECT_EQ(caller.fieldName("identity-key-file"), "identityKey");
  caller.naming = Naming::Columns;
  EXPECT_EQ(caller.fieldName("machine-id"), "machine_id");
  EXPECT_EQ(caller.argumentName("machine-id"), "machine_id");
}

TEST(Caller, HintsNameThoseFieldsToo) {
  EXPECT_EQ(withMemberNames("Pair again with a higher --per-tx-limit, or use --max-fee"),
            "Pair again with a higher perTransactionLimit, or use maxFee");
  EXPECT_EQ(withMemberNames("Give its file with --pairing-token-file"), "Give its file with pairingToken");
  EXPECT_EQ(withMemberNames("a -- b --, --Z"), "a -- b --, --Z");
}

TEST(Caller, AFeeCeilingThatIsNotAnAmountIsAnInputError) {
  CallerPlace place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  for (const char* coins : {"", "abc", "-1", "1,5", "1e3", "0.0000000000000000001", "."}) {
    EXPECT_EQ(refusalOf(caller, coins), "--max-fee is not an amount: '" + std::string(coins) + "'");
  }
  caller.naming = Naming::Members;
  EXPECT_EQ(refusalOf(caller, "x"), "maxFee is not an amount: 'x'");
}

TEST(Caller, AFeeCeilingOverridesTheSetting) {
  CallerPlace place;
  Caller caller{.host = place.host.lent(), .conversation = place.host.conversation};
  caller.overrideMaxFee("0.25");
  EXPECT_EQ(caller.overrides.at("PEAQOS_MAX_FEE"), "0.25");
}

}  // namespace
}  // namespace peaqos::app
