// Fleets: many machines activated by their operator, each once, in few transactions and requests.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/fleet_activation.hpp"

#include <random>

#include "peaq/activation_fixture.hpp"

namespace peaqos::peaq {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

struct FleetEnd {
  std::optional<Error> error = {};  // that was thrown
  std::optional<Error> stopped = {};
  std::vector<FleetOutcome> outcomes = {};
  FleetCosts costs = {};
  bool killed = false;

  bool complete() const {
    return !error && !stopped && !killed && std::ranges::all_of(outcomes, &FleetOutcome::complete);
  }
};

struct FleetWorld {
  explicit FleetWorld(std::size_t count, ChainSettings settings = {}) : t(true, settings) {
    for (std::size_t i = 0; i < count; ++i) {
      Bytes key(32, 0x11);
      key.back() = static_cast<std::uint8_t>(i + 1);
      signers.push_back(std::make_unique<evm::KeySigner>(*crypto::PrivateKey::fromBytes(key)));
      t.chain.truth.setBalance(signers.back()->address(), coins(1));
    }
  }

  ActivationTest t;
  std::vector<std::unique_ptr<evm::KeySigner>> signers;
  std::optional<evm::U256> gasPerMachine;

  static Task<FleetEnd> activate(FleetRequest request, ActivationContext context) {
    FleetEnd end;
    FleetActivation fleet(std::move(request), std::move(context));
    std::optional<Error> failure;
    try {
      co_await fleet.settleEarlier();
      co_await fleet.survey();
      end.costs = fleet.costs();
      end.stopped = co_await fleet.run();
      end.outcomes = fleet.outcomes();
    } catch (const Error& error) {
      failure = error;
    }
    end.error = failure;
    co_return end;
  }

  FleetEnd run(Operator& by) {
    FleetRequest request{.gasPerMachine = gasPerMachine, .skipFunding = true};
    for (const auto& signer : signers) request.machines.push_back({signer.get(), t.request});
    ActivationContext context = t.context(by);
    context.machineSigner = nullptr;
    return by.host.run(activate(std::move(request), std::move(context))).value_or(FleetEnd{.killed = true});
  }
  FleetEnd run() {
    Operator by(t.world, t.chain);
    return run(by);
  }

  std::size_t operatorTransactions() { return t.chain.truth.transactionsOf(t.operatorKey.address()).size(); }

  // How often each machine was registered.
  std::map<Hash256, int> registrations() {
    std::map<Hash256, int> count;
    for (const test::Mined& mined : t.chain.truth.transactionsOf(t.operatorKey.address())) {
      for (const evm::Log& log : mined.logs) {
        if (mined.succeeded && log.emitter == t.contracts.addresses.identityRegistry) ++count[log.topics[2]];
      }
    }
    return count;
  }

  void expectActivatedOnce(const evm::Address& without = {}) {
    t.chain.truth.settle();
    PeaqContracts::State now = t.contracts.state();
    std::string list;
    for (const auto& signer : signers) {
      const evm::Address machine = signer->address();
      if (machine == without) continue;
      ASSERT_TRUE(now.machines.contains(machine));
      const std::uint64_t id = now.machines[machine];
      ASSERT_TRUE(now.tokens.contains(id));
      EXPECT_EQ(now.tokens[id].second, machine);
      EXPECT_EQ(now.attributes[machine].size(), 6U);
      EXPECT_EQ(now.attributes[machine]["machineId"], std::to_string(id));
      EXPECT_EQ(now.attributes[machine]["nftTokenId"], std::to_string(now.tokens[id].first));
      list += (list.empty() ? "" : ", ") + std::to_string(id);
      EXPECT_EQ(t.chain.truth.transactionsOf(machine).size(), 1U) << "its DID alone";
    }
    EXPECT_EQ(now.attributes[t.operatorKey.address()]["machines"].size(), list.size() + 2) << list;
    const auto counts = registrations();
    EXPECT_EQ(counts.size(), signers.size() - (without == evm::Address{} ? 0 : 1));
    for (const auto& [machine, count] : counts) EXPECT_EQ(count, 1);
  }
};

TEST(FleetActivation, TakesAFewTransactionsOfTheOperator) {
  FleetWorld fleet(10);
  const FleetEnd end = fleet.run();
  ASSERT_TRUE(end.complete()) << (end.error ? end.error->message : end.stopped ? end.stopped->message : "");
  fleet.expectActivatedOnce();
  EXPECT_EQ(end.costs.due, 10U);
  EXPECT_EQ(end.costs.bonds, coins(10));
  EXPECT_EQ(fleet.operatorTransactions(), 3U) << "registrations, mints, the list";
}

TEST(FleetActivation, AgainItSendsNothing) {
  FleetWorld fleet(5);
  ASSERT_TRUE(fleet.run().complete());
  const std::size_t sent = fleet.operatorTransactions();
  const FleetEnd again = fleet.run();
  ASSERT_TRUE(again.complete());
  EXPECT_EQ(again.costs.due, 0U);
  EXPECT_TRUE(again.outcomes[0].earlier);
  EXPECT_EQ(fleet.operatorTransactions(), sent);
}

TEST(FleetActivation, TakesFewRequests) {
  FleetWorld fleet(20, {.blockTime = seconds(0), .instant = true});
  ASSERT_TRUE(fleet.run().complete());
  // 20 single activations take 280.
  EXPECT_LE(fleet.t.chain.requests(), 22U);
}

TEST(FleetActivation, WhereBatchesMoveNoMoneyRegistrationsArePipelined) {
  FleetWorld fleet(10);
  fleet.t.contracts.batchesMoveMoney = false;
  const FleetEnd end = fleet.run();
  ASSERT_TRUE(end.complete()) << (end.stopped ? end.stopped->message : "");
  fleet.expectActivatedOnce();
  EXPECT_EQ(fleet.operatorTransactions(), 12U);
}

TEST(FleetActivation, TopsUpWhatMachinesLackOnce) {
  FleetWorld fleet(6);
  fleet.t.contracts.batchesMoveMoney = false;
  for (const auto& signer : fleet.signers) fleet.t.chain.truth.setBalance(signer->address(), evm::U256());
  const FleetEnd poor = fleet.run();
  ASSERT_EQ(poor.outcomes.size(), 6U);
  EXPECT_FALSE(poor.outcomes[0].complete);
  EXPECT_NE(poor.outcomes[0].problem.find("for the gas of its DID"), std::string::npos) << poor.outcomes[0].problem;
  EXPECT_EQ(fleet.operatorTransactions(), 0U) << "nothing is registered that could not be finished";

  fleet.gasPerMachine = evm::U256(1'000);
  const FleetEnd little = fleet.run();
  ASSERT_TRUE(little.error);
  EXPECT_EQ(little.error->code, "BAD_FIELD");
  fleet.gasPerMachine = evm::U256(100'000'000'000'000'000);
  const FleetEnd end = fleet.run();
  ASSERT_TRUE(end.complete()) << (end.stopped ? end.stopped->message : "");
  EXPECT_EQ(end.costs.topUps, 6U);
  fleet.expectActivatedOnce();
  const std::size_t sent = fleet.operatorTransactions();
  EXPECT_TRUE(fleet.run().complete());
  EXPECT_EQ(fleet.operatorTransactions(), sent) << "what is done needs no more gas";
}

TEST(FleetActivation, OneThatIsRefusedStopsNoOther) {
  FleetWorld fleet(8);
  const evm::Address refused = fleet.signers[3]->address();
  fleet.t.contracts.unwelcome = refused;
  const FleetEnd end = fleet.run();
  ASSERT_EQ(end.outcomes.size(), 8U);
  EXPECT_FALSE(end.stopped);
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(end.outcomes[i].complete, i != 3) << i << end.outcomes[i].problem;
  EXPECT_NE(end.outcomes[3].problem, "");
  fleet.expectActivatedOnce(refused);
}

TEST(FleetActivation, AnOperatorWithoutEnoughSpendsNothing) {
  FleetWorld fleet(10);
  fleet.t.chain.truth.setBalance(fleet.t.operatorKey.address(), coins(9));
  const FleetEnd end = fleet.run();
  ASSERT_TRUE(end.error);
  EXPECT_EQ(end.error->code, "INSUFFICIENT_FUNDS");
  EXPECT_EQ(fleet.operatorTransactions(), 0U);
}

TEST(FleetActivation, KilledAtAnyMomentEachMachineIsActivatedOnce) {
  for (const bool moves : {true, false}) {
    FleetWorld fleet(10);
    fleet.t.contracts.batchesMoveMoney = moves;
    std::mt19937 random(20261127);
    int kills = 0;
    for (int attempt = 0; attempt < 60; ++attempt) {
      Operator by(fleet.t.world, fleet.t.chain, static_cast<std::uint64_t>(attempt) + 1);
      by.host.life.dieAt(1 + random() % 150);
      const FleetEnd end = fleet.run(by);
      if (end.complete()) break;
      ++kills;
    }
    EXPECT_GT(kills, 2);
    const FleetEnd end = fleet.run();
    ASSERT_TRUE(end.complete()) << (end.error ? end.error->message : end.stopped ? end.stopped->message : "");
    fleet.expectActivatedOnce();
  }
}

}  // namespace
}  // namespace peaqos::peaq
