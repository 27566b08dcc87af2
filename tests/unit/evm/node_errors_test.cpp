// SPDX-License-Identifier: Apache-2.0
#include "evm/node_errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text.hpp"

namespace peaqos::evm {
namespace {

using enum SendRefusal;

struct Said {
  std::string message;
  SendRefusal meaning;
};

// Answers as each family of nodes sends them.
const Said kGeth[] = {
    {"already known", AlreadyKnown},
    {"known transaction: 88dfb016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944", AlreadyKnown},
    {"nonce too low: next nonce 12, tx nonce 11", NonceTooLow},
    {"nonce too high", NonceTooHigh},
    {"gapped-nonce tx from delegated accounts: nonce 4, next 2", NonceTooHigh},
    {"transaction underpriced: gas tip cap 0, minimum needed 1000000", Underpriced},
    {"replacement transaction underpriced", ReplacementUnderpriced},
    {"INTERNAL_ERROR: replacement transaction underpriced", ReplacementUnderpriced},
    {"max fee per gas less than block base fee: address 0x71, maxFeePerGas: 1, baseFee: 875000000", FeeBelowBase},
    {"fee cap less than block base fee", FeeBelowBase},
    {"tx fee (1.20 ether) exceeds the configured cap (1.00 ether)", FeeAboveCap},
    {"insufficient funds for gas * price + value: balance 0, tx cost 21000", InsufficientFunds},
    {"insufficient balance for transfer", InsufficientFunds},
    {"transaction would cause overdraft", InsufficientFunds},
    {"intrinsic gas too low: gas 20000, minimum needed 21000", IntrinsicGas},
    {"insufficient gas for floor data gas cost: gas 21000, minimum needed 24000", IntrinsicGas},
    {"gas uint64 overflow", IntrinsicGas},
    {"exceeds block gas limit", GasLimitExceeded},
    {"gas limit reached", GasLimitExceeded},
    {"transaction gas limit too high (cap: 16777216, tx: 20000000)", GasLimitExceeded},
    {"txpool is full", PoolFull},
    {"account limit exceeded: pooled 64 txs", PoolFull},
    {"future transaction tries to replace pending", PoolFull},
    {"address already reserved", PoolFull},
    {"in-flight transaction limit reached for delegated accounts", PoolFull},
    {"invalid chain id for signer: have 1 want 3338", WrongChain},
    {"only replay-protected (EIP-155) transactions allowed over RPC", WrongChain},
    {"invalid sender", Malformed},
    {"sender not an eoa: address 0x71, codehash: 0x9d", Malformed},
    {"transaction type not supported", Malformed},
    {"max priority fee per gas higher than max fee per gas: address 0x71", Malformed},
    {"max fee per gas higher than 2^256-1", Malformed},
    {"nonce has max value", Malformed},
    {"negative value", Malformed},
    {"oversized data: transaction size 140000, limit 131072", Malformed},
    {"max initcode size exceeded: code size 50000 limit 49152", Malformed},
    {"typed transaction too short", Malformed},
    {"rlp: element is larger than containing list", Malformed},
};

const Said kErigon[] = {
    {"existing tx with same hash", AlreadyKnown},
    {"underpriced", Underpriced},
    {"fee too low", Underpriced},
    {"INTERNAL_ERROR: could not replace existing tx", ReplacementUnderpriced},
    {"replaced by transaction with higher tip", ReplacementUnderpriced},
    {"IntrinsicGas", IntrinsicGas},
    {"GasUintOverflow", IntrinsicGas},
    {"baseFee sub-pool is full", PoolFull},
    {"spammer", PoolFull},
    {"RLPTooLong", Malformed},
    {"initcode too large", Malformed},
    {"fork supporting this transaction type is not activated yet", Malformed},
};

const Said kNethermind[] = {
    {"AlreadyKnown", AlreadyKnown},
    {"OldNonce, Current nonce: 22, nonce of rejected tx: 17", NonceTooLow},
    {"NonceGap, Future nonce. Expected nonce: 10", NonceTooHigh},
    {"NonceTooFarInFuture", NonceTooHigh},
    {"nonce too far in future", NonceTooHigh},
    {"NotCurrentNonceForDelegation", NonceTooHigh},
    {"delegation nonce gap", NonceTooHigh},
    {"FeeTooLow, EffectivePriorityFeePerGas too low 10 < 20, BaseFee: 30", Underpriced},
    {"FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 50, BaseFee: 100, MaxPriorityFeePerGas:200", FeeBelowBase},
    {"FeeTooLowToCompete", PoolFull},
    {"OwnNonceAlreadyUsed", ReplacementUnderpriced},
    {"ReplacementNotAllowed", ReplacementUnderpriced},
    {"InsufficientFunds, Account balance: 4740799397601480913, cumulative cost: 22019342038993800000",
     InsufficientFunds},
    {"GasLimitExceeded, Gas limit: 30000000, gas limit of rejected tx: 40000000", GasLimitExceeded},
    {"DelegatorHasPendingTx", PoolFull},
    {"delegation authority has pending transaction", PoolFull},
    {"PendingTxsOfConflictingType", PoolFull},
    {"pending transaction type conflict", PoolFull},
    {"node is syncing", Temporary},
    {"Invalid, InvalidTxChainId: Expected 3338, got 1", WrongChain},
    {"FailedToResolveSender", Malformed},
    {"failed to recover sender", Malformed},
    {"Int256Overflow", Malformed},
    {"transaction cost overflow", Malformed},
    {"InvalidTxSignature: Signature is invalid.", Malformed},
    {"SenderIsContract", Malformed},
    {"NotSupportedTxType", Malformed},
    {"unsupported transaction type", Malformed},
    {"MaxTxSizeExceeded", Malformed},
    {"transaction too large", Malformed},
    {"transaction invalid", Malformed},
};

const Said kBesu[] = {
    {"Known transaction", AlreadyKnown},
    {"Nonce too low", NonceTooLow},
    {"Nonce too high", NonceTooHigh},
    {"Transaction nonce is too distant from current sender nonce", NonceTooHigh},
    {"Gas price below configured minimum gas price", Underpriced},
    {"Gas price below current base fee", FeeBelowBase},
    {"Transaction fee cap exceeded", FeeAboveCap},
    {"Upfront cost exceeds account balance", InsufficientFunds},
    {"Intrinsic gas exceeds gas limit", IntrinsicGas},
    {"Transaction gas limit exceeds block gas limit", GasLimitExceeded},
    {"Replacement transaction underpriced", ReplacementUnderpriced},
    {"An invalid transaction with a lower nonce exists", Temporary},
    {"Transaction pool not enabled. (Either txpool explicitly disabled, or node not yet in sync).", Temporary},
    {"Initial sync is still in progress", Temporary},
    {"Wrong chainId", WrongChain},
    {"ChainId not supported", WrongChain},
    {"ChainId is required", WrongChain},
    {"Sender account not authorized to send transactions", Malformed},
    {"Invalid signature", Malformed},
    {"Invalid transaction type", Malformed},
    {"Max priority fee per gas exceeds max fee per gas", Malformed},
    {"Plugin has marked the transaction as invalid", Malformed},
};

const Said kReth[] = {
    {"transaction priority fee below minimum required priority fee 1000", Underpriced},
    {"intrinsic gas too high", GasLimitExceeded},
    {"exceeds max transaction gas limit", GasLimitExceeded},
    {"invalid chain ID", WrongChain},
    {"sender is not an EOA", Malformed},
    {"invalid transaction signature", Malformed},
    {"failed to decode signed transaction", Malformed},
    {"empty transaction data", Malformed},
};

const Said kAnvilAndHardhat[] = {
    {"Tx: [0x88df] already Imported", AlreadyKnown},
    {"Tx: [0x88df] insufficient gas price to replace existing transaction", ReplacementUnderpriced},
    {"Insufficient funds for gas * price + value", InsufficientFunds},
    {"Transaction gas limit is greater than the block gas limit, gas_limit: 40, cap: 30", GasLimitExceeded},
    {"Incompatible EIP-155 transaction, signed for another chain", WrongChain},
    {"Transaction data is empty", Malformed},
    {"Known transaction: 0x88df", AlreadyKnown},
    {"Nonce too low. Expected nonce to be 1 but got 0.", NonceTooLow},
    {"Nonce too high. Expected nonce to be 0 but got 1. Note that transactions can't be queued when automining.",
     NonceTooHigh},
    {"Replacement transaction underpriced. A gasPrice/maxFeePerGas of at least 11 is necessary",
     ReplacementUnderpriced},
    {"Transaction maxFeePerGas (1) is too low for the next block, which has a baseFeePerGas of 875000000",
     FeeBelowBase},
    {"Sender doesn't have enough funds to send tx. The max upfront cost is: 2 and the sender's balance is: 1.",
     InsufficientFunds},
    {"Transaction requires at least 21000 gas but got 1", IntrinsicGas},
    {"Transaction gas limit is 40000000 and exceeds block gas limit of 30000000", GasLimitExceeded},
    {"Trying to send a raw transaction with an invalid chainId. The expected chainId is 3338", WrongChain},
};

const Said kParity[] = {
    {"Transaction with the same hash was already imported.", AlreadyKnown},
    {"Transaction nonce is too low. Try incrementing the nonce.", NonceTooLow},
    {"Transaction gas price is too low. It does not satisfy your node's minimal gas price (minimal: 100, got: 50).",
     Underpriced},
    {"Transaction gas price 5wei is too low. There is another transaction with same nonce in the queue with gas price: "
     "6wei.",
     ReplacementUnderpriced},
    {"Insufficient funds. The account you tried to send transaction from does not have enough funds.",
     InsufficientFunds},
    {"Transaction gas is too low. There is not enough gas to cover minimal cost of the transaction", IntrinsicGas},
    {"Transaction cost exceeds current gas limit. Limit: 8000000, got: 9000000.", GasLimitExceeded},
    {"Supplied gas is beyond limit.", GasLimitExceeded},
    {"There are too many transactions in the queue. Your transaction was dropped due to limit.", PoolFull},
    {"Sender is banned in local queue.", Temporary},
    {"Transaction is not permitted.", Malformed},
    {"Transaction is too big, see chain specification for the limit.", Malformed},
    {"Invalid RLP data: RlpIsTooShort", Malformed},
};

const Said kFrontier[] = {
    {"already known", AlreadyKnown},
    {"submit transaction to pool failed: Pool(AlreadyImported(Any { .. }))", AlreadyKnown},
    {"submit transaction to pool failed: Pool(InvalidTransaction(Stale))", NonceTooLow},
    {"Transaction is outdated", NonceTooLow},
    {"Transaction will be valid in the future", NonceTooHigh},
    {"submit transaction to pool failed: Pool(InvalidTransaction(Future))", NonceTooHigh},
    {"The pool is not accepting future transactions", NonceTooHigh},
    {"Priority is too low: (100 vs 90)", ReplacementUnderpriced},
    {"The transaction has too low priority to replace another transaction already in the pool", ReplacementUnderpriced},
    {"submit transaction to pool failed: Pool(TooLowPriority { old: 100, new: 90 })", ReplacementUnderpriced},
    {"gas price less than block base fee", FeeBelowBase},
    {"Inability to pay some fees (e.g. account balance too low)", InsufficientFunds},
    {"submit transaction to pool failed: Pool(InvalidTransaction(Payment))", InsufficientFunds},
    {"Transaction would exhaust the block limits", GasLimitExceeded},
    {"submit transaction to pool failed: Pool(InvalidTransaction(ExhaustsResources))", GasLimitExceeded},
    {"The transaction couldn't enter the pool because of the limit", PoolFull},
    {"submit transaction to pool failed: Pool(ImmediatelyDropped)", PoolFull},
    {"Transaction is temporarily banned", Temporary},
    {"submit transaction to pool failed: Pool(TemporarilyBanned)", Temporary},
    {"Transaction has a bad signature", Malformed},
    {"invalid fee input", Malformed},
    {"decode transaction failed", Malformed},
};

const std::span<const Said> kFamilies[] = {kGeth, kErigon,          kNethermind, kBesu,
                                           kReth, kAnvilAndHardhat, kParity,     kFrontier};

SendRefusal meaningOf(std::string message, std::int64_t code = -32000, std::optional<Json> data = {}) {
  return sendRefusal({.code = code, .message = std::move(message), .data = std::move(data)});
}

std::string upperCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

TEST(SendRefusal, IsReadFromTheWordsOfEveryFamilyInAnyLetterCase) {
  for (const auto& family : kFamilies) {
    for (const Said& said : family) {
      EXPECT_EQ(meaningOf(said.message), said.meaning) << said.message;
      EXPECT_EQ(meaningOf(upperCase(said.message)), said.meaning) << said.message;
    }
  }
}

TEST(SendRefusal, HasNoRowWithoutAnExample) {
  std::set<std::string_view> rows;
  for (const NodeWords& row : nodeWords()) {
    EXPECT_TRUE(rows.insert(row.words).second) << "twice: " << row.words;
    EXPECT_EQ(row.words, lowerCase(row.words));
    const bool shown = std::ranges::any_of(kFamilies, [&](const auto& family) {
      return std::ranges::any_of(family, [&](const Said& said) {
        return said.meaning == row.meaning && lowerCase(said.message).find(row.words) != std::string::npos;
      });
    });
    EXPECT_TRUE(shown) << row.words;
  }
}

// Substrate's own errors keep the reason in `data`.
TEST(SendRefusal, IsReadFromTheDataToo) {
  EXPECT_EQ(meaningOf("Invalid Transaction", 1010, "Transaction is outdated"), NonceTooLow);
  EXPECT_EQ(meaningOf("Invalid Transaction", 1010, "Inability to pay some fees"), InsufficientFunds);
  EXPECT_EQ(meaningOf("Invalid Transaction", 1010, Json{{"why", "stale"}}), Unknown);
}

TEST(SendRefusal, IsUnknownForAllElse) {
  for (const std::string message : {"", "internal error", "unknown error", "transaction validation error",
                                    "missing trie node", "Invalid Transaction", "context deadline exceeded"}) {
    EXPECT_EQ(meaningOf(message), Unknown) << message;
  }
}

// A development node reports the revert of a transaction that it has mined: whatever the contract's reason says.
TEST(SendRefusal, IsUnknownForARevert) {
  EXPECT_EQ(meaningOf("VM Exception while processing transaction: reverted with reason string 'insufficient funds'"),
            Unknown);
  EXPECT_EQ(meaningOf("execution reverted: nonce too low", 3, "0x"), Unknown);
}

TEST(SendRefusal, TellsRateLimitsFromVerdictsThatShareTheirCodes) {
  EXPECT_EQ(meaningOf("daily request count exceeded, request rate limited", -32005), RateLimited);
  EXPECT_EQ(meaningOf("", -32005), RateLimited);
  EXPECT_EQ(meaningOf("Transaction gas limit exceeds block gas limit", -32005), GasLimitExceeded);
  EXPECT_EQ(meaningOf("Sender account not authorized to send transactions", -32007), Malformed);
}

TEST(SendRefusal, IsAVerdictOnlyWhenItSpeaksOfTheTransaction) {
  for (const SendRefusal verdict : {Underpriced, FeeBelowBase, FeeAboveCap, InsufficientFunds, IntrinsicGas,
                                    GasLimitExceeded, WrongChain, Malformed}) {
    EXPECT_TRUE(speaksOfTransaction(verdict));
  }
  for (const SendRefusal none :
       {AlreadyKnown, NonceTooLow, NonceTooHigh, ReplacementUnderpriced, PoolFull, Temporary, RateLimited, Unknown}) {
    EXPECT_FALSE(speaksOfTransaction(none));
  }
}

}  // namespace
}  // namespace peaqos::evm
