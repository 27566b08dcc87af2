// SPDX-License-Identifier: Apache-2.0
#include "evm/node_errors.hpp"

#include <string>

#include "base/text.hpp"
#include "evm/rate_limit.hpp"

namespace peaqos::evm {
namespace {

using enum SendRefusal;

constexpr NodeWords kWords[] = {
    // go-ethereum (core/error.go, core/txpool/errors.go, core/txpool/legacypool, internal/ethapi), whose words most
    // other nodes use as well; "known transaction" until 1.9.
    {"already known", AlreadyKnown},
    {"known transaction", AlreadyKnown},
    {"nonce too low", NonceTooLow},
    {"nonce too high", NonceTooHigh},
    {"gapped-nonce tx from delegated accounts", NonceTooHigh},
    {"transaction underpriced", Underpriced},
    {"replacement transaction underpriced", ReplacementUnderpriced},
    {"max fee per gas less than block base fee", FeeBelowBase},
    {"fee cap less than block base fee", FeeBelowBase},
    {"exceeds the configured cap", FeeAboveCap},
    {"insufficient funds", InsufficientFunds},
    {"insufficient balance", InsufficientFunds},
    {"would cause overdraft", InsufficientFunds},
    {"intrinsic gas too low", IntrinsicGas},
    {"insufficient gas for floor data gas cost", IntrinsicGas},
    {"gas uint64 overflow", IntrinsicGas},
    {"exceeds block gas limit", GasLimitExceeded},
    {"gas limit reached", GasLimitExceeded},
    {"gas limit too high", GasLimitExceeded},
    {"txpool is full", PoolFull},
    {"account limit exceeded", PoolFull},
    {"future transaction tries to replace pending", PoolFull},
    {"address already reserved", PoolFull},
    {"in-flight transaction limit reached", PoolFull},
    {"invalid chain id", WrongChain},
    {"only replay-protected", WrongChain},
    {"invalid sender", Malformed},
    {"sender not an eoa", Malformed},
    {"transaction type not supported", Malformed},
    {"max priority fee per gas higher than max fee per gas", Malformed},
    {"higher than 2^256-1", Malformed},
    {"nonce has max value", Malformed},
    {"negative value", Malformed},
    {"oversized data", Malformed},
    {"max initcode size exceeded", Malformed},
    {"typed transaction too short", Malformed},
    {"rlp: ", Malformed},

    // Erigon (txnprovider/txpool/txpoolcfg: DiscardReason).
    {"existing tx with same hash", AlreadyKnown},
    {"underpriced", Underpriced},
    {"fee too low", Underpriced},
    {"could not replace existing tx", ReplacementUnderpriced},
    {"replaced by transaction with higher tip", ReplacementUnderpriced},
    {"intrinsicgas", IntrinsicGas},
    {"gasuintoverflow", IntrinsicGas},
    {"sub-pool is full", PoolFull},
    {"spammer", PoolFull},
    {"rlptoolong", Malformed},
    {"initcode too large", Malformed},
    {"transaction type is not activated", Malformed},

    // Nethermind (TxPool/AcceptTxResult.cs): names until 2025, then go-ethereum's words and some of its own.
    {"alreadyknown", AlreadyKnown},
    {"oldnonce", NonceTooLow},
    {"noncegap", NonceTooHigh},
    {"noncetoofarinfuture", NonceTooHigh},
    {"nonce too far in future", NonceTooHigh},
    {"notcurrentnoncefordelegation", NonceTooHigh},
    {"delegation nonce gap", NonceTooHigh},
    {"feetoolow", Underpriced},
    {"feetoolow, maxfeepergas too low", FeeBelowBase},
    {"feetoolowtocompete", PoolFull},
    {"ownnoncealreadyused", ReplacementUnderpriced},
    {"replacementnotallowed", ReplacementUnderpriced},
    {"insufficientfunds", InsufficientFunds},
    {"gaslimitexceeded", GasLimitExceeded},
    {"delegatorhaspendingtx", PoolFull},
    {"delegation authority has pending transaction", PoolFull},
    {"pendingtxsofconflictingtype", PoolFull},
    {"pending transaction type conflict", PoolFull},
    {"syncing", Temporary},
    {"invalidtxchainid", WrongChain},
    {"failedtoresolvesender", Malformed},
    {"failed to recover sender", Malformed},
    {"int256overflow", Malformed},
    {"transaction cost overflow", Malformed},
    {"invalidtxsignature", Malformed},
    {"senderiscontract", Malformed},
    {"notsupportedtxtype", Malformed},
    {"unsupported transaction type", Malformed},
    {"maxtxsizeexceeded", Malformed},
    {"transaction too large", Malformed},
    {"transaction invalid", Malformed},

    // Besu (api/jsonrpc/internal/response/RpcErrorType.java).
    {"too distant from current sender nonce", NonceTooHigh},
    {"below configured minimum gas price", Underpriced},
    {"gas price below current base fee", FeeBelowBase},
    {"transaction fee cap exceeded", FeeAboveCap},
    {"upfront cost exceeds account balance", InsufficientFunds},
    {"intrinsic gas exceeds gas limit", IntrinsicGas},
    {"invalid transaction with a lower nonce exists", Temporary},
    {"transaction pool not enabled", Temporary},
    {"initial sync is still in progress", Temporary},
    {"wrong chainid", WrongChain},
    {"chainid not supported", WrongChain},
    {"chainid is required", WrongChain},
    {"not authorized to send transactions", Malformed},
    {"invalid signature", Malformed},
    {"invalid transaction type", Malformed},
    {"max priority fee per gas exceeds max fee per gas", Malformed},
    {"marked the transaction as invalid", Malformed},

    // Reth (rpc-eth-types/src/error/mod.rs).
    {"below minimum required priority fee", Underpriced},
    {"intrinsic gas too high", GasLimitExceeded},
    {"exceeds max transaction gas limit", GasLimitExceeded},
    {"sender is not an eoa", Malformed},
    {"invalid transaction signature", Malformed},
    {"failed to decode", Malformed},
    {"empty transaction data", Malformed},

    // Anvil (anvil/src/eth/error.rs).
    {"already imported", AlreadyKnown},
    {"insufficient gas price to replace existing transaction", ReplacementUnderpriced},
    {"gas limit is greater than the block gas limit", GasLimitExceeded},
    {"signed for another chain", WrongChain},
    {"transaction data is empty", Malformed},

    // Hardhat (edr/mem_pool.rs, hardhat-network/provider).
    {"is too low for the next block", FeeBelowBase},
    {"doesn't have enough funds", InsufficientFunds},
    {"transaction requires at least", IntrinsicGas},
    {"invalid chainid", WrongChain},

    // OpenEthereum and Parity (rpc/src/v1/helpers/errors.rs).
    {"nonce is too low", NonceTooLow},
    {"does not satisfy your node's minimal gas price", Underpriced},
    {"another transaction with same nonce", ReplacementUnderpriced},
    {"transaction gas is too low", IntrinsicGas},
    {"exceeds current gas limit", GasLimitExceeded},
    {"supplied gas is beyond limit", GasLimitExceeded},
    {"too many transactions in the queue", PoolFull},
    {"is banned in local queue", Temporary},
    {"transaction is not permitted", Malformed},
    {"transaction is too big", Malformed},
    {"invalid rlp", Malformed},

    // Substrate with Frontier, as peaq runs it (frontier client/rpc/src/eth/format.rs, which says "already known" of
    // banned bytes too; sc-transaction-pool-api and sc-rpc-api author/error.rs where Frontier passes its words on).
    {"alreadyimported", AlreadyKnown},
    {"outdated", NonceTooLow},
    {"stale", NonceTooLow},
    {"valid in the future", NonceTooHigh},
    {"(future)", NonceTooHigh},
    {"not accepting future transactions", NonceTooHigh},
    {"priority is too low", ReplacementUnderpriced},
    {"too low priority", ReplacementUnderpriced},
    {"toolowpriority", ReplacementUnderpriced},
    {"gas price less than block base fee", FeeBelowBase},
    {"inability to pay some fees", InsufficientFunds},
    {"(payment)", InsufficientFunds},
    {"would exhaust the block limits", GasLimitExceeded},
    {"(exhaustsresources)", GasLimitExceeded},
    {"because of the limit", PoolFull},
    {"immediatelydropped", PoolFull},
    {"temporarily banned", Temporary},
    {"temporarilybanned", Temporary},
    {"bad signature", Malformed},
    {"invalid fee input", Malformed},
    {"decode transaction failed", Malformed},
};

}  // namespace

std::span<const NodeWords> nodeWords() { return kWords; }

SendRefusal sendRefusal(const RpcError& error) {
  if (isRateLimit(error)) return RateLimited;
  std::string said = lowerCase(error.message);
  if (error.data && error.data->is_string()) said += " " + lowerCase(error.data->get<std::string>());
  if (said.find("revert") != std::string::npos) return Unknown;
  NodeWords best{"", Unknown};
  for (const NodeWords& row : kWords) {
    if (row.words.size() > best.words.size() && said.find(row.words) != std::string::npos) best = row;
  }
  return best.meaning;
}

bool speaksOfTransaction(SendRefusal refusal) {
  switch (refusal) {
    case Underpriced:
    case FeeBelowBase:
    case FeeAboveCap:
    case InsufficientFunds:
    case IntrinsicGas:
    case GasLimitExceeded:
    case WrongChain:
    case Malformed: return true;
    case AlreadyKnown:
    case NonceTooLow:
    case NonceTooHigh:
    case ReplacementUnderpriced:
    case PoolFull:
    case Temporary:
    case RateLimited:
    case Unknown: return false;
  }
  return false;
}

}  // namespace peaqos::evm
