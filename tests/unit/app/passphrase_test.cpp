// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/passphrase.hpp"

#include <gtest/gtest.h>

#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "support/fake_host.hpp"
#include "vault/open_wallet.hpp"
#include "vault/store.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kComposed = "caf\xC3\xA9 battery staple";
constexpr std::string_view kDecomposed = "cafe\xCC\x81 battery staple";

struct VaultPlace {
  test::World world;
  test::FakeHost host{world};
  Caller caller{.host = host.lent(), .conversation = host.conversation};
  VaultPlace() { host.environment.variables["HOME"] = host.folder; }

  vault::WalletFile wallet() {
    vault::Store store(host.lent(), host.conversation);
    return host.run(store.load("w"))->wallet;
  }

  std::string codeOf(std::string_view passphrase) {
    host.environment.variables["OWS_PASSPHRASE"] = passphrase;
    try {
      host.run(createWallet({.name = "w"}, caller));
    } catch (const Error& error) {
      return error.code;
    }
    return {};
  }
};

TEST(Passphrase, WhatIsNoTextIsRefused) {
  VaultPlace place;
  EXPECT_EQ(place.codeOf("correct horse \xFF"), "BAD_PASSPHRASE");
  EXPECT_EQ(place.codeOf("correct horse \xEF\xBF\xBD"), "BAD_PASSPHRASE");
  EXPECT_EQ(place.codeOf("correct horse \xC3\xA9"), "");
}

TEST(Passphrase, TheOtherFormOfUnicodeOpensAWallet) {
  VaultPlace place;
  ASSERT_EQ(place.codeOf(kDecomposed), "");
  const vault::WalletFile wallet = place.wallet();
  const Secret found = formThatOpens(place.caller, wallet, Secret(asBytes(kComposed)));
  EXPECT_EQ(asText(found.expose()), kDecomposed);
  EXPECT_EQ(place.host.conversation.count("passphrase", "warning"), 1U);
  EXPECT_FALSE(vault::openWallet(wallet, found.expose()).empty());
}

TEST(Passphrase, TheGivenFormComesFirstAndNothingIsSaid) {
  VaultPlace place;
  ASSERT_EQ(place.codeOf(kComposed), "");
  const vault::WalletFile wallet = place.wallet();
  for (const std::string_view given : {kComposed, std::string_view("caf\xC3\xA9 of another")}) {
    EXPECT_EQ(asText(formThatOpens(place.caller, wallet, Secret(asBytes(given))).expose()), given);
  }
  EXPECT_EQ(place.host.conversation.count("passphrase", "warning"), 0U);
}

}  // namespace
}  // namespace peaqos::app
