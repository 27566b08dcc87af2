// The node: reachable, of the right chain, up to date, with the contracts and the signer's money.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/doctor/checks.hpp"
#include "app/signing/session.hpp"
#include "base/text.hpp"
#include "evm/rpc.hpp"
#include "evm/units.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::app {
namespace {

constexpr std::int64_t kOld = 120;  // seconds without a block
constexpr std::int64_t kSkew = 30;
constexpr std::size_t kArray = 20;  // calls; no command sends more at once

std::string milliseconds(std::chrono::microseconds elapsed) { return std::to_string(elapsed.count() / 1000) + " ms"; }

std::uint64_t memberOf(const evm::RpcReply& block, const char* name) {
  const Json* member = findMember(evm::valueOf(block, "the latest block"), name);
  return evm::uint64Of(member ? *member : Json(), "the latest block");
}

Finding freshness(std::int64_t blockTime, std::int64_t now, bool development) {
  const std::int64_t age = now - blockTime;
  if (age < -kSkew) {
    return warned("clock", "this computer's clock is " + std::to_string(-age) + " s behind the latest block",
                  "Set the clock, e.g. with NTP: times of events are compared with it");
  }
  if (age <= kOld) return {.check = "clock", .detail = "the latest block is " + std::to_string(age) + " s old"};
  const std::string detail = "the latest block is " + std::to_string(age) + " s old";
  if (development) return skipped("clock", detail + ", on a chain that makes blocks when it likes");
  return warned("clock", detail + ": the node is behind, or this computer's clock is ahead",
                "Use another PEAQOS_RPC_URL, or set the clock");
}

Task<Finding> checkArrays(evm::RpcClient& rpc, host::Clock& clock) {
  const std::vector<evm::RpcCall> calls(kArray, evm::chainIdCall());
  const auto start = clock.monotonic();
  const auto replies = co_await rpc.read(calls);
  for (const auto& reply : replies) evm::uint64Of(reply, "the chain id");
  co_return Finding{.check = "rpc arrays",
                    .detail = std::to_string(kArray) + " calls at once in " + milliseconds(clock.monotonic() - start)};
}

}  // namespace

Task<Findings> checkNode(Examination& examination) {
  const Configuration& configuration = examination.configuration;
  if (!configuration.look("PEAQOS_RPC_URL")) {
    co_return Findings{skipped("rpc", "PEAQOS_RPC_URL is not set", "Set it to a node of the network: peaqos init")};
  }
  host::Clock& clock = examination.caller.host.clock;
  evm::RpcClient rpc(examination.http, configuration.rpcUrl());
  const peaq::DeploymentRecord network = configuration.network();
  const auto start = clock.monotonic();
  const auto replies = co_await rpc.read({evm::chainIdCall(), evm::latestBlockCall()});
  const auto elapsed = clock.monotonic() - start;
  const std::uint64_t chain = evm::uint64Of(replies[0], "the chain id");
  Findings findings;
  if (const auto mismatch = peaq::otherChain(chain, network)) {
    findings.push_back(found("rpc", *mismatch));
  } else {
    findings.push_back({.check = "rpc",
                        .detail = rpc.endpoint() + ": chain " + std::to_string(chain) + " (" +
                                  std::string(network.name) + "), block " +
                                  std::to_string(memberOf(replies[1], "number")) + ", " + milliseconds(elapsed)});
  }
  const auto blockTime = static_cast<std::int64_t>(memberOf(replies[1], "timestamp"));
  findings.push_back(freshness(blockTime, clock.now() / 1'000'000, network.chainId == 0));
  findings.push_back(co_await checkArrays(rpc, clock));
  co_return findings;
}

Task<Findings> checkContracts(Examination& examination) {
  const Configuration& configuration = examination.configuration;
  if (!configuration.look("PEAQOS_RPC_URL")) co_return Findings{skipped("contracts", "there is no node to ask")};
  evm::RpcClient rpc(examination.http, configuration.rpcUrl());
  const peaq::Deployment deployment = co_await peaq::findDeployment(configuration.deployment(), rpc);
  std::vector<peaq::ListedContract> contracts = configuration.contractsOf(deployment.record);
  std::erase_if(contracts, [](const peaq::ListedContract& contract) { return contract.precompile; });
  std::vector<evm::RpcCall> calls;
  for (const peaq::ListedContract& contract : contracts) calls.push_back(evm::codeCall(contract.address));
  const auto replies = co_await rpc.read(std::move(calls));
  const bool settable = deployment.record.generation == peaq::Generation::First;
  Findings findings;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const std::string name(settable ? contracts[i].variable : contracts[i].label);
    if (!evm::dataOf(replies[i], "the code of " + name).empty()) continue;
    findings.push_back(
        found("contracts",
              configurationError("NO_CONTRACT_CODE",
                                 name + " " + evm::toChecksum(contracts[i].address) + " has no contract on this chain",
                                 settable ? "Set " + name + " to the network's contract"
                                          : "Check PEAQOS_DEPLOYMENT_ID and PEAQOS_RPC_URL")));
  }
  if (findings.empty()) {
    findings.push_back({.check = "contracts", .detail = "all of them have code: " + deployment.description()});
  }
  co_return findings;
}

Task<Findings> checkSigner(Examination& examination) {
  const Configuration& configuration = examination.configuration;
  if (!configuration.look("PEAQOS_OWS_WALLET") && !configuration.look("PEAQOS_PRIVATE_KEY")) {
    co_return Findings{skipped("signer", "neither PEAQOS_OWS_WALLET nor PEAQOS_PRIVATE_KEY is set",
                               "Set one to sign: peaqos init, or peaqos wallet use")};
  }
  Listener listener;
  Caller silent{examination.caller.host, listener, examination.caller.naming, examination.caller.overrides};
  Session session(silent, configuration);
  const auto signer = co_await session.signer();
  const std::string who = evm::toChecksum(signer->address()) +
                          (signer->name().empty() ? "" : ", wallet '" + printable(signer->name()) + "'");
  if (!configuration.look("PEAQOS_RPC_URL")) co_return Findings{{.check = "signer", .detail = who}};
  const peaq::DeploymentRecord network = configuration.network();
  evm::RpcClient rpc(examination.http, configuration.rpcUrl());
  const auto replies = co_await rpc.read({evm::balanceCall(signer->address())});
  const evm::U256 balance = evm::quantityOf(replies[0], "the balance of " + who);
  const std::string detail = who + ": " + evm::formatUnits(balance, 18, 4) + " " + std::string(network.currency);
  if (balance == evm::U256()) {
    co_return Findings{
        warned("signer", detail + ", so it can send nothing",
               "Send it some " + std::string(network.currency) + "; peaqos activate asks the Gas Station")};
  }
  co_return Findings{{.check = "signer", .detail = detail}};
}

}  // namespace peaqos::app
