// The outbox from an intent to the end of its broadcast.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/lane.hpp"
#include "evm/node_errors.hpp"
#include "evm/outbox.hpp"

namespace peaqos::evm {
namespace {

// How long an open row of this folder counts as a nonce that the node may not have heard of yet. Later the node's own
// count is the better guide: what it has not heard of by then was never sent, or is gone.
constexpr std::int64_t kYoungSeconds = 60;

bool isYoung(const ledger::Row& row, host::Clock& clock) {
  const ParsedTime written = parseTime(row.ts);
  return written.problem == TimeProblem::None && clock.now() / 1'000'000 - written.seconds <= kYoungSeconds;
}

bool belongsTo(const ledger::Row& row, std::uint64_t chainId, const Address& account) {
  return row.transaction && row.transaction->chainId == chainId && parseAddress(row.transaction->account) == account;
}

}  // namespace

Task<std::unique_ptr<host::FileLock>> Outbox::enterUnless(bool later, Address account) {
  if (later) co_return nullptr;
  co_return co_await enterLane(tools_.host, tools_.conversation, account, settings_.receiptTimeout);
}

std::string Outbox::hashOf(std::span<const Intent> intents, const Address& from) const {
  return intents.size() == 1 ? intentHash(intents[0], settings_.chainId, from) : std::string();
}

// What the ledger knows. An equal intent that an earlier run left open may have been sent: an error from here on says
// so.
Task<ledger::Ledger::View> Outbox::viewFor(std::span<const Intent> intents, Address from) {
  const std::string hash = hashOf(intents, from);
  ledger::Ledger::View view = co_await tools_.ledger.view(hash);
  for (const ledger::Row& row : view.open) {
    if (!hash.empty() && row.transaction->intent == hash) tools_.sent.note(row.transaction->hash, Sent::Maybe);
  }
  co_return view;
}

// A caller's own reads and the preparation, in one batch. What the check says of the chain counts from here on.
Task<Preparation> Outbox::readAccount(std::span<const Intent> intents, Address from, const Preflight& preflight,
                                      std::string state) {
  std::vector<RpcCall> calls = preflight.calls;
  std::ranges::move(preparationCalls(intents, from, state), std::back_inserter(calls));
  const auto replies = co_await tools_.rpc.read(std::move(calls));
  const auto own = std::span(replies).first(preflight.calls.size());
  const auto prepared = std::span(replies).subspan(own.size());
  if (preflight.check) settings_.chainId = preflight.check(own, latestBlock(prepared));
  co_return readPreparation(prepared, from, settings_.errors);
}

Task<Outbox::Launch> Outbox::launch(std::span<const Intent> intents, std::span<Outcome> outcomes, Signer& signer,
                                    const Preflight& preflight, const Policy& policy) {
  const Address from = signer.address();
  const bool asks = tools_.conversation.approves() || signer.locked() || co_await guardAsks();
  const std::unique_ptr<host::FileLock> lane = co_await enterUnless(asks, from);
  const bool chainKnown = settings_.chainId != 0;
  ledger::Ledger::View view = co_await viewFor(chainKnown ? intents : intents.first(0), from);
  const Preparation account = co_await readAccount(intents, from, preflight, policy.onPool ? "pending" : "latest");

  if (!chainKnown) view = co_await viewFor(intents, from);
  if (auto equal = findEqual(view, hashOf(intents, from), from, policy)) co_return std::move(*equal);
  U256 spent;
  std::vector<Ready> ready = price(intents, outcomes, account, from, spent);
  if (ready.empty()) co_return Launch{};
  if (asks) {
    co_return co_await launchAfterAsking(std::move(ready), outcomes, signer, policy, account.balance,
                                         account.blockNumber);
  }
  std::vector<std::uint64_t> nonces = freeNonces(view, from, account.nonce, ready.size());
  Launch launched{.flights = co_await depart(std::move(ready), outcomes, signer, std::move(nonces), account.blockNumber,
                                             /*considered=*/false)};
  co_await broadcast(launched.flights);
  co_return launched;
}

// A person may think for long: the lane is entered afterwards, and what may have changed meanwhile is read again.
Task<Outbox::Launch> Outbox::launchAfterAsking(std::vector<Ready> ready, std::span<Outcome> outcomes, Signer& signer,
                                               const Policy& policy, U256 balance, std::uint64_t block) {
  const Address from = signer.address();
  co_await consider(ready, outcomes);
  if (ready.empty()) co_return Launch{};
  for (const Ready& each : ready) co_await approve(each.intent, each.transaction, from, balance);
  co_await signer.unlock();
  const std::unique_ptr<host::FileLock> lane = co_await enterUnless(false, from);
  const Intent* only = ready.size() == 1 ? &ready[0].intent : nullptr;
  const std::span<const Intent> intents(only, only ? 1 : 0);
  const ledger::Ledger::View view = co_await viewFor(intents, from);
  if (auto equal = findEqual(view, hashOf(intents, from), from,
                             {.joinEqual = policy.joinEqual, .equalSince = policy.equalSince})) {
    co_return std::move(*equal);
  }
  const auto replies = co_await tools_.rpc.read({pendingNonceCall(from)});
  std::vector<std::uint64_t> nonces =
      freeNonces(view, from, uint64Of(replies[0], "the nonce of " + toChecksum(from)), ready.size());
  Launch launched{
      .flights = co_await depart(std::move(ready), outcomes, signer, std::move(nonces), block, /*considered=*/true)};
  co_await broadcast(launched.flights);
  co_return launched;
}

std::optional<Outbox::Launch> Outbox::findEqual(const ledger::Ledger::View& view, const std::string& intent,
                                                const Address& account, const Policy& policy) {
  if (policy.joinEqual) {
    for (const ledger::Row& row : view.open) {
      if (belongsTo(row, settings_.chainId, account) && row.transaction->intent == intent)
        return Launch{.equalOpen = row};
    }
    if (view.confirmed && view.confirmed->ts >= policy.equalSince) return Launch{.equalEnded = view.confirmed};
  }
  if (view.confirmed && !policy.noticeSince.empty() && view.confirmed->ts >= policy.noticeSince) {
    tools_.conversation.progress({.name = "earlier_write",
                                  .state = "equal",
                                  .facts = {{"tx_hash", view.confirmed->hash}, {"ts", view.confirmed->ts}}});
  }
  return std::nullopt;
}

std::vector<Outbox::Ready> Outbox::price(std::span<const Intent> intents, std::span<Outcome> outcomes,
                                         const Preparation& account, const Address& from, U256& spent) const {
  std::vector<Ready> ready;
  for (std::size_t i = 0; i < intents.size(); ++i) {
    try {
      Transaction transaction = priced(intents[i], account.estimates[i], account, from, settings_.limits, spent);
      spent = spent + transaction.value + feeOf(transaction);
      ready.push_back({intents[i], i, from, std::move(transaction)});
    } catch (const RevertError& error) {
      outcomes[i] = error;
    } catch (const Error& error) {
      outcomes[i] = error;
    }
  }
  return ready;
}

// Whoever wants to see a transaction before it is signed sees it whole.
Task<void> Outbox::approve(const Intent& intent, const Transaction& transaction, Address from, U256 balance) {
  if (!tools_.conversation.approves()) co_return;
  host::Question question{.name = "approve",
                          .text = "Sign and send this transaction?",
                          .facts = {{"step", intent.step},
                                    {"function", intent.function},
                                    {"arguments", intent.arguments},
                                    {"from", toChecksum(from)},
                                    {"to", toChecksum(intent.to)},
                                    {"value_wei", intent.value.toDecimal()},
                                    {"fee_wei", feeOf(transaction).toDecimal()},
                                    {"balance_wei", balance.toDecimal()},
                                    {"currency", settings_.limits.currency},
                                    {"chain_id", settings_.chainId},
                                    {"data", toHex0x(intent.data)}}};
  const auto answer = co_await tools_.conversation.ask(std::move(question));
  if (answer && asText(answer->expose()) == "yes") co_return;
  throw Error{ErrorKind::Interrupted, "NOT_APPROVED", "the transaction was not approved, and not sent", ""};
}

// The lowest nonces that nothing uses, as far as the node, this outbox and the ledger know.
std::vector<std::uint64_t> Outbox::freeNonces(const ledger::Ledger::View& view, const Address& account,
                                              std::uint64_t fromNode, std::size_t count) const {
  std::set<std::uint64_t> used;
  for (const ledger::Row& row : view.open) {
    if (!belongsTo(row, settings_.chainId, account) || !isYoung(row, tools_.host.clock)) continue;
    used.insert(row.transaction->nonce);
  }
  const auto known = nextNonces_.find(account);
  std::uint64_t nonce = known == nextNonces_.end() ? fromNode : std::max(fromNode, known->second);
  std::vector<std::uint64_t> free;
  for (; free.size() < count; ++nonce) {
    if (!used.contains(nonce)) free.push_back(nonce);
  }
  return free;
}

// The rows are on the disk before the first byte leaves.
Task<std::vector<Flight>> Outbox::depart(std::vector<Ready> ready, std::span<Outcome> outcomes, Signer& signer,
                                         std::vector<std::uint64_t> nonces, std::uint64_t block, bool considered) {
  const std::unique_ptr<host::FileLock> counters = co_await admit(ready, outcomes, considered);
  if (ready.empty()) co_return std::vector<Flight>();
  std::vector<Flight> flights;
  co_await sign(std::move(ready), signer, std::move(nonces), block, flights);
  co_await record(flights);
  co_return flights;
}

// `nonces`: at least as many as there are transactions.
Task<void> Outbox::sign(std::vector<Ready> ready, Signer& signer, std::vector<std::uint64_t> nonces,
                        std::uint64_t block, std::vector<Flight>& flights) {
  const Address from = signer.address();
  auto nonce = nonces.begin();
  for (auto& [intent, index, account, transaction] : ready) {
    transaction.chainId = settings_.chainId;
    transaction.nonce = *nonce++;
    const SignedTransaction ready_ = co_await signer.sign(transaction);
    flights.push_back({.index = index,
                       .step = intent.step,
                       .facts = intent.facts,
                       .row = {.chainId = settings_.chainId,
                               .account = toChecksum(from),
                               .nonce = transaction.nonce,
                               .hash = toHex0x(ready_.hash),
                               .raw = toHex0x(ready_.raw),
                               .intent = intentHash(intent, settings_.chainId, from),
                               .replaces = {},
                               .block = block},
                       .transaction = transaction,
                       .call = callObject(intent, from),
                       .signer = &signer});
    nextNonces_[from] = transaction.nonce + 1;
  }
}

Task<void> Outbox::record(std::span<const Flight> flights) {
  std::vector<ledger::Row> rows;
  for (const Flight& flight : flights) {
    rows.push_back(
        {.step = flight.step, .status = ledger::Status::Pending, .facts = flight.facts, .transaction = flight.row});
  }
  co_await tools_.ledger.append(std::move(rows));
}

Task<void> Outbox::broadcast(std::span<Flight> flights) {
  constexpr int kTries = 2;
  if (flights.empty()) co_return;
  std::vector<Bytes> raw;
  for (const Flight& flight : flights) {
    raw.push_back(fromHex(flight.row.raw).value_or(Bytes()));
    tools_.sent.note(flight.row.hash, Sent::Maybe);
  }
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::optional<Error> lost;
    try {
      const auto replies = co_await tools_.rpc.send(raw);
      for (std::size_t i = 0; i < flights.size(); ++i) {
        noteReply(flights[i], replies[i].reply, replies[i].repeated || attempt > 0);
      }
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
      lost = error;
    }
    if (!lost) co_return;
    // The answer was lost, maybe not the transactions: the same bytes once more cannot act twice.
    for (Flight& flight : flights) flight.lastWords = lost->message;
  }
}

void Outbox::noteReply(Flight& flight, const RpcReply& reply, bool repeated) {
  const auto* error = std::get_if<RpcError>(&reply);
  const SendRefusal refusal = error ? sendRefusal(*error) : SendRefusal::AlreadyKnown;
  if (refusal == SendRefusal::AlreadyKnown) {
    flight.accepted = true;
    tools_.sent.note(flight.row.hash, Sent::Yes);
    return;
  }
  flight.lastWords = oneLine(error->message);
  // An error to bytes that had left before says nothing about them: it may well speak of their own success.
  if (repeated || !speaksOfTransaction(refusal)) return;
  flight.refusal = flight.lastWords;
  flight.refusedAt = tools_.host.clock.monotonic();
}

}  // namespace peaqos::evm
