// An activation in a simulated world: the peaqOS contracts as far as it needs them, an operator's process, and a chain
// that keeps the truth.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evm/abi.hpp"
#include "evm/outbox_fixture.hpp"
#include "peaq/activation.hpp"
#include "peaq/activation_plan.hpp"
#include "peaq/reverts.hpp"
#include "support/road.hpp"

namespace peaqos::test {

// The contracts are functions of the canonical blocks: their state is what the mined transactions make of `before`.
class PeaqContracts {
 public:
  explicit PeaqContracts(Chain& chain);

  struct State {
    std::map<evm::Address, std::uint64_t> machines;                          // owner -> machine id
    std::map<std::uint64_t, std::pair<std::uint64_t, evm::Address>> tokens;  // machine id -> token id, owner
    std::map<evm::Address, std::map<std::string, std::string>> attributes;
  };
  State before;  // what others did
  State state() const;

  std::map<std::string, std::string> refuses;  // custom error by the function's signature, e.g. "register()"

  bool batchesMoveMoney = true;           // the precompile passes values on
  std::optional<evm::Address> unwelcome;  // a machine that the registry refuses

  peaq::Contracts addresses;

 private:
  std::optional<std::string> apply(State& state, const Call& call, std::vector<evm::Log>* logs) const;
  std::optional<std::string> applyBatch(State& state, const Call& call, std::vector<evm::Log>* logs) const;
  std::optional<std::string> applyInner(State& state, const Call& call, std::vector<evm::Log>* logs) const;
  CallResult write(const Call& call) const;
  CallResult read(const Call& call) const;

  Chain& chain_;
};

// How an activation ended, as a user meets it.
struct ActivationEnd {
  std::optional<peaq::ActivationResult> result = {};
  std::string code = {};
  ErrorKind kind = ErrorKind::Network;
  std::string message = {};
  Sent sent = Sent::Nothing;
  std::vector<std::string> hashes = {};

  bool killed() const { return code == "KILLED"; }
};

// One process of an operator.
class Operator : public Process {
 public:
  Operator(World& world, ScriptedChain& chain, std::uint64_t seed = 1)
      : Process(world, chain, "/home/user/project", seed, 0, peaq::contractErrors()) {}
};

class ActivationTest {
 public:
  explicit ActivationTest(bool asProxy = false, ChainSettings settings = {})
      : chain(world, settings), contracts(chain.truth), road(world), proxy(asProxy) {
    world.disk.makeFolder("/home/user/project");
    road.lead(chain.url, chain);
    for (const auto* signer : {&operatorKey, &machineKey}) chain.truth.setBalance(signer->address(), coins(100));
    if (proxy) contracts.before.machines[operatorKey.address()] = kOperatorId;
  }

  static constexpr std::uint64_t kOperatorId = 7;

  World world;
  ScriptedChain chain;
  PeaqContracts contracts;
  Road road;
  const bool proxy;
  evm::KeySigner operatorKey = testSigner('0'), machineKey = testSigner('1');
  peaq::ActivationRequest request{.docUrl = "https://docs.test/m", .dataApi = "https://data.test/m", .visibility = {}};

  evm::Address machine() const { return (proxy ? machineKey : operatorKey).address(); }

  peaq::ActivationContext context(Operator& by) {
    return {.rpc = by.rpc,
            .ledger = by.ledger,
            .outbox = by.outbox,
            .http = by.http,
            .clock = by.host.clock,
            .random = by.host.random,
            .conversation = by.host.conversation,
            .signer = operatorKey,
            .machineSigner = proxy ? &machineKey : nullptr,
            .contracts = contracts.addresses,
            .network = *peaq::findNetwork("mainnet"),
            .gasStationUrl = [] { return std::string("http://gas.test"); }};
  }

  static Task<ActivationEnd> activate(Operator& by, peaq::ActivationRequest asked, peaq::ActivationContext context) {
    std::optional<Error> failure;
    try {
      co_return ActivationEnd{.result = co_await peaq::activate(std::move(asked), std::move(context))};
    } catch (const Error& error) {
      failure = error;
    }
    by.sent.stamp(*failure);
    co_return ActivationEnd{.code = failure->code,
                            .kind = failure->kind,
                            .message = failure->message + "\n" + failure->hint,
                            .sent = failure->sent,
                            .hashes = failure->hashes};
  }

  ActivationEnd run(Operator& by) {
    return by.host.run(activate(by, request, context(by))).value_or(ActivationEnd{.code = "KILLED"});
  }
  ActivationEnd run() {
    Operator by(world, chain);
    return run(by);
  }
  peaq::ActivationPlan plan() {
    Operator by(world, chain);
    return by.host.run(peaq::planActivation(request, context(by))).value();
  }

  std::size_t transactions() {
    return chain.truth.transactionsOf(operatorKey.address()).size() +
           chain.truth.transactionsOf(machineKey.address()).size();
  }
  // Statuses of a step's rows, e.g. "pending confirmed".
  std::string statuses(std::string_view step) const;

  // The machine is registered once, with its NFT, its DID and its place in its operator's list.
  void expectActivatedOnce();
};

}  // namespace peaqos::test
