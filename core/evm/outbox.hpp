// The one way in which transactions leave: plan, price, approve, sign, append, broadcast, track, close.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/send_record.hpp"
#include "evm/flight.hpp"
#include "evm/guard.hpp"
#include "evm/intent.hpp"
#include "evm/preparation.hpp"
#include "evm/read_transaction.hpp"
#include "evm/receipt_pace.hpp"
#include "evm/rpc.hpp"
#include "evm/signer.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "ledger/ledger.hpp"

namespace peaqos::evm {

// What the outbox works with; all of it outlives the outbox.
struct OutboxTools {
  host::Host& host;
  host::Conversation& conversation;
  RpcClient& rpc;
  ledger::Ledger& ledger;
  SendRecord& sent;
  Guard* guard = nullptr;  // none: every signature is allowed
};

struct OutboxSettings {
  std::uint64_t chainId = 0;  // EIP-155; 0 until a Preflight tells it
  std::chrono::milliseconds receiptTimeout{120'000};
  std::span<const std::string_view> errors = {};  // custom errors of contracts to recognise
  Limits limits;
};

// A caller's own reads, made in the same batch as the preparation.
struct Preflight {
  std::vector<RpcCall> calls = {};
  // Judges their replies and the latest block's header before anything is sent; returns the chain id. Throws Error.
  std::function<std::uint64_t(std::span<const RpcReply> replies, const Json& block)> check = {};
};

// What sending does about equal transactions and replaced ones.
struct Policy {
  bool joinEqual = false;        // an equal intent that is under way, or ended since `equalSince`, is this one
  std::string equalSince = {};   // a ledger row's `ts`
  std::string noticeSince = {};  // an equal intent confirmed from then on is mentioned, and sent again
  bool resendReplaced = false;   // sign anew when another transaction was seen with the nonce; never for payments
  bool onPool = false;           // try it on the state that transactions in the pool lead to
};

// Who is to send what. The signer outlives the sending.
struct Order {
  Intent intent;
  Signer* signer;
};

// A transaction as it would be signed now, but for its nonce.
struct RehearsedTransaction {
  Transaction transaction;
  std::uint64_t gas = 0;  // units, without the margin that its limit has
  U256 fee;               // wei that the next block would charge for them
};

struct Rehearsal {
  // In the order of the intents. RevertError: the contract refuses it; Error: it could not be paid for or priced.
  std::vector<std::variant<RehearsedTransaction, RevertError, Error>> transactions;
  U256 balance;  // wei, of who would sign
  U256 spent;    // wei that these transactions and those before them may take
};

// How one of several intents ended, by the number that it was given.
struct Arrival {
  std::size_t number;
  Outcome outcome;
};

// Transactions of one account that are under way together: as one ends, another can leave.
class Window {
 public:
  std::size_t size() const { return flights_.size(); }
  // The number that the next intent is given.
  std::size_t next() const { return next_; }
  // Wei that the transactions under way may take.
  U256 most() const;

 private:
  friend class Outbox;
  std::vector<Flight> flights_;  // their index is their number
  std::size_t next_ = 0;
};

// Sends transactions of one chain. What is certain about a transaction comes from the chain alone: a receipt of one of
// its hashes, or another transaction of the account seen in a block with its nonce, or the node's refusal of the first
// broadcast while the nonce stays free. Everything else leaves its row pending, and says so with the hash.
class Outbox {
 public:
  Outbox(OutboxTools tools, OutboxSettings settings);

  // Says which chain is served, where the configuration leaves that to the node (chain id 0).
  void useChain(std::uint64_t chainId) { settings_.chainId = chainId; }

  // Sends one transaction and waits until it is mined. The lane is held from reading the nonce to the end of the
  // broadcast; where a person has to be asked first, the nonce is read anew afterwards.
  // Throws RevertError (recorded as failed when it was mined); Error: what Preflight::check and the guard throw,
  // "INSUFFICIENT_FUNDS", "FEE_ABOVE_CEILING", "TX_REJECTED" (nothing was sent), "TX_REPLACED", "RECEIPT_PENDING" and
  // "BROADCAST_UNKNOWN" (the row stays pending, and a rerun finds it), "NOT_APPROVED".
  Task<Mined> send(Intent intent, Signer& signer, Preflight preflight = {}, Policy policy = {});

  // Sends several with consecutive nonces: one preparation, one append, one broadcast, receipts in batches. Outcomes in
  // the order of the intents; an intent that is refused before signing takes no nonce. Throws what concerns all of
  // them.
  Task<std::vector<Outcome>> sendAll(std::vector<Intent> intents, Signer& signer, Preflight preflight = {});

  // Sends several as sendAll() does, and returns at the end of their broadcast: they are in the window then, numbered
  // in their order. Returned are those that did not leave. Throws as sendAll().
  Task<std::vector<Arrival>> sendInto(Window& window, std::vector<Intent> intents, Signer& signer);

  // Waits until a transaction of the window has an end, or was waited for long enough; all that have leave the window.
  Task<std::vector<Arrival>> nextOf(Window& window);

  // What send() would sign now, with the nonce that is free: nothing is asked, signed or recorded. Throws as send()
  // does before it asks or signs, but for the guard.
  Task<Transaction> prepare(Intent intent, Address from, Preflight preflight = {});

  // Sends bytes that were signed before: the row first, these bytes, once; a rerun brings them to their end. `intent`
  // says what they do. Throws as send(); Error: "OTHER_CHAIN", "NONCE_USED" and "NONCE_AHEAD" (nothing was sent),
  // "TX_ENDED" for one of which the ledger knows that it had no effect.
  Task<Mined> sendSigned(Intent intent, ReadSigned signedTransaction);
  // Sends one transaction from each of several accounts, all different, whose signers are unlocked: as sendAll() does,
  // in as many requests. Their lanes are entered in the order of their addresses.
  Task<std::vector<Outcome>> sendEach(std::vector<Order> orders);

  // What send() would sign for each intent, from reads alone: it enters no lane, and signs and writes nothing. Throws
  // what concerns all of them.
  Task<Rehearsal> rehearse(std::vector<Intent> intents, Address from, Preflight preflight = {}, U256 spent = {});
  // Sends a transaction and another that builds upon it. The second leaves as soon as a node has taken the first and
  // can try the second on its pool's state, so that one block can hold both; a node that cannot is asked again once the
  // first is mined. Throws what concerns both.
  struct Both {
    Outcome first, second;            // the second's is empty where it was not sent
    std::exception_ptr stopped = {};  // why not, where Preflight::check or the node said so after the first had left
  };
  Task<Both> sendBoth(Intent first, Intent second, Signer& signer, Preflight beforeSecond = {});

  // Brings an open row of this chain to its end, by looking and by broadcasting the same bytes again; `signer`, if
  // given and unlocked, may replace it with higher fees. Returns std::nullopt when another transaction was seen with
  // its nonce (the row is closed as failed, `replaced`). Throws RevertError (closed as failed), "RECEIPT_PENDING",
  // "OTHER_CHAIN" for a row of another chain, which is left alone.
  Task<std::optional<Mined>> settle(ledger::Row row, Signer* signer = nullptr);

  // The open rows of an account on this chain.
  Task<std::vector<ledger::Row>> openRows(Address account);

  // Closes a mined transaction's row with these facts (its `tx_hash` is added).
  Task<void> confirm(const Mined& mined, Json facts);
  Task<void> fail(const Mined& mined, Json facts, std::string reason);

 private:
  // A launch ends with transactions under way, or with the equal one that made them unnecessary.
  struct Launch {
    std::vector<Flight> flights = {};
    std::optional<ledger::Row> equalOpen = {};
    std::optional<ledger::Ended> equalEnded = {};
  };
  struct Ready {
    Intent intent;
    std::size_t index = 0;  // among the intents that were asked for
    Address from = {};
    Transaction transaction = {};
  };

  // outbox_launch.cpp: up to the end of the broadcast.
  Task<Launch> launch(std::span<const Intent> intents, std::span<Outcome> outcomes, Signer& signer,
                      const Preflight& preflight, const Policy& policy);
  Task<Launch> launchAfterAsking(std::vector<Ready> ready, std::span<Outcome> outcomes, Signer& signer,
                                 const Policy& policy, U256 balance, std::uint64_t block);
  Task<Preparation> readAccount(std::span<const Intent> intents, Address from, const Preflight& preflight,
                                std::string state = "latest");
  Task<std::unique_ptr<host::FileLock>> enterUnless(bool later, Address account);
  std::string hashOf(std::span<const Intent> intents, const Address& from) const;
  Task<ledger::Ledger::View> viewFor(std::span<const Intent> intents, Address from);
  std::optional<Launch> findEqual(const ledger::Ledger::View& view, const std::string& intent, const Address& account,
                                  const Policy& policy);
  std::vector<Ready> price(std::span<const Intent> intents, std::span<Outcome> outcomes, const Preparation& account,
                           const Address& from, U256& spent) const;
  Task<void> approve(const Intent& intent, const Transaction& transaction, Address from, U256 balance);
  std::vector<std::uint64_t> freeNonces(const ledger::Ledger::View& view, const Address& account,
                                        std::uint64_t fromNode, std::size_t count) const;
  Task<std::vector<Flight>> depart(std::vector<Ready> ready, std::span<Outcome> outcomes, Signer& signer,
                                   std::vector<std::uint64_t> nonces, std::uint64_t block, bool considered);
  Task<void> sign(std::vector<Ready> ready, Signer& signer, std::vector<std::uint64_t> nonces, std::uint64_t block,
                  std::vector<Flight>& flights);
  Task<void> record(std::span<const Flight> flights);
  Task<std::vector<std::unique_ptr<host::FileLock>>> enterLanes(std::span<const Order> orders);
  Task<void> broadcast(std::span<Flight> flights);
  void noteReply(Flight& flight, const RpcReply& reply, bool repeated);

  // outbox_guard.cpp: what the guard forbids becomes an outcome and is ready no more.
  Task<bool> guardAsks();
  // `signedAs`: the hash by which the ledger knows the transaction already.
  Task<void> consider(std::vector<Ready>& ready, std::span<Outcome> outcomes, std::string signedAs = {});
  Task<std::unique_ptr<host::FileLock>> admit(std::vector<Ready>& ready, std::span<Outcome> outcomes, bool considered,
                                              std::string signedAs = {});
  std::vector<Proposal> proposalsOf(const std::vector<Ready>& ready, const std::string& signedAs) const;
  static void dropRefused(std::vector<Ready>& ready, std::span<Outcome> outcomes,
                          std::vector<std::optional<Error>>& refusals);
  struct Leave {
    bool given = true;
    std::unique_ptr<host::FileLock> held = nullptr;  // until the row is in the ledger
  };
  Task<Leave> leaveToReplace(const Flight& flight, const Transaction& dearer, Address from);

  // outbox_offline.cpp
  Task<std::optional<ledger::Row>> endOf(std::string hash);
  Task<bool> checkSigned(const Intent& intent, const ReadSigned& signedTransaction);
  Task<std::vector<Flight>> departSigned(const Intent& intent, const ReadSigned& signedTransaction);

  // outbox_track.cpp: until all flights, or any of them, have an end or their time is up.
  enum class Until { All, Any };
  Task<void> track(std::span<Flight> flights, Until until = Until::All);
  Task<void> pollReceipts(std::span<Flight> flights);
  struct Sight {
    bool known = false;           // a node has the transaction, in its pool or in a block
    U256 count;                   // of the account's transactions in blocks
    std::optional<U256> baseFee;  // wei a gas unit
  };
  Task<std::optional<Sight>> see(Flight& flight);
  Task<void> look(Flight& flight);
  Task<void> judgeUsedNonce(Flight& flight);
  Task<void> replaceWithHigherFee(Flight& flight, Signer& signer, U256 baseFee);
  Task<void> rebroadcast(Flight& flight);

  // outbox.cpp: what an end comes to.
  Task<Outcome> conclude(Flight flight);
  Task<Outcome> concludeMined(Flight flight);
  Task<Revert> findCause(const Flight& flight);
  Task<void> close(const Flight& flight, std::string reason, Json more);
  Task<Mined> earlierMined(Intent intent, ledger::Ended ended);
  Error pendingError(const Flight& flight) const;

  OutboxTools tools_;
  OutboxSettings settings_;
  std::map<Address, std::uint64_t> nextNonces_;  // of transactions that this outbox sent
  ReceiptPace pace_;
};

}  // namespace peaqos::evm
