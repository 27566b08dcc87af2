// SPDX-License-Identifier: Apache-2.0
#include "vault/store.hpp"

#include <gtest/gtest.h>

#include "support/fake_host.hpp"

namespace peaqos::vault {
namespace {

constexpr char kBase[] = "/home/user/.ows";
constexpr char kWallets[] = "/home/user/.ows/wallets";

std::string walletText(const std::string& id, const std::string& name, const std::string& created = "2026-01-01") {
  return writeWallet(makeWallet(id, name, created, KeyType::Mnemonic, {}, Json::object()));
}

struct StoreTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  StoreTest() { host.environment.variables["HOME"] = "/home/user"; }

  void put(const std::string& name, const std::string& text) { world.disk.put(kWallets + ("/" + name), text); }
  void link(const std::string& name, const std::string& target) { world.disk.putLink(kWallets + ("/" + name), target); }
  std::vector<std::string> names() {
    Store store(host.lent(), host.conversation);
    std::vector<std::string> out;
    const auto wallets = host.run(store.list());
    for (const Listed& listed : *wallets) out.push_back(listed.wallet.name);
    return out;
  }
  // The code of what a task throws, or "" for nothing.
  template <typename T>
  std::string codeOf(Task<T> task) {
    try {
      host.run(std::move(task));
    } catch (const Error& error) {
      return error.code;
    }
    return {};
  }
  std::string warning() {
    return host.conversation.events.empty() ? "" : host.conversation.events.back().facts["text"].get<std::string>();
  }
};

TEST_F(StoreTest, ListsTheNewestFirst) {
  put("a.json", walletText("a", "old", "2025"));
  put("b.json", walletText("b", "new", "2026"));
  put("note.txt", "no wallet");
  EXPECT_EQ(names(), (std::vector<std::string>{"new", "old"}));
  EXPECT_EQ(warning(), "");
}

TEST_F(StoreTest, ReadingChangesNothing) {
  put("a.json", walletText("a", "w"));
  world.disk.setReadOnly(kBase);
  world.disk.setUnlockable(kBase);
  EXPECT_EQ(names(), std::vector<std::string>{"w"});
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(host.run(store.load("w"))->wallet.id, "a");
  EXPECT_EQ(warning(), "");
}

TEST_F(StoreTest, WarnsOfAVaultThatOthersCanEnter) {
  world.disk.makeFolder(kBase, 0755);
  world.disk.makeFolder(kWallets, 0755);
  put("a.json", walletText("a", "w"));
  EXPECT_EQ(names().size(), 1U);
  EXPECT_EQ(warning(), std::string(kBase) + " is open to other users. chmod 700 " + kBase + " keeps them out");
  EXPECT_EQ(world.disk.mode(kWallets), 0755U);
}

TEST_F(StoreTest, AClosedFolderAboveIsEnough) {
  world.disk.makeFolder(kBase, 0700);
  world.disk.makeFolder(kWallets, 0755);
  put("a.json", walletText("a", "w"));
  names();
  EXPECT_EQ(warning(), "");
}

TEST_F(StoreTest, ReadsWalletsThatAreLinks) {
  world.disk.put("/secrets/w.json", walletText("a", "w"));
  link("w.json", "/secrets/w.json");
  Store store(host.lent(), host.conversation);
  const auto wallets = host.run(store.list());
  ASSERT_EQ(wallets->size(), 1U);
  EXPECT_TRUE(wallets->front().linked);
  EXPECT_TRUE(host.run(store.load("w"))->linked);
}

TEST_F(StoreTest, RemovesAndRenamesNoLink) {
  world.disk.put("/secrets/w.json", walletText("a", "w"));
  link("w.json", "/secrets/w.json");
  Store store(host.lent(), host.conversation);
  auto listed = host.run(store.find("w"));
  EXPECT_EQ(codeOf(store.erase(std::move(*listed))), "WALLET_LINKED");
  EXPECT_EQ(codeOf(store.rename("w", "v")), "WALLET_LINKED");
  EXPECT_EQ(world.disk.text("/secrets/w.json"), walletText("a", "w"));
}

TEST_F(StoreTest, ALinkBesideItsFileIsNoSecondWallet) {
  put("w.json", walletText("a", "w"));
  link("again.json", std::string(kWallets) + "/w.json");
  link("more.json", std::string(kWallets) + "/w.json");
  EXPECT_EQ(names(), std::vector<std::string>{"w"});
}

TEST_F(StoreTest, TwoFilesOfOneIdAreTwoWallets) {
  put("w.json", walletText("a", "w"));
  put("copy.json", walletText("a", "copy"));
  EXPECT_EQ(names().size(), 2U);
}

TEST_F(StoreTest, SaysWhatItPassesOver) {
  put("good.json", walletText("a", "w"));
  put("bad.json", "{}");
  link("gone.json", "/nowhere");
  world.disk.putPipe(std::string(kWallets) + "/pipe.json");
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(host.run(store.list())->size(), 1U);
  EXPECT_EQ(store.passedOver(), 3U);
  EXPECT_EQ(host.conversation.count("wallet_file", "warning"), 3U);
  EXPECT_EQ(codeOf(store.find("other")), "WALLET_NOT_FOUND");
  try {
    host.run(store.find("other"));
  } catch (const Error& error) {
    EXPECT_NE(error.message.find("3 of the vault's files could not be read"), std::string::npos);
  }
}

TEST_F(StoreTest, AMissingVaultIsEmpty) {
  EXPECT_TRUE(names().empty());
  world.disk.makeFolder(kBase);
  EXPECT_TRUE(names().empty());
  world.disk.makeFolder(kWallets);
  EXPECT_TRUE(names().empty());
}

TEST_F(StoreTest, AVaultThatCannotBeReadIsNotEmpty) {
  put("a.json", walletText("a", "w"));
  world.disk.setDenied(kWallets);
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(codeOf(store.list()), "FILE_DENIED");
}

TEST_F(StoreTest, AFileInThePlaceOfTheVaultIsSaid) {
  world.disk.put(kWallets, "a file");
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(codeOf(store.list()), "NOT_A_FOLDER");
}

TEST_F(StoreTest, AWriterWaitsForTheLock) {
  put("a.json", walletText("a", "w"));
  auto held = host.run(host.files.tryLock(kWallets));
  Store store(host.lent(), host.conversation);
  world.loop.after(std::chrono::seconds(2), [&] { held->reset(); });
  EXPECT_EQ(host.run(store.rename("w", "v"))->wallet.name, "v");
  EXPECT_EQ(host.conversation.count("vault_lock", "waiting"), 1U);
  EXPECT_FALSE(world.disk.locked(kWallets));
}

TEST_F(StoreTest, AWriterGivesUpAfterHalfAMinute) {
  put("a.json", walletText("a", "w"));
  const auto held = host.run(host.files.tryLock(kWallets));
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(codeOf(store.rename("w", "v")), "LOCKED");
}

TEST_F(StoreTest, AFolderWithoutLocksIsWarnedOf) {
  put("a.json", walletText("a", "w"));
  world.disk.setUnlockable(kBase);
  Store store(host.lent(), host.conversation);
  EXPECT_EQ(host.run(store.rename("w", "v"))->wallet.name, "v");
  EXPECT_NE(warning().find("cannot be locked"), std::string::npos);
}

TEST_F(StoreTest, AnOldLockFileIsClearedAway) {
  put("a.json", walletText("a", "w"));
  world.disk.put(std::string(kBase) + "/.peaqos-lock", "1 left by one that was killed\n");
  Store store(host.lent(), host.conversation);
  host.run(store.rename("w", "v"));
  EXPECT_FALSE(world.disk.exists(std::string(kBase) + "/.peaqos-lock"));
}

}  // namespace
}  // namespace peaqos::vault
