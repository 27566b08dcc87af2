// SPDX-License-Identifier: Apache-2.0
#include "evm/preparation.hpp"

#include <algorithm>
#include <iterator>

#include "base/error.hpp"
#include "evm/units.hpp"

namespace peaqos::evm {
namespace {

// Where the replies about the account stand; those about the intents follow, two each.
enum AccountReply : std::size_t { kNonce, kBalance, kTip, kHistory, kBlock, kAccountReplies };

constexpr std::uint64_t kMaxGas = 1ULL << 50;   // far above any block's limit; a margin on top fits 64 bits
constexpr std::uint64_t kAssumedGas = 300'000;  // for the shortfall's text when the node would not estimate

Error insufficientFunds(const Address& account, const U256& balance, const U256& needed, const std::string& currency) {
  return networkError("INSUFFICIENT_FUNDS",
                      toChecksum(account) + " holds " + formatUnits(balance, 18, 4) + " " + currency + " and needs " +
                          formatUnitsUp(needed, 18, 4) + " " + currency + " for the transaction and its gas",
                      "Send it at least " + formatUnitsUp(needed - balance, 18, 4) + " " + currency +
                          " more and run the command again");
}

Estimate estimateFrom(const RpcReply& simulation, const RpcReply& gas, std::span<const std::string_view> errors) {
  Estimate out;
  for (const RpcReply* reply : {&simulation, &gas}) {
    const auto* error = std::get_if<RpcError>(reply);
    if (error && !out.revert) out.revert = revertFrom(*error, errors);
  }
  if (const auto* error = std::get_if<RpcError>(&gas)) {
    out.refused = *error;
  } else {
    out.gas = std::min(uint64Of(gas, "the gas estimate"), kMaxGas);
  }
  return out;
}

}  // namespace

Json callObject(const Intent& intent, const Address& from) {
  return {{"from", toChecksum(from)},
          {"to", toChecksum(intent.to)},
          {"value", intent.value.toQuantity()},
          {"data", toHex0x(intent.rehearsal.empty() ? intent.data : intent.rehearsal)}};
}

RpcCall pendingNonceCall(const Address& account) {
  return {"eth_getTransactionCount", {toChecksum(account), "pending"}};
}

const Json& latestBlock(std::span<const RpcReply> prepared) { return valueOf(prepared[kBlock], "the latest block"); }

std::vector<RpcCall> preparationCalls(std::span<const Intent> intents, const Address& from, const std::string& state) {
  std::vector<RpcCall> calls(kAccountReplies);
  calls[kNonce] = pendingNonceCall(from);
  calls[kBalance] = balanceCall(from);
  calls[kTip] = {"eth_maxPriorityFeePerGas"};
  calls[kHistory] = feeHistoryCall();
  calls[kBlock] = latestBlockCall();
  for (const Intent& intent : intents) {
    const Json call = callObject(intent, from);
    calls.push_back({"eth_call", Json::array({call, state})});
    calls.push_back({"eth_estimateGas", Json::array({call, state})});
  }
  return calls;
}

// The first account's calls whole, then those of the others without what is shared: kTip to kBlock.
std::vector<RpcCall> preparationCalls(std::span<const Departure> departures) {
  std::vector<RpcCall> calls;
  for (const Departure& each : departures) {
    std::vector<RpcCall> own = preparationCalls(std::span(each.intent, 1), each.from);
    if (!calls.empty()) own.erase(own.begin() + kTip, own.begin() + kAccountReplies);
    std::ranges::move(own, std::back_inserter(calls));
  }
  return calls;
}

std::vector<RpcReply> repliesFor(std::span<const RpcReply> replies, std::size_t index) {
  constexpr std::size_t kShared = kAccountReplies - kTip, kOfIntent = 2, kOwn = kTip + kOfIntent;
  const auto first = replies.first(kAccountReplies + kOfIntent);
  if (index == 0) return {first.begin(), first.end()};
  const auto own = replies.subspan(first.size() + (index - 1) * kOwn, kOwn);
  std::vector<RpcReply> out(own.begin(), own.begin() + kTip);
  out.insert(out.end(), first.begin() + kTip, first.begin() + kTip + kShared);
  out.insert(out.end(), own.begin() + kTip, own.end());
  return out;
}

Preparation readPreparation(std::span<const RpcReply> replies, const Address& from,
                            std::span<const std::string_view> errors) {
  const std::string account = shortAddress(toChecksum(from));
  Preparation out{.nonce = uint64Of(replies[kNonce], "the nonce of " + account),
                  .balance = quantityOf(replies[kBalance], "the balance of " + account),
                  .prices = pricesFrom(replies[kHistory], replies[kBlock], replies[kTip]),
                  .block = latestBlock(replies),
                  .estimates = {}};
  const auto number = U256::fromQuantity(textOrEmpty(out.block, "number"));
  out.blockNumber = number ? number->toUint64().value_or(0) : 0;
  for (std::size_t at = kAccountReplies; at + 1 < replies.size(); at += 2) {
    out.estimates.push_back(estimateFrom(replies[at], replies[at + 1], errors));
  }
  return out;
}

U256 feeOf(const Transaction& transaction) {
  // A node may name any price: the product must not wrap around and look cheap.
  if (transaction.maxFeePerGas.toMinimalBytes().size() > 16) return U256() - U256(1);
  return transaction.maxFeePerGas * U256(transaction.gasLimit);
}

void checkCeiling(const U256& fee, const Limits& limits) {
  if (fee <= limits.maxFee) return;
  throw networkError("FEE_ABOVE_CEILING",
                     "the fee of this transaction may come to " + formatUnitsUp(fee, 18, 4) + " " + limits.currency +
                         ", above the ceiling of " + formatUnits(limits.maxFee, 18, 4) + " " + limits.currency,
                     "Wait for lower fees or check the RPC endpoint; --max-fee or PEAQOS_MAX_FEE raises the ceiling");
}

Transaction priced(const Intent& intent, const Estimate& estimate, const Preparation& account, const Address& from,
                   const Limits& limits, const U256& spent) {
  if (estimate.revert) throw RevertError(*estimate.revert, std::nullopt);
  const std::uint64_t units = estimate.gas.value_or(kAssumedGas);
  const Transaction transaction{.maxPriorityFeePerGas = account.prices.tip,
                                .maxFeePerGas = account.prices.maxFee,
                                .gasLimit = withMargin(units),
                                .to = intent.to,
                                .value = intent.value,
                                .data = intent.data};
  const U256 needed =
      spent + intent.value + intent.reserve + feeOf(transaction) + account.prices.expected * U256(intent.laterGas);
  // The ceiling comes first: an endpoint's absurd price is not a lack of money.
  checkCeiling(feeOf(transaction), limits);
  if (account.balance < needed) throw insufficientFunds(from, account.balance, needed, limits.currency);
  if (estimate.refused) throw rpcRefusal(*estimate.refused, "the gas estimate of the transaction");
  return transaction;
}

}  // namespace peaqos::evm
