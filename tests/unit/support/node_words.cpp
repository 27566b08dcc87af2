// SPDX-License-Identifier: Apache-2.0
#include "support/node_words.hpp"

#include <algorithm>

namespace peaqos::test {
namespace {

using enum Family;
using enum Refusal;

// From the sources of the nodes: go-ethereum core/error.go and core/txpool, erigon txpoolcfg, Nethermind
// AcceptTxResult, besu RpcErrorType, reth rpc-eth-types, foundry anvil eth/error.rs, frontier client/rpc
// (eth/format.rs), and the polkadot-sdk transaction pool with its RPC (author/error.rs).
constexpr Words kWords[] = {
    {Geth, NonceTooLow, -32000, "nonce too low: next nonce {next}, tx nonce {nonce}"},
    {Geth, NonceTooLow, -32000, "nonce too low"},
    {Geth, AlreadyKnown, -32000, "already known"},
    {Geth, AlreadyKnown, -32000, "known transaction: {hash}"},
    {Geth, Underpriced, -32000, "transaction underpriced: gas tip cap {gas}, minimum needed {needed}"},
    {Geth, Underpriced, -32000, "transaction underpriced"},
    {Geth, ReplacementUnderpriced, -32000, "replacement transaction underpriced"},
    {Geth, InsufficientFunds, -32000,
     "insufficient funds for gas * price + value: balance {balance}, tx cost {cost}, overshot 1"},
    {Geth, InsufficientFunds, -32000, "insufficient funds for gas * price + value"},
    {Geth, IntrinsicGas, -32000, "intrinsic gas too low: gas {gas}, minimum needed {needed}"},
    {Geth, FeeBelowBase, -32000, "max fee per gas less than block base fee"},
    {Geth, GasLimitExceeded, -32000, "exceeds block gas limit"},
    {Geth, PoolFull, -32000, "txpool is full"},
    {Geth, TipAboveFee, -32000, "max priority fee per gas higher than max fee per gas"},
    {Geth, WrongChain, -32000, "invalid sender: invalid chain id for signer: have {gas} want {needed}"},
    {Geth, Banned, -32000, "already known"},
    {Geth, Reverted, 3, "execution reverted{reason}"},

    {Erigon, NonceTooLow, -32000, "nonce too low"},
    {Erigon, AlreadyKnown, -32000, "already known"},
    {Erigon, AlreadyKnown, -32000, "existing tx with same hash"},
    {Erigon, AlreadyKnown, -32000, "existing txn with same hash"},
    {Erigon, Underpriced, -32000, "underpriced"},
    {Erigon, Underpriced, -32000, "fee too low"},
    {Erigon, ReplacementUnderpriced, -32000, "replacement transaction underpriced"},
    {Erigon, ReplacementUnderpriced, -32000, "could not replace existing tx"},
    {Erigon, InsufficientFunds, -32000, "insufficient funds"},
    {Erigon, IntrinsicGas, -32000, "IntrinsicGas"},
    {Erigon, GasLimitExceeded, -32000, "gas limit is too high"},
    {Erigon, PoolFull, -32000, "pending sub-pool is full"},
    {Erigon, PoolFull, -32000, "baseFee sub-pool is full"},

    {Nethermind, NonceTooLow, -32010, "nonce too low"},
    {Nethermind, NonceTooLow, -32010, "OldNonce, Current nonce: {next}, nonce of rejected tx: {nonce}"},
    {Nethermind, AlreadyKnown, -32010, "already known"},
    {Nethermind, AlreadyKnown, -32010, "AlreadyKnown"},
    {Nethermind, Underpriced, -32010, "transaction underpriced"},
    {Nethermind, Underpriced, -32010, "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: {gas}, BaseFee: {needed}"},
    {Nethermind, Underpriced, -32010, "FeeTooLowToCompete"},
    {Nethermind, ReplacementUnderpriced, -32010, "replacement transaction underpriced"},
    {Nethermind, ReplacementUnderpriced, -32010, "ReplacementNotAllowed"},
    {Nethermind, InsufficientFunds, -32010, "insufficient funds for gas * price + value"},
    {Nethermind, InsufficientFunds, -32010, "InsufficientFunds, Account balance: {balance}, cumulative cost: {cost}"},
    {Nethermind, IntrinsicGas, -32010, "Invalid, intrinsic gas too low"},
    {Nethermind, GasLimitExceeded, -32010, "GasLimitExceeded, Gas limit: {needed}, gas limit of rejected tx: {gas}"},
    {Nethermind, Reverted, -32015, "VM execution error."},

    {Besu, NonceTooLow, -32001, "Nonce too low"},
    {Besu, AlreadyKnown, -32000, "Known transaction"},
    {Besu, Underpriced, -32009, "Gas price below configured minimum gas price"},
    {Besu, ReplacementUnderpriced, -32000, "Replacement transaction underpriced"},
    {Besu, InsufficientFunds, -32004, "Upfront cost exceeds account balance"},
    {Besu, IntrinsicGas, -32003, "Intrinsic gas exceeds gas limit"},
    {Besu, FeeBelowBase, -32009, "Gas price below current base fee"},
    {Besu, GasLimitExceeded, -32005, "Transaction gas limit exceeds block gas limit"},
    {Besu, PoolFull, -32002,
     "Transaction pool not enabled. (Either txpool explicitly disabled, or node not yet in sync)."},
    {Besu, TipAboveFee, -32000, "Max priority fee per gas exceeds max fee per gas"},
    {Besu, WrongChain, -32000, "Wrong chainId"},
    {Besu, Reverted, -32000, "Execution reverted{reason}"},

    {Reth, NonceTooLow, -32003, "nonce too low: next nonce {next}, tx nonce {nonce}"},
    {Reth, AlreadyKnown, -32000, "already known"},
    {Reth, Underpriced, -32000, "transaction underpriced"},
    {Reth, ReplacementUnderpriced, -32000, "replacement transaction underpriced"},
    {Reth, InsufficientFunds, -32003, "insufficient funds for gas * price + value: have {balance} want {cost}"},
    {Reth, IntrinsicGas, -32000, "intrinsic gas too low"},
    {Reth, PoolFull, -32003, "txpool is full"},

    {Anvil, NonceTooLow, -32003, "nonce too low"},
    {Anvil, AlreadyKnown, -32003, "transaction already imported"},
    {Anvil, AlreadyKnown, -32003, "Tx: [{hash}] already Imported"},
    {Anvil, ReplacementUnderpriced, -32003, "replacement transaction underpriced"},
    {Anvil, ReplacementUnderpriced, -32003, "Tx: [{hash}] insufficient gas price to replace existing transaction"},
    {Anvil, InsufficientFunds, -32003, "Insufficient funds for gas * price + value"},
    {Anvil, IntrinsicGas, -32003, "intrinsic gas too low"},
    {Anvil, FeeBelowBase, -32003, "max fee per gas less than block base fee"},
    {Anvil, GasLimitExceeded, -32003, "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit"},
    {Anvil, WrongChain, -32003, "invalid chain id for signer"},
    {Anvil, TipAboveFee, -32003, "max priority fee per gas higher than max fee per gas"},

    {Frontier, NonceTooLow, -32603, "nonce too low"},
    {Frontier, NonceTooLow, -32603,
     "submit transaction to pool failed: Pool(InvalidTransaction(InvalidTransaction::Stale))"},
    {Frontier, AlreadyKnown, -32603, "already known"},
    {Frontier, AlreadyKnown, -32603, "submit transaction to pool failed: Pool(AlreadyImported({hash}))"},
    {Frontier, ReplacementUnderpriced, -32603, "replacement transaction underpriced"},
    {Frontier, ReplacementUnderpriced, -32603,
     "submit transaction to pool failed: Pool(TooLowPriority { old: 2, new: 1 })"},
    {Frontier, InsufficientFunds, -32603, "insufficient funds for gas * price + value"},
    {Frontier, InsufficientFunds, -32603,
     "submit transaction to pool failed: Pool(InvalidTransaction(InvalidTransaction::Payment))"},
    {Frontier, IntrinsicGas, -32603, "intrinsic gas too low"},
    {Frontier, IntrinsicGas, -32603,
     "submit transaction to pool failed: InvalidTransaction(InvalidTransaction::Custom(3))"},
    {Frontier, FeeBelowBase, -32603, "gas price less than block base fee"},
    {Frontier, GasLimitExceeded, -32603, "exceeds block gas limit"},
    {Frontier, GasLimitExceeded, -32603,
     "submit transaction to pool failed: Pool(InvalidTransaction(InvalidTransaction::ExhaustsResources))"},
    {Frontier, PoolFull, -32603, "submit transaction to pool failed: Ok(ImmediatelyDropped)"},
    {Frontier, TipAboveFee, -32603, "max priority fee per gas higher than max fee per gas"},
    {Frontier, WrongChain, -32603, "invalid chain id"},
    {Frontier, Banned, -32603, "already known"},
    {Frontier, Banned, -32603, "submit transaction to pool failed: Pool(TemporarilyBanned)"},
    {Frontier, Reverted, -32603, "VM Exception while processing transaction: revert{reason}"},

    {Substrate, NonceTooLow, 1010, "Invalid Transaction", "Transaction is outdated"},
    {Substrate, AlreadyKnown, 1013, "Transaction Already Imported"},
    {Substrate, Underpriced, 1016, "Immediately Dropped",
     "The transaction couldn't enter the pool because of the limit"},
    {Substrate, ReplacementUnderpriced, 1014, "Priority is too low: (2 vs 1)",
     "The transaction has too low priority to replace another transaction already in the pool."},
    {Substrate, InsufficientFunds, 1010, "Invalid Transaction",
     "Inability to pay some fees (e.g. account balance too low)"},
    {Substrate, GasLimitExceeded, 1010, "Invalid Transaction", "Transaction would exhaust the block limits"},
    {Substrate, PoolFull, 1016, "Immediately Dropped", "The transaction couldn't enter the pool because of the limit"},
    {Substrate, Banned, 1012, "Transaction is temporarily banned"},
};

const Words* find(Family family, Refusal refusal) {
  const auto* found = std::ranges::find_if(
      kWords, [&](const Words& words) { return words.family == family && words.refusal == refusal; });
  return found == std::end(kWords) ? nullptr : found;
}

}  // namespace

std::span<const Words> allWords() { return kWords; }

std::string_view name(Family family) {
  switch (family) {
    case Geth: return "geth";
    case Erigon: return "erigon";
    case Nethermind: return "nethermind";
    case Besu: return "besu";
    case Reth: return "reth";
    case Anvil: return "anvil";
    case Frontier: return "frontier";
    case Substrate: return "substrate";
  }
  return "?";
}

evm::RpcError refusalFrom(const Words& words, const Facts& facts) {
  std::string message(words.message);
  for (std::size_t at = message.find('{'); at != std::string::npos; at = message.find('{', at + 1)) {
    const std::size_t end = message.find('}', at);
    const std::string key = message.substr(at + 1, end - at - 1);
    if (key.find(' ') != std::string::npos) continue;  // braces of the node's own
    const auto fact = facts.find(key);
    message.replace(at, end - at + 1, fact == facts.end() ? (key == "reason" ? "" : "0") : fact->second);
  }
  return {.code = words.code,
          .message = std::move(message),
          .data = words.data.empty() ? std::nullopt : std::optional<Json>(std::string(words.data))};
}

evm::RpcError refusalOf(Family family, Refusal refusal, const Facts& facts) {
  const Words* words = find(family, refusal);
  return refusalFrom(words ? *words : *find(Geth, refusal), facts);
}

}  // namespace peaqos::test
