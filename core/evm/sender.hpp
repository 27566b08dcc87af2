// The one way in which transactions leave: simulate, sign, journal, broadcast, await.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "evm/journal.hpp"
#include "evm/receipt.hpp"
#include "evm/revert.hpp"
#include "evm/rpc.hpp"
#include "evm/signer.hpp"
#include "host/conversation.hpp"

namespace peaqos::evm {

// What a transaction is meant to do.
struct Intent {
  std::string step;  // journal step, e.g. "register"
  Address to;
  U256 value;                      // wei
  Bytes data;                      // calldata
  Json facts = Json::object();     // what identifies the intent to a reader of the journal
  std::uint64_t laterGas = 0;      // gas units that later steps will need: the balance must cover them as well
  std::string function = {};       // what `data` calls, e.g. "mint(uint256,address)", for who approves it
  Json arguments = Json::array();  // of that function, as [name, value] pairs in its order
};

// A contract refused the transaction, in its simulation or on the chain. `code` is the revert's name, or TX_REVERTED.
struct RevertError : Error {
  RevertError(Revert revert, std::optional<Hash256> transaction);
  Revert revert;
  std::optional<Hash256> transaction;  // the mined transaction; none when only the simulation ran
};

struct SenderSettings {
  std::uint64_t chainId = 0;
  std::chrono::milliseconds receiptTimeout{120'000};
  std::span<const std::string_view> errors;  // custom errors to recognise
  std::string currency = "PEAQ";             // the chain's native currency, 18 decimals
};

class Sender {
 public:
  // The calls that prepare one transaction, to be sent alone or together with other reads.
  static constexpr std::size_t kPreparationCalls = 6;

  Sender(RpcClient& rpc, Journal& journal, host::Clock& clock, host::Conversation& conversation,
         SenderSettings settings)
      : rpc_(rpc), journal_(journal), clock_(clock), conversation_(conversation), settings_(std::move(settings)) {}

  // Nonce, balance, fees, simulation and gas of an intent, as kPreparationCalls calls.
  static std::vector<RpcCall> preparation(const Intent& intent, const Address& from);

  // The latest block's header among the replies to preparation().
  static const Json& latestBlock(std::span<const RpcReply> prepared);

  // Signs, journals, broadcasts and awaits. `prepared` are the replies to preparation().
  // Throws RevertError; Error "INSUFFICIENT_FUNDS", "TX_REJECTED"; Error "RECEIPT_PENDING" when the receipt does not
  // come in time: the transaction stays pending in the journal, and a rerun finds it there.
  Task<Receipt> send(Intent intent, Signer& signer, std::span<const RpcReply> prepared);

  // As above, with a preparation of its own.
  Task<Receipt> send(Intent intent, Signer& signer);

  // The unresolved journal row of this very intent, if an earlier run left one; or one confirmed from `since` on.
  Task<std::optional<Json>> findUnresolved(const Intent& intent, const Address& from, std::string since);

  // Brings a transaction of an earlier run to its end: its receipt, found or awaited after broadcasting the same bytes
  // again; nothing when another transaction took its nonce (the journal then says `failed`, reason `replaced`).
  // Throws RevertError (journalled as failed) and Error "RECEIPT_PENDING".
  Task<std::optional<Receipt>> settle(Json pendingRow);

 private:
  struct Fees {
    U256 tip;
    U256 most;      // wei a gas unit, the transaction's maxFeePerGas
    U256 expected;  // wei a gas unit that the next block would charge
  };
  Task<Fees> feesFrom(std::span<const RpcReply> prepared);
  void refuseRevert(std::span<const RpcReply> prepared) const;
  Task<void> approve(const Intent& intent, const Transaction& transaction, const Address& from, U256 balance);
  Task<void> broadcast(const SignedTransaction& transaction, const Json& facts);
  Task<Receipt> await(const Hash256& hash);
  Task<Receipt> awaitSuccess(const Hash256& hash, std::string step, Json facts, std::optional<Json> call = {});
  Task<Revert> findCause(std::optional<Json> call, std::uint64_t block);
  std::string intentHash(const Intent& intent, const Address& from) const;

  RpcClient& rpc_;
  Journal& journal_;
  host::Clock& clock_;
  host::Conversation& conversation_;
  SenderSettings settings_;
};

}  // namespace peaqos::evm
