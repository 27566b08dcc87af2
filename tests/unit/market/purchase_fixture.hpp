// A purchase in a simulated world: a process that buys, a market that sells, a token on a chain that keeps the truth.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/send_record.hpp"
#include "base/time.hpp"
#include "evm/outbox_fixture.hpp"
#include "market/market_server.hpp"
#include "market/purchase.hpp"

namespace peaqos::test {

inline const evm::Address kToken = *evm::parseAddress("0x00000000000000000000000000000000000000c0");
inline const evm::Address kPayee = *evm::parseAddress("0x00000000000000000000000000000000000000b0");
inline constexpr unsigned kTokenDecimals = 6;
// Whole tokens in units.
inline evm::U256 tokens(std::uint64_t count) { return evm::U256(count * 1'000'000); }

// How a purchase ended, as a user meets it.
struct PurchaseEnd {
  bool declined = false;
  Json execution = nullptr;
  std::string order = {};  // its status, as the purchase gave it back
  std::string code = {};   // of the error, if there was one
  ErrorKind kind = ErrorKind::Network;
  std::string message = {};
  Sent sent = Sent::Nothing;
  std::vector<std::string> hashes = {};

  bool killed() const { return code == "KILLED"; }
  bool done() const { return code.empty() && !declined; }
};

// One process that buys: everything below is gone when it is killed, but what it wrote to the disk.
class Buyer {
 public:
  Buyer(World& world, const ScriptedChain& chain, const MarketServer& market, std::uint64_t seed = 1)
      : host(world, "/home/user/project", seed),
        http(host.lent(), seconds(5)),
        ledger(host.lent(), host.conversation),
        api(http, {.url = market.url,
                   .platformKey = Secret(asBytes("key-of-the-platform")),
                   .pairingToken = Secret(asBytes("token-of-the-agent"))}),
        node_(chain.url) {
    host.environment.variables["HOME"] = "/home/user";
  }

  market::PurchaseTools tools(evm::Signer* wallet) {
    market::PurchaseTools tools{
        .api = api,
        .ledger = ledger,
        .since = formatMicroseconds(host.clock.now()),
        .nodes = {.http = http, .configured = node_},
        .outbox = [this](evm::RpcClient& rpc, std::uint64_t chainId) { return outbox(rpc, chainId); },
        .conversation = host.conversation};
    if (wallet) tools.wallet.emplace("till", *wallet);
    return tools;
  }

  FakeHost host;
  host::HttpClient http;
  ledger::Ledger ledger;
  SendRecord sent;
  market::OrchestrationApi api;

 private:
  evm::Outbox outbox(evm::RpcClient& rpc, std::uint64_t chainId) {
    return {{.host = host.lent(), .conversation = host.conversation, .rpc = rpc, .ledger = ledger, .sent = sent},
            {.chainId = chainId, .receiptTimeout = seconds(60), .limits = {.currency = "PEAQ", .maxFee = coins(1)}}};
  }

  std::string node_;
};

class PurchaseTest {
 public:
  explicit PurchaseTest(ChainSettings settings = {})
      : chain(world, settings), token(chain.truth, kToken, kTokenDecimals), market(world, chain.truth), road(world) {
    world.disk.makeFolder("/home/user/project");
    chain.truth.setBalance(wallet.address(), coins(100));
    token.given[wallet.address()] = tokens(1000);
    market.offer.tokenAddress = evm::toChecksum(kToken);
    market.offer.payer = evm::toChecksum(wallet.address());
    market.offer.payee = evm::toChecksum(kPayee);
    road.lead(chain.url, chain);
    road.lead(market.url, market);
  }

  World world;
  ScriptedChain chain;
  Token token;
  MarketServer market;
  Road road;
  evm::KeySigner wallet = testSigner();

  // A service of a machine, in the name of an agent, unattended.
  static market::PurchaseRequest request() {
    return {.serviceId = "svc-1", .machineId = "mach-1", .agentPairingId = "pair-1", .unattended = true};
  }
  static market::PurchaseRequest asking() {
    market::PurchaseRequest asks = request();
    asks.unattended = false;
    return asks;
  }

  static Task<PurchaseEnd> buy(Buyer& buyer, market::PurchaseRequest request, evm::Signer* signer) {
    std::optional<Error> failure;
    try {
      market::PurchaseResult result = co_await market::purchase(std::move(request), buyer.tools(signer));
      co_return PurchaseEnd{.declined = result.declined,
                            .execution = std::move(result.execution),
                            .order = textOrEmpty(result.order, "status")};
    } catch (const Error& error) {
      failure = error;
    }
    buyer.sent.stamp(*failure);
    co_return PurchaseEnd{.code = failure->code,
                          .kind = failure->kind,
                          .message = failure->message + "\n" + failure->hint,
                          .sent = failure->sent,
                          .hashes = failure->hashes};
  }

  // Runs the command in a process, some time after the last one; `signer` null: without a wallet.
  PurchaseEnd run(Buyer& buyer, market::PurchaseRequest asked, evm::Signer* signer) {
    world.loop.advance(seconds(1));
    return buyer.host.run(buy(buyer, std::move(asked), signer)).value_or(PurchaseEnd{.code = "KILLED"});
  }
  // In a fresh process, as a user does.
  PurchaseEnd run(market::PurchaseRequest asked = request()) {
    Buyer buyer(world, chain, market);
    return run(buyer, std::move(asked), &wallet);
  }
  PurchaseEnd runWithoutWallet(market::PurchaseRequest asked = request()) {
    Buyer buyer(world, chain, market);
    return run(buyer, std::move(asked), nullptr);
  }
  // A person who answers what is asked, by the names of the questions.
  PurchaseEnd runAnswering(std::map<std::string, std::deque<std::string>> answers, evm::Signer* signer,
                           market::PurchaseRequest asked = asking()) {
    Buyer buyer(world, chain, market);
    buyer.host.conversation.answers = std::move(answers);
    PurchaseEnd end = run(buyer, std::move(asked), signer);
    questions.clear();
    for (const host::Question& question : buyer.host.conversation.questions) questions.push_back(question);
    return end;
  }
  std::vector<host::Question> questions;  // of the last person

  // A transfer of somebody's own, mined; returns its hash.
  std::string payElsewhere(const evm::U256& units, const evm::Address& to = kPayee) {
    evm::KeySigner other = testSigner('1');
    chain.truth.setBalance(other.address(), coins(1));
    token.given[other.address()] = tokens(1000);
    const auto signedNow = world.loop.run(other.sign({.chainId = chain.truth.settings().chainId,
                                                      .nonce = chain.truth.head().account(other.address()).nonce,
                                                      .maxPriorityFeePerGas = gwei(1),
                                                      .maxFeePerGas = gwei(10),
                                                      .gasLimit = 100'000,
                                                      .to = kToken,
                                                      .value = {},
                                                      .data = Token::transfer(to, units)}));
    chain.truth.submit(*decodeTransaction(signedNow.raw), chain.truth.head(), -1, false, true);
    chain.truth.mine();
    return toHex0x(signedNow.hash);
  }

  // The rows of a step, in the order of the ledger.
  std::vector<ledger::Row> rows(std::string_view step) const {
    std::vector<ledger::Row> found;
    const char* path = "/home/user/project/peaqos.log";
    const std::string text = world.disk.exists(path) ? world.disk.text(path) : "";
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      auto row = ledger::parseRow(text.substr(at, end - at));
      if (row && row->step == step) found.push_back(std::move(*row));
      at = end + 1;
    }
    return found;
  }
  // Their statuses, e.g. "pending pending confirmed".
  std::string statuses(std::string_view step) const {
    std::string out;
    for (const ledger::Row& row : rows(step)) out += (out.empty() ? "" : " ") + std::string(ledger::name(row.status));
    return out;
  }

  // Transfers of the token that the wallet made.
  int payments() { return chain.truth.effectsOn(kToken, wallet.address()); }
};

// One order, whoever paid it; and one that the wallet paid.
inline void expectOneOrder(const PurchaseTest& t) {
  EXPECT_EQ(t.market.orders.size(), 1U);
  EXPECT_EQ(t.market.proofs(), 1U);
  EXPECT_EQ(t.market.executions(), 1U);
}
inline void expectPaidOnce(PurchaseTest& t) {
  expectOneOrder(t);
  EXPECT_EQ(t.payments(), 1);
}

}  // namespace peaqos::test
