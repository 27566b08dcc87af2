// SPDX-License-Identifier: Apache-2.0
#include "evm/sender.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "crypto/keccak.hpp"
#include "evm/fees.hpp"
#include "evm/rlp.hpp"
#include "evm/units.hpp"

namespace peaqos::evm {
namespace {

using std::chrono::milliseconds;

// Where the replies to preparation() stand.
enum Prepared : std::size_t { kNonce, kBalance, kTip, kBlock, kSimulation, kGas };

constexpr std::uint64_t kAssumedGas = 300'000;  // for the shortfall's text when the node would not estimate
constexpr milliseconds kFirstPoll{100}, kSlowestPoll{2000};
constexpr milliseconds kPatience{5000};  // after this the user is told what is being waited for

std::string codeOf(const Revert& revert) { return revert.name.empty() ? "TX_REVERTED" : revert.name; }

Json callObject(const Intent& intent, const Address& from) {
  return {{"from", toChecksum(from)},
          {"to", toChecksum(intent.to)},
          {"value", intent.value.toQuantity()},
          {"data", toHex0x(intent.data)}};
}

// Answers of nodes that already have these very bytes, or mined them (wording differs from node to node).
bool alreadyKnown(const RpcError& error) {
  constexpr std::string_view kWords[] = {"already known", "already imported", "known transaction", "AlreadyKnown",
                                         "already in mempool"};
  return std::ranges::any_of(kWords, [&](auto words) { return error.message.find(words) != std::string::npos; });
}

Error insufficientFunds(const Address& account, const U256& balance, const U256& needed, const std::string& currency) {
  return networkError("INSUFFICIENT_FUNDS",
                      toChecksum(account) + " holds " + formatUnits(balance, 18, 4) + " " + currency + " and needs " +
                          formatUnitsUp(needed, 18, 4) + " " + currency + " for the transaction and its gas",
                      "Send it at least " + formatUnitsUp(needed - balance, 18, 4) + " " + currency +
                          " more and run the command again");
}

// Facts of a pending row that belong to the transaction, not to what the user sees of the step's end.
Json withoutTransport(Json row) {
  for (const char* member : {"raw_tx", "nonce", "intent", "chain_id", "ts", "status", "step"}) row.erase(member);
  return row;
}

}  // namespace

RevertError::RevertError(Revert why, std::optional<Hash256> minedAs)
    : Error(networkError(codeOf(why), why.reason)), revert(std::move(why)), transaction(minedAs) {}

std::vector<RpcCall> Sender::preparation(const Intent& intent, const Address& from) {
  const Json call = callObject(intent, from);
  return {{"eth_getTransactionCount", {toChecksum(from), "pending"}},
          balanceCall(from),
          {"eth_maxPriorityFeePerGas"},
          latestBlockCall(),
          {"eth_call", Json::array({call, "latest"})},
          {"eth_estimateGas", Json::array({call, "latest"})}};
}

const Json& Sender::latestBlock(std::span<const RpcReply> prepared) {
  return valueOf(prepared[kBlock], "the latest block");
}

Task<Sender::Fees> Sender::feesFrom(std::span<const RpcReply> prepared) {
  const Json* baseFee = findMember(latestBlock(prepared), "baseFeePerGas");
  const auto base = baseFee && baseFee->is_string() ? U256::fromQuantity(baseFee->get<std::string>()) : std::nullopt;
  if (!base) {
    throw networkError("NO_BASE_FEE", "the node reports no base fee, so EIP-1559 transactions cannot be priced",
                       "Point PEAQOS_RPC_URL at a node of a chain with EIP-1559");
  }
  U256 tip;
  if (std::holds_alternative<Json>(prepared[kTip])) {
    tip = quantityOf(prepared[kTip], "the priority fee");
  } else {
    tip = co_await suggestedTip(rpc_);
  }
  co_return Fees{.tip = tip, .most = tip + *base + *base, .expected = tip + *base};
}

void Sender::refuseRevert(std::span<const RpcReply> prepared) const {
  for (const std::size_t check : {kSimulation, kGas}) {
    const auto* error = std::get_if<RpcError>(&prepared[check]);
    if (!error) continue;
    if (auto revert = revertFrom(*error, settings_.errors)) throw RevertError(std::move(*revert), std::nullopt);
  }
}

Task<Receipt> Sender::send(Intent intent, Signer& signer) {
  const auto prepared = co_await rpc_.read(preparation(intent, signer.address()));
  co_return co_await send(std::move(intent), signer, prepared);
}

Task<Receipt> Sender::send(Intent intent, Signer& signer, std::span<const RpcReply> prepared) {
  refuseRevert(prepared);
  const Address from = signer.address();
  const Fees fees = co_await feesFrom(prepared);
  const U256 balance = quantityOf(prepared[kBalance], "the balance of " + shortAddress(toChecksum(from)));
  const bool estimated = std::holds_alternative<Json>(prepared[kGas]);
  const std::uint64_t estimate = estimated ? uint64Of(prepared[kGas], "the gas estimate") : kAssumedGas;
  const std::uint64_t gas = estimate + estimate / 5;  // a margin of 20 % (decision 12)

  const U256 needed = intent.value + fees.most * U256(gas) + fees.expected * U256(intent.laterGas);
  if (balance < needed) throw insufficientFunds(from, balance, needed, settings_.currency);
  if (!estimated) throw rpcRefusal(std::get<RpcError>(prepared[kGas]), "the gas estimate of the transaction");

  const Transaction transaction{.chainId = settings_.chainId,
                                .nonce = uint64Of(prepared[kNonce], "the nonce of " + shortAddress(toChecksum(from))),
                                .maxPriorityFeePerGas = fees.tip,
                                .maxFeePerGas = fees.most,
                                .gasLimit = gas,
                                .to = intent.to,
                                .value = intent.value,
                                .data = intent.data};
  co_await approve(intent, transaction, from, balance);
  const SignedTransaction ready = co_await signer.sign(transaction);

  Json facts = intent.facts;
  facts["tx_hash"] = toHex0x(ready.hash);
  Json pending = facts;
  pending["address"] = toChecksum(from);
  pending["chain_id"] = settings_.chainId;
  pending["intent"] = intentHash(intent, from);
  pending["nonce"] = transaction.nonce;
  pending["raw_tx"] = toHex0x(ready.raw);
  co_await journal_.append(intent.step, "pending", std::move(pending));

  facts["step"] = intent.step;
  co_await broadcast(ready, facts);
  co_return co_await awaitSuccess(ready.hash, intent.step, std::move(facts), callObject(intent, from));
}

// Whoever wants to see a transaction before it is signed sees it whole.
Task<void> Sender::approve(const Intent& intent, const Transaction& transaction, const Address& from, U256 balance) {
  if (!conversation_.approves()) co_return;
  host::Question question{.name = "approve",
                          .text = "Sign and send this transaction?",
                          .facts = {{"step", intent.step},
                                    {"function", intent.function},
                                    {"arguments", intent.arguments},
                                    {"from", toChecksum(from)},
                                    {"to", toChecksum(intent.to)},
                                    {"value_wei", intent.value.toDecimal()},
                                    {"fee_wei", (transaction.maxFeePerGas * U256(transaction.gasLimit)).toDecimal()},
                                    {"balance_wei", balance.toDecimal()},
                                    {"currency", settings_.currency},
                                    {"chain_id", settings_.chainId},
                                    {"data", toHex0x(intent.data)}}};
  const auto answer = co_await conversation_.ask(std::move(question));
  if (answer && asText(answer->expose()) == "yes") co_return;
  throw Error{ErrorKind::Interrupted, "NOT_APPROVED", "the transaction was not approved, and not sent", ""};
}

Task<void> Sender::broadcast(const SignedTransaction& transaction, const Json& facts) {
  const RpcCall call{"eth_sendRawTransaction", Json::array({toHex0x(transaction.raw)})};
  RpcReply reply;
  bool again = false;
  try {
    reply = co_await rpc_.write(call);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    again = true;  // the answer was lost, maybe not the transaction: the same bytes once more cannot pay twice
  }
  if (again) {
    try {
      reply = co_await rpc_.write(call);
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
      throw networkError("BROADCAST_UNKNOWN",
                         error.message + "; the transaction " + toHex0x(transaction.hash) + " may have been sent",
                         "Run the same command again: it finds the transaction in peaqos.log and sends nothing twice");
    }
  }
  const auto* error = std::get_if<RpcError>(&reply);
  if (!error || alreadyKnown(*error)) co_return;
  // A node that answers with an error may have passed the transaction on all the same.
  const auto known = co_await rpc_.read({{"eth_getTransactionByHash", Json::array({toHex0x(transaction.hash)})}});
  if (!valueOf(known[0], "the transaction").is_null()) co_return;

  const std::string words = oneLine(error->message);
  Json failed = withoutTransport(facts);
  failed["reason"] = words;
  co_await journal_.append(textOrEmpty(facts, "step"), "failed", std::move(failed));
  throw networkError("TX_REJECTED", "the node rejected the transaction: " + words, "Run the command again");
}

Task<Receipt> Sender::await(const Hash256& hash) {
  conversation_.progress({.name = "transaction", .state = "submitted", .facts = {{"tx_hash", toHex0x(hash)}}});
  const std::int64_t start = clock_.now();
  const std::int64_t deadline = start + std::chrono::microseconds(settings_.receiptTimeout).count();
  milliseconds wait = kFirstPoll;
  bool said = false;
  while (true) {
    const auto reply = co_await rpc_.read({receiptCall(hash)});
    if (auto receipt = receiptFrom(reply[0])) co_return std::move(*receipt);
    if (clock_.now() >= deadline) {
      throw networkError("RECEIPT_PENDING", "transaction " + toHex0x(hash) + " was submitted but is not yet mined",
                         "Run the same command again later: it looks the transaction up and sends nothing twice");
    }
    if (!said && clock_.now() - start > std::chrono::microseconds(kPatience).count()) {
      conversation_.progress({.name = "transaction", .state = "waiting", .facts = {{"tx_hash", toHex0x(hash)}}});
      said = true;
    }
    co_await clock_.sleep(wait);
    wait = std::min(wait * 3 / 2, kSlowestPoll);
  }
}

// A receipt does not say why: the same call is made once more on the state of its block.
Task<Revert> Sender::findCause(std::optional<Json> call, std::uint64_t block) {
  if (!call) co_return Revert{};
  const RpcCall again{"eth_call", Json::array({std::move(*call), U256(block).toQuantity()})};
  try {
    const auto replies = co_await rpc_.read({again});
    const auto* error = std::get_if<RpcError>(replies.data());
    co_return (error ? revertFrom(*error, settings_.errors) : std::nullopt).value_or(Revert{});
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
  }
  co_return Revert{};
}

Task<Receipt> Sender::awaitSuccess(const Hash256& hash, std::string step, Json facts, std::optional<Json> call) {
  Receipt receipt = co_await await(hash);
  Json mined{{"tx_hash", toHex0x(hash)}, {"block", receipt.block}};
  if (receipt.fee) mined["fee_wei"] = receipt.fee->toDecimal();
  conversation_.progress({.name = "transaction", .state = "mined", .facts = std::move(mined)});
  if (receipt.succeeded) co_return receipt;
  Revert revert = co_await findCause(std::move(call), receipt.block);
  Json failed = withoutTransport(std::move(facts));
  failed["reason"] = "transaction " + toHex0x(hash) + " was mined but reverted";
  co_await journal_.append(std::move(step), "failed", std::move(failed));
  throw RevertError(std::move(revert), hash);
}

std::string Sender::intentHash(const Intent& intent, const Address& from) const {
  return toHex0x(
      crypto::keccak256(rlpList({rlpInteger(settings_.chainId), rlpBytes(from.bytes), rlpBytes(intent.to.bytes),
                                 rlpInteger(intent.value), rlpBytes(intent.data)})));
}

Task<std::optional<Json>> Sender::findUnresolved(const Intent& intent, const Address& from, std::string since) {
  const std::string wanted = intentHash(intent, from);
  for (Json& row : co_await journal_.unresolved(std::move(since))) {
    if (textOrEmpty(row, "intent") == wanted) co_return std::move(row);
  }
  co_return std::nullopt;
}

Task<std::optional<Receipt>> Sender::settle(Json row) {
  const auto hash = fromHexExactly<32>(textOrEmpty(row, "tx_hash"));
  const auto raw = fromHex(textOrEmpty(row, "raw_tx"));
  const auto address = parseAddress(textOrEmpty(row, "address"));
  const Json* nonceMember = findMember(row, "nonce");
  const auto nonce = nonceMember ? toUint64(*nonceMember) : std::nullopt;
  if (!hash || !raw || !address || !nonce) {
    throw inputError("BAD_JOURNAL_ROW", "peaqos.log holds a pending row that cannot be read",
                     "Look the transaction " + printable(textOrEmpty(row, "tx_hash")) +
                         " up in an explorer, then move peaqos.log away");
  }
  const std::string step = textOrEmpty(row, "step");
  const RpcCall count{"eth_getTransactionCount", {toChecksum(*address), "latest"}};
  const auto replies = co_await rpc_.read({count, receiptCall(*hash)});
  if (!receiptFrom(replies[1])) {
    if (uint64Of(replies[0], "the nonce of " + shortAddress(toChecksum(*address))) > *nonce) {
      // Mined between the two reads, or replaced by another transaction: only a second look can tell.
      const auto again = co_await rpc_.read({receiptCall(*hash)});
      if (!receiptFrom(again[0])) {
        Json failed = withoutTransport(row);
        failed["reason"] = "replaced";
        co_await journal_.append(step, "failed", std::move(failed));
        co_return std::nullopt;
      }
    } else {
      Json facts = withoutTransport(row);
      facts["step"] = step;
      co_await broadcast({.raw = *raw, .hash = *hash}, facts);
    }
  }
  co_return co_await awaitSuccess(*hash, step, withoutTransport(std::move(row)));
}

}  // namespace peaqos::evm
