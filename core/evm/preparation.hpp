// What must be read before transactions of one account can be signed, and what they will cost.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evm/fees.hpp"
#include "evm/intent.hpp"
#include "evm/rpc.hpp"
#include "evm/transaction.hpp"

namespace peaqos::evm {

// Nonce, balance, fees and the latest block of the account, then simulation and gas of each intent: one batch. `state`:
// the block on which intents are tried, "latest" or "pending".
std::vector<RpcCall> preparationCalls(std::span<const Intent> intents, const Address& from,
                                      const std::string& state = "latest");

// The same for several accounts with one intent each; what they share is asked once. And the replies for the account at
// `index`, as readPreparation() takes them.
struct Departure {
  Address from;
  const Intent* intent;
};
std::vector<RpcCall> preparationCalls(std::span<const Departure> departures);
std::vector<RpcReply> repliesFor(std::span<const RpcReply> replies, std::size_t index);

// The account's next nonce, transactions in the pool counted.
RpcCall pendingNonceCall(const Address& account);

// The latest block's header among the replies to preparationCalls(). Throws Error (Network) if it could not be read.
const Json& latestBlock(std::span<const RpcReply> prepared);

// The call object of an intent's rehearsal, or else of the intent (eth_call, eth_estimateGas).
Json callObject(const Intent& intent, const Address& from);

// What the node says of one intent.
struct Estimate {
  std::optional<Revert> revert;      // the contract refuses it
  std::optional<std::uint64_t> gas;  // units, without a margin
  std::optional<RpcError> refused;   // why there is no estimate
};

struct Preparation {
  std::uint64_t nonce = 0;  // the next one, transactions in the pool counted
  U256 balance;             // wei
  Prices prices;            // wei a gas unit
  Json block;               // header of the latest block
  std::uint64_t blockNumber = 0;
  std::vector<Estimate> estimates;  // in the order of the intents
};

// Reads the replies to preparationCalls(). `errors` are the custom errors to recognise. Throws Error (Network) for an
// account that could not be read, and "NO_BASE_FEE" for a chain without EIP-1559.
Preparation readPreparation(std::span<const RpcReply> replies, const Address& from,
                            std::span<const std::string_view> errors);

// What the account must be able to pay, and the user is willing to.
struct Limits {
  std::string currency = "PEAQ";  // the chain's native currency, 18 decimals
  U256 maxFee;                    // wei, for the fee of one transaction
};

// The transaction of an intent, all but its nonce and chain; gas with a margin of 20 %. Throws RevertError, and Error
// (Network) "INSUFFICIENT_FUNDS", "FEE_ABOVE_CEILING", or the node's refusal to estimate. `spent`: wei that
// transactions before it in the same batch may take.
Transaction priced(const Intent& intent, const Estimate& estimate, const Preparation& account, const Address& from,
                   const Limits& limits, const U256& spent = {});

// Throws "FEE_ABOVE_CEILING" where a fee in wei exceeds the ceiling.
void checkCeiling(const U256& fee, const Limits& limits);

// The gas limit for a call that is estimated to take so much: it may take more in its block.
constexpr std::uint64_t withMargin(std::uint64_t gas) { return gas + gas / 5; }

// The most that a transaction's fee can come to, in wei.
U256 feeOf(const Transaction& transaction);

}  // namespace peaqos::evm
