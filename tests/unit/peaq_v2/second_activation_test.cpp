// activate in the second generation against a scripted chain: lost answers, lagging nodes and deaths between the
// approval and the activation. A machine is activated once, and one bond is paid. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evm/abi.hpp"
#include "evm/outbox_fixture.hpp"
#include "ledger/row.hpp"
#include "peaq/v2/activation.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_id.hpp"
#include "support/calldata.hpp"
#include "support/road.hpp"
#include "support/walk.hpp"

namespace peaqos::peaq::v2 {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world
using evm::U256;

constexpr std::uint64_t kPeriodBegan = 1'770'000'000, kYearOfTest = 365 * 86'400;
const U256 kBondOfTest = U256(400'000'000) * U256(1'000'000'000);

Hash256 wordOf(const evm::Address& address) { return U256::fromBigEndian(address.bytes)->toWord(); }

// The contracts as far as an activation needs them: functions of the canonical blocks.
class SecondContracts {
 public:
  struct Owned {
    evm::Address owner, controller;
    std::uint64_t tier = 0;
  };
  struct State {
    std::map<evm::Address, U256> allowances = {};
    std::map<std::string, Owned> machines = {};  // by decimal id
  };

  explicit SecondContracts(Chain& chain)
      : roles(rolesOf(findNetwork("mainnet", Generation::Second)->roles)), chain_(chain) {
    for (const Role& role : kRoles) serve(roles.*role.address);
    serve(expectedPeaqToken());
  }

  State state() const {
    State now = before;
    for (std::uint64_t number = 0; number < chain_.size(); ++number) {
      for (const test::Mined& mined : chain_.block(number)->transactions) {
        const auto& content = mined.transaction.content;
        if (!mined.succeeded) continue;
        apply(now, {.from = mined.transaction.sender, .to = content.to, .value = content.value, .data = content.data},
              nullptr);
      }
    }
    return now;
  }

  State before;  // what others did
  U256 price = kBondOfTest;
  const Roles roles;

 private:
  void serve(const evm::Address& address) {
    chain_.setContract(address, [this](const Call& call) {
      CallResult result;
      State now = state();
      if (read(now, call, result)) return result;
      if (const auto error = apply(now, call, &result.logs)) return revertWithError(*error);
      return result;
    });
  }

  static CallResult words(const std::vector<evm::AbiValue>& values) { return {.output = evm::encodeArguments(values)}; }

  bool read(const State& now, const Call& call, CallResult& result) const {
    const BytesView data = call.data;
    const auto number = [&](std::size_t at) { return argumentsOf(data).uint256(at).value(); };
    const auto answer = [&](std::string_view function, const std::vector<evm::AbiValue>& values) {
      if (!calls(data, function)) return false;
      result = words(values);
      return true;
    };
    if (calls(data, info_desk::kPeer)) {
      for (const Role& role : kRoles) {
        if (!role.peer.empty() && *U256::fromBigEndian(evm::eventTopic(role.peer)) == number(0)) {
          result = words({roles.*role.address});
        }
      }
      return true;
    }
    if (answer(info_desk::kPeaqToken, {expectedPeaqToken()})) return true;
    if (answer(subscription::kIsEconomicAuthority, {1})) return true;
    if (answer(state::kIsTechnicalPausedGlobal, {0}) || answer(state::kIsTechnicalPaused, {0})) return true;
    if (answer(subscription::kRequiredPeaqAmount, {price})) return true;
    if (answer(subscription::kPendingVoucherCredit, {0})) return true;
    if (answer(mirror::kIsHomedLocally, {1})) return true;
    if (calls(data, registry::kComputeTokenId)) {
      const auto reader = argumentsOf(data);
      const auto subject = reader.dynamicBytes(1).value();
      result = words({machineIdOf(asText(reader.dynamicBytes(0).value()), Bytes(subject.begin(), subject.end()))});
      return true;
    }
    if (calls(data, token::kAllowance)) {
      const auto found = now.allowances.find(argumentsOf(data).address(0).value());
      result = words({found == now.allowances.end() ? U256() : found->second});
      return true;
    }
    if (answer(token::kBalanceOf, {coins(100)})) return true;
    const bool owner = calls(data, registry::kOwnerOf), controller = calls(data, registry::kControllerOf);
    if (owner || controller || calls(data, subscription::kSubscriptions)) {
      const auto found = now.machines.find(number(0).toDecimal());
      const bool there = found != now.machines.end();
      if (owner || controller) {
        result = there ? words({owner ? found->second.owner : found->second.controller})
                       : revertWithError("ERC721NonexistentToken(uint256)");
        return true;
      }
      result = there ? words({found->second.tier, kPeriodBegan, kPeriodBegan + kYearOfTest, price, 0})
                     : words({0, 0, 0, 0, 0});
      return true;
    }
    return false;
  }

  // The custom error that a transaction ends with, or nothing once the state has it.
  std::optional<std::string> apply(State& now, const Call& call, std::vector<evm::Log>* logs) const {
    const BytesView data = call.data;
    if (calls(data, token::kApprove)) {
      now.allowances[call.from] = argumentsOf(data).uint256(1).value();
      return std::nullopt;
    }
    if (!calls(data, v2::state::kActivateMachine)) return "Unexpected()";
    const auto reader = argumentsOf(data);
    const std::string type = asText(reader.dynamicBytes(1).value());
    const auto subject = reader.dynamicBytes(2).value();
    const U256 id = machineIdOf(type, Bytes(subject.begin(), subject.end()));
    const std::uint64_t tier = reader.uint256(4).value().toUint64().value();
    const evm::Address controller = documentFrom(data.subspan(4)).value().controller;
    if (now.machines.contains(id.toDecimal())) return "AlreadyActivated()";
    U256& allowed = now.allowances[call.from];
    if (allowed < price) return "SafeERC20FailedOperation(address)";
    allowed = allowed - price;
    now.machines[id.toDecimal()] = {.owner = call.from, .controller = controller, .tier = tier};
    if (!logs) return std::nullopt;
    const Hash256 owner = wordOf(call.from);
    logs->push_back({.emitter = roles.machineRegistry,
                     .topics = {evm::eventTopic(registry::kMachineMintedEvent), id.toWord(), owner, wordOf(controller)},
                     .data = evm::encodeArguments({std::string_view(type)})});
    logs->push_back({.emitter = roles.machineSubscription,
                     .topics = {evm::eventTopic(subscription::kActivatedEvent), id.toWord(), owner},
                     .data = evm::encodeArguments({tier, price, kPeriodBegan, kPeriodBegan + kYearOfTest})});
    logs->push_back({.emitter = roles.machineStateAndSync,
                     .topics = {evm::eventTopic(v2::state::kMachineOnboardedEvent), id.toWord(), owner},
                     .data = {}});
    return std::nullopt;
  }

  Chain& chain_;
};

struct SecondEnd {
  std::optional<Activation> result = {};
  std::string code = {}, message = {};
  ErrorKind kind = ErrorKind::Network;
  Sent sent = Sent::Nothing;
  std::vector<std::string> hashes = {};

  bool killed() const { return code == "KILLED"; }
};

class SecondActivation {
 public:
  explicit SecondActivation(ChainSettings settings = {}) : chain(world, settings), contracts(chain.truth), road(world) {
    world.disk.makeFolder("/home/user/project");
    road.lead(chain.url, chain);
    chain.truth.setBalance(owner.address(), coins(100));
    request.call.machineType = "Sensor";
    request.call.credentialSubject = {0xde, 0xad, 0xbe, 0xef};
    request.call.document.controller = owner.address();
    request.call.manufacturer = owner.address();
    request.skipFunding = request.consented = true;
  }

  World world;
  ScriptedChain chain;
  SecondContracts contracts;
  Road road;
  evm::KeySigner owner = testSigner();
  ActivationRequest request = {};

  SecondEnd run(Process& by) { return by.host.run(activateBy(by)).value_or(SecondEnd{.code = "KILLED"}); }
  SecondEnd run(std::uint64_t seed = 1) {
    Process by = process(seed);
    return run(by);
  }
  Process process(std::uint64_t seed = 1) { return {world, chain, "/home/user/project", seed, 0, contractErrors()}; }

  // Statuses of a step's rows, e.g. "pending confirmed".
  std::string statuses(std::string_view step) const {
    const char* path = "/home/user/project/peaqos.log";
    const std::string text = world.disk.exists(path) ? world.disk.text(path) : "";
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const auto row = ledger::parseRow(text.substr(at, end - at));
      if (row && row->step == step) out += (out.empty() ? "" : " ") + std::string(ledger::name(row->status));
      at = end + 1;
    }
    return out;
  }

  void expectActivatedOnce() {
    chain.truth.settle();
    EXPECT_EQ(contracts.state().machines.size(), 1U);
    EXPECT_EQ(chain.truth.effectsOn(contracts.roles.machineStateAndSync), 1);
    EXPECT_EQ(contracts.state().allowances[owner.address()], U256());
    EXPECT_EQ(statuses("activate").find("pending", statuses("activate").rfind("confirmed") + 1), std::string::npos);
  }

 private:
  Task<SecondEnd> activateBy(Process& by) {
    const DeploymentRecord record = *findNetwork("mainnet", Generation::Second);
    ActivationContext context{.rpc = by.rpc,
                              .ledger = by.ledger,
                              .outbox = by.outbox,
                              .http = by.http,
                              .clock = by.host.clock,
                              .random = by.host.random,
                              .conversation = by.host.conversation,
                              .signer = owner,
                              .deployment = {.record = record, .why = "a test names it"},
                              .roles = contracts.roles,
                              .gasStationUrl = [] { return std::string("http://gas.test"); }};
    std::optional<Error> failure;
    try {
      co_return SecondEnd{.result = co_await activate(request, std::move(context))};
    } catch (const Error& error) {
      failure = error;
    }
    by.sent.stamp(*failure);
    co_return SecondEnd{.code = failure->code,
                        .message = failure->message,
                        .kind = failure->kind,
                        .sent = failure->sent,
                        .hashes = failure->hashes};
  }
};

TEST(SecondActivationStorm, APlainDay) {
  SecondActivation t;
  const SecondEnd end = t.run();
  ASSERT_TRUE(end.result) << end.code << ": " << end.message;
  EXPECT_EQ(end.result->status, ActivationStatus::Activated);
  t.expectActivatedOnce();
  EXPECT_EQ(t.statuses("approve_token"), "pending confirmed");
  EXPECT_EQ(t.statuses("activate"), "pending confirmed");
  const SecondEnd again = t.run();
  ASSERT_TRUE(again.result);
  EXPECT_EQ(again.result->status, ActivationStatus::AlreadyActive);
  t.expectActivatedOnce();
}

// Killed at steps all over it, by the process's end or with the power.
TEST(SecondActivationStorm, KilledAnywhereAndRunAgain) {
  for (const Death death : {Death::Kill, Death::PowerCut}) {
    for (std::size_t step = 1;; step += 11) {
      SCOPED_TRACE("step " + std::to_string(step));
      SecondActivation t;
      Process by = t.process();
      by.host.life.dieAt(step, death);
      const SecondEnd end = t.run(by);
      const SecondEnd again = t.run(2);
      EXPECT_TRUE(again.result) << again.code << ": " << again.message;
      t.expectActivatedOnce();
      if (HasFailure() || !end.killed()) break;
    }
  }
}

// Requests of the command fail in each way, once; the next run has a fair day.
TEST(SecondActivationStorm, EveryMishapAtEveryRequest) {
  for (const Mishap mishap : kMishaps) {
    for (std::size_t request = 1; request <= 7; request += 3) {
      SCOPED_TRACE(std::string(name(mishap)) + " at request " + std::to_string(request));
      SecondActivation t;
      t.road.spoilNth(request, mishap);
      const SecondEnd end = t.run();
      EXPECT_EQ(end.result.has_value(), end.code.empty());
      if (!end.result) EXPECT_EQ(end.hashes.empty(), end.sent == Sent::Nothing) << end.code << ": " << end.message;
      t.road.clear();
      const SecondEnd again = t.run(2);
      EXPECT_TRUE(again.result) << again.code << ": " << again.message;
      t.expectActivatedOnce();
      if (HasFailure()) return;
    }
  }
}

class SecondActivationWalk : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SecondActivationWalk, OneMachineAndOneBond) {
  constexpr std::uint64_t kRuns = 2;
  for (std::uint64_t seed = GetParam() * kRuns; seed < (GetParam() + 1) * kRuns; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    SecondActivation t;
    for (int run = 0; run < 4; ++run) {
      walk.makeWeather(t.road, t.chain, 10, "eth_call");
      Process by = t.process(walk.seed());
      walk.mayDie(by.host.life, 80);
      const SecondEnd end = t.run(by);
      EXPECT_LE(t.chain.truth.effectsOn(t.contracts.roles.machineStateAndSync), 1);
      if (end.result) break;
    }
    t.road.clear();
    t.chain.weather.clear();
    t.chain.truth.settle();
    t.chain.backends.resize(1);
    t.chain.backends[0].lag.blocks = 0;
    const SecondEnd end = t.run();
    EXPECT_TRUE(end.result) << end.code << ": " << end.message;
    t.expectActivatedOnce();
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(SecondActivation, SecondActivationWalk, testing::Range<std::uint64_t>(0, 4));

TEST(SecondActivationStorm, ALateReceiptIsWaitedForByTheNextRun) {
  SecondActivation t;
  t.chain.weather.add(weather::null()).on("eth_getTransactionReceipt").times(1000);
  const SecondEnd late = t.run();
  EXPECT_EQ(late.code, "RECEIPT_PENDING") << late.message;
  EXPECT_EQ(late.sent, Sent::Yes);
  t.chain.weather.clear();
  EXPECT_TRUE(t.run().result);
  t.expectActivatedOnce();
}

TEST(SecondActivationStorm, SomebodyElseTakesTheIdMeanwhile) {
  SecondActivation t;
  t.chain.weather
      .add(weather::run([&] {
        const U256 id = machineIdOf(t.request.call.machineType, t.request.call.credentialSubject);
        t.contracts.before.machines[id.toDecimal()] = {.owner = kRegistry, .controller = kRegistry};
      }))
      .on("eth_sendRawTransaction")
      .times(1);
  const SecondEnd end = t.run();
  EXPECT_EQ(end.code, "STATE_CONFLICT") << end.message;
  EXPECT_EQ(t.chain.truth.effectsOn(t.contracts.roles.machineStateAndSync), 0);
}

}  // namespace
}  // namespace peaqos::peaq::v2
