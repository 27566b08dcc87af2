// What a fleet's activation would send.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "peaq/activation/attribute_writes.hpp"
#include "peaq/activation/fleet.hpp"
#include "peaq/activation/operator_calls.hpp"
#include "peaq/batch.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

// Calls of one account in groups; the only call of a group stands for itself.
std::vector<FleetTransaction> grouped(const char* step, std::vector<OperatorCall> calls, std::uint64_t gas,
                                      std::size_t size, FleetTransaction batch) {
  std::vector<FleetTransaction> out;
  for (std::size_t at = 0; at < calls.size(); at += size) {
    const std::size_t count = std::min(size, calls.size() - at);
    FleetTransaction each = batch;
    each.step = step;
    each.gas = gas * count;
    for (std::size_t i = at; i < at + count; ++i) {
      each.value = each.value + calls[i].value;
      each.calls.push_back(calls[i]);
    }
    if (count == 1) {
      each.to = calls[at].to;
      each.function = calls[at].function;
      each.arguments = calls[at].arguments;
      each.calls.clear();
    }
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

FleetTransaction FleetActivation::priced(FleetTransaction transaction) const {
  transaction.fee = prices_.expected * U256(transaction.gas);
  transaction.maxFee = prices_.maxFee * U256(evm::withMargin(transaction.gas));
  return transaction;
}

std::vector<FleetTransaction> FleetActivation::planned() const {
  const evm::Address owner = context_.signer.address();
  const FleetTransaction batch{
      .step = "", .from = owner, .to = context_.contracts.batchPrecompile, .function = std::string(kBatchSome)};
  std::vector<FleetTransaction> all;
  const auto add = [&](const char* step, std::vector<OperatorCall> calls, std::uint64_t gas) {
    const std::size_t size = OperatorCalls::groupSize(gas, blockGas_);
    for (FleetTransaction& each : grouped(step, std::move(calls), gas, size, batch)) {
      all.push_back(priced(std::move(each)));
    }
  };
  add(kTopUpStep, topUps(), evm::kTransferGas);
  add(kRegisterManyStep, registrations(), registerGas_);
  add(kMintManyStep, mints(true), kMintGas);
  for (const Entry& entry : entries_) {
    const auto writes = entry.writes();
    if (isOut(entry) || writes.empty()) continue;
    Json arguments = namedWrites(writes);
    for (Json& argument : arguments) {
      const bool unknown = (argument[0] == "add machineId" && !entry.isRegistered()) ||
                           (argument[0] == "add nftTokenId" && !entry.isMinted());
      if (unknown) argument[1] = nullptr;
    }
    all.push_back(priced({.step = "machine_did",
                          .from = entry.work.machine,
                          .to = context_.contracts.batchPrecompile,
                          .function = std::string(kBatchAll),
                          .arguments = std::move(arguments),
                          .gas = didGas_}));
  }
  if (costs().list) {
    all.push_back(priced({.step = "proxy_did",
                          .from = owner,
                          .to = context_.contracts.batchPrecompile,
                          .function = std::string(kBatchAll),
                          .arguments = Json::array({Json::array({"machines", nullptr})}),
                          .gas = kProxyDidGas}));
  }
  return all;
}

}  // namespace peaqos::peaq
