// An outbox in a simulated world: a process, its ledger, and a chain that keeps the truth.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/send_record.hpp"
#include "evm/outbox.hpp"
#include "host/http.hpp"
#include "ledger/ledger.hpp"
#include "support/fake_host.hpp"
#include "support/scripted_chain.hpp"

namespace peaqos::test {

// The first of anvil's well-known development keys.
inline evm::KeySigner testSigner(char last = '0') {
  std::string digits = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
  digits.back() = last;
  return evm::KeySigner(*crypto::PrivateKey::fromBytes(*fromHex(digits)));
}

inline const evm::Address kRegistry = *evm::parseAddress("0x00000000000000000000000000000000000000e1");

// One process that sends: everything below is gone when it is killed, but what it wrote to the disk.
class Process {
 public:
  Process(World& world, ScriptedChain& chain, std::string folder = "/home/user/project", std::uint64_t seed = 1)
      : Process(world, chain, std::move(folder), seed, chain.truth.settings().chainId, {}) {}
  // `chainId`: 0 where a Preflight tells it. `errors`: of contracts that are recognised.
  Process(World& world, ScriptedChain& chain, std::string folder, std::uint64_t seed, std::uint64_t chainId,
          std::span<const std::string_view> errors)
      : host(world, std::move(folder), seed),
        http(host.lent(), seconds(5)),
        rpc(http, chain.url),
        ledger(host.lent(), host.conversation),
        outbox({.host = host.lent(), .conversation = host.conversation, .rpc = rpc, .ledger = ledger, .sent = sent},
               {.chainId = chainId,
                .receiptTimeout = seconds(60),
                .errors = errors,
                .limits = {.currency = "PEAQ", .maxFee = coins(1)}}) {
    host.environment.variables["HOME"] = "/home/user";
  }

  FakeHost host;
  host::HttpClient http;
  evm::RpcClient rpc;
  ledger::Ledger ledger;
  SendRecord sent;
  evm::Outbox outbox;
};

// How a submission ended, as a user meets it.
struct End {
  bool mined = false;
  bool earlier = false;
  std::string code = {};  // of the error, if there was one
  std::string message = {};
  Sent sent = Sent::Nothing;
  std::string hash = {};                 // of the mined transaction
  std::vector<std::string> hashes = {};  // that the error names
};

class OutboxTest {
 public:
  explicit OutboxTest(ChainSettings settings = {}) : chain(world, settings) {
    world.disk.makeFolder("/home/user/project");
    chain.truth.setBalance(signer.address(), coins(100));
    chain.truth.setContract(kRegistry);
  }

  World world;
  ScriptedChain chain;
  evm::KeySigner signer = testSigner();

  static evm::Intent event(std::uint8_t number = 1, std::string key = {}) {
    return {.step = "submit_event",
            .to = kRegistry,
            .value = {},
            .data = {0xAB, number},
            .facts = {{"machine_id", number}},
            .identity = std::move(key)};
  }

  // As `qualify event` sends: equal ones are one, replaced ones are signed anew, and the end is recorded.
  static Task<End> submit(Process& process, evm::Signer& signer, evm::Intent intent, bool joins = true) {
    const Json facts = intent.facts;
    std::optional<Error> failure;
    try {
      const evm::Mined mined = co_await process.outbox.send(
          std::move(intent), signer, {}, {.joinEqual = joins, .equalSince = "9", .resendReplaced = joins});
      if (!mined.recorded) co_await process.outbox.confirm(mined, facts);
      co_return End{.mined = true,
                    .earlier = mined.earlier,
                    .code = {},
                    .message = {},
                    .sent = Sent::Yes,
                    .hash = toHex0x(mined.receipt.transaction)};
    } catch (const Error& error) {
      failure = error;
    }
    process.sent.stamp(*failure);
    co_return End{.code = failure->code, .message = failure->message, .sent = failure->sent, .hashes = failure->hashes};
  }

  End run(Process& process, evm::Intent intent = event(), bool joins = true) {
    return process.host.run(submit(process, signer, std::move(intent), joins)).value_or(End{.code = "KILLED"});
  }
  // A fresh process, as the user runs the command.
  End run(evm::Intent intent = event(), bool joins = true) {
    Process process(world, chain);
    return run(process, std::move(intent), joins);
  }

  std::string log() const {
    const char* path = "/home/user/project/peaqos.log";
    return world.disk.exists(path) ? world.disk.text(path) : "";
  }
  // Rows of a status.
  int rows(const std::string& status) const {
    int count = 0;
    const std::string text = log();
    const std::string word = "\"status\":\"" + status + "\"";
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
  }
  int effects() { return chain.truth.effectsOn(kRegistry); }
};

}  // namespace peaqos::test
