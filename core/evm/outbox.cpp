// SPDX-License-Identifier: Apache-2.0
#include "evm/outbox.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "base/text.hpp"

namespace peaqos::evm {
namespace {

constexpr int kRounds = 3;  // how often an intent is signed anew because other transactions took its nonce
constexpr char kRunAgain[] = "Run the same command again later: it looks the transaction up and sends nothing twice";

Flight flightOf(ledger::Row row) {
  Flight flight{.step = std::move(row.step), .facts = std::move(row.facts), .row = std::move(*row.transaction)};
  flight.earlier = true;
  return flight;
}

Error replacedError(const Flight& flight) {
  return networkError("TX_REPLACED",
                      "transaction " + flight.row.hash + " had no effect: " + *flight.replacedBy +
                          " of the same account was mined with its nonce",
                      "Check what else sends from this account, then run the command again");
}

// What the transaction has really cost, for whoever adds up what was spent.
void addFee(Json& facts, const Receipt& receipt) {
  if (receipt.fee) facts["fee_wei"] = receipt.fee->toDecimal();
}

}  // namespace

Mined minedOrThrow(Outcome outcome) {
  if (auto* mined = std::get_if<Mined>(&outcome)) return std::move(*mined);
  if (const auto* reverted = std::get_if<RevertError>(&outcome)) throw RevertError(*reverted);
  throw Error(std::get<Error>(outcome));
}

Outbox::Outbox(OutboxTools tools, OutboxSettings settings) : tools_(tools), settings_(std::move(settings)) {}

Task<Mined> Outbox::send(Intent intent, Signer& signer, Preflight preflight, Policy policy) {
  for (int round = 1;; ++round) {
    Outcome outcome;
    Launch launched = co_await launch({&intent, 1}, {&outcome, 1}, signer, preflight, policy);
    if (launched.equalEnded) co_return co_await earlierMined(intent, *launched.equalEnded);
    if (launched.equalOpen) {
      tools_.conversation.progress(
          {.name = "earlier_write",
           .state = "note",
           .facts = {{"step", intent.step}, {"tx_hash", launched.equalOpen->transaction->hash}}});
      if (auto mined = co_await settle(std::move(*launched.equalOpen), &signer)) co_return std::move(*mined);
      continue;
    }
    if (launched.flights.empty()) co_return minedOrThrow(std::move(outcome));
    Flight& flight = launched.flights[0];
    co_await track(launched.flights);
    const bool again = flight.replacedBy && policy.resendReplaced && round < kRounds;
    outcome = co_await conclude(std::move(flight));
    if (!again) co_return minedOrThrow(std::move(outcome));
  }
}

Task<std::vector<Outcome>> Outbox::sendAll(std::vector<Intent> intents, Signer& signer, Preflight preflight) {
  std::vector<Outcome> outcomes(intents.size());
  Launch launched = co_await launch(intents, outcomes, signer, preflight, {});
  if (!launched.flights.empty()) co_await track(launched.flights);
  for (Flight& flight : launched.flights) {
    const std::size_t index = flight.index;
    outcomes[index] = co_await conclude(std::move(flight));
  }
  co_return outcomes;
}

Task<Outbox::Both> Outbox::sendBoth(Intent first, Intent second, Signer& signer, Preflight beforeSecond) {
  Both both;
  Launch launched = co_await launch({&first, 1}, {&both.first, 1}, signer, {}, {});
  if (launched.flights.empty()) co_return both;
  std::vector<Flight> flights = std::move(launched.flights);
  const U256 reserve = second.reserve;
  second.reserve = reserve + feeOf(*flights[0].transaction);
  if (flights[0].accepted) {
    // What the pool's state has against it may be over once the first is mined; that is asked below.
    Outcome early;
    try {
      Launch next = co_await launch({&second, 1}, {&early, 1}, signer, beforeSecond, {.onPool = true});
      std::ranges::move(next.flights, std::back_inserter(flights));
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
      both.stopped = std::current_exception();
    }
  }
  co_await track(flights);
  both.first = co_await conclude(std::move(flights[0]));
  if (flights.size() == 2) both.second = co_await conclude(std::move(flights[1]));
  if (both.stopped || flights.size() == 2 || !std::holds_alternative<Mined>(both.first)) co_return both;
  second.reserve = reserve;
  launched = co_await launch({&second, 1}, {&both.second, 1}, signer, beforeSecond, {});
  if (launched.flights.empty()) co_return both;
  co_await track(launched.flights);
  both.second = co_await conclude(std::move(launched.flights[0]));
  co_return both;
}

Task<std::optional<Mined>> Outbox::settle(ledger::Row row, Signer* signer) {
  std::vector<Flight> flights;
  flights.push_back(flightOf(std::move(row)));
  Flight& flight = flights[0];
  if (flight.row.chainId != settings_.chainId) {
    throw networkError("OTHER_CHAIN",
                       "transaction " + flight.row.hash + " belongs to chain " + std::to_string(flight.row.chainId),
                       "Run the command on that network");
  }
  tools_.sent.note(flight.row.hash, Sent::Maybe);
  co_await tools_.ledger.open();  // before anything is sent on the strength of the row
  if (signer && !signer->locked()) flight.signer = signer;
  co_await track(flights);
  const bool replaced = flight.replacedBy.has_value();
  Outcome outcome = co_await conclude(std::move(flight));
  if (replaced) co_return std::nullopt;
  co_return minedOrThrow(std::move(outcome));
}

Task<std::vector<ledger::Row>> Outbox::openRows(Address account) {
  std::vector<ledger::Row> rows = (co_await tools_.ledger.view()).open;
  std::erase_if(rows, [&](const ledger::Row& row) {
    return row.transaction->chainId != settings_.chainId || parseAddress(row.transaction->account) != account;
  });
  co_return rows;
}

// An equal transaction that another run has just brought to its end: only its receipt is missing here.
Task<Mined> Outbox::earlierMined(Intent intent, ledger::Ended ended) {
  const auto hash = fromHexExactly<32>(ended.hash);
  Flight flight{
      .step = intent.step, .facts = intent.facts, .row = {.hash = ended.hash}, .earlier = true, .accepted = true};
  std::vector<Flight> flights{std::move(flight)};
  if (hash) co_await pollReceipts(flights);
  Receipt receipt = flights[0].receipt.value_or(Receipt{.transaction = hash.value_or(Hash256{}), .succeeded = true});
  Json facts = intent.facts;
  facts["tx_hash"] = ended.hash;
  co_return Mined{
      .receipt = std::move(receipt), .step = intent.step, .facts = std::move(facts), .earlier = true, .recorded = true};
}

Task<Outcome> Outbox::conclude(Flight flight) {
  if (flight.receipt) co_return co_await concludeMined(std::move(flight));
  if (!flight.replacedBy && !flight.rejected) co_return pendingError(flight);
  co_await close(flight, flight.replacedBy ? "replaced" : *flight.refusal,
                 flight.replacedBy ? Json{{"replaced_by", *flight.replacedBy}} : Json{{"rejected", true}});
  tools_.sent.note(flight.row.hash, Sent::Nothing);
  for (const std::string& earlier : flight.row.replaces) tools_.sent.note(earlier, Sent::Nothing);
  if (flight.replacedBy) co_return replacedError(flight);
  if (const auto account = parseAddress(flight.row.account)) nextNonces_.erase(*account);
  co_return networkError("TX_REJECTED", "the node rejected the transaction: " + *flight.refusal,
                         "Run the command again");
}

Task<Outcome> Outbox::concludeMined(Flight flight) {
  const Receipt& receipt = *flight.receipt;
  const std::string hash = toHex0x(receipt.transaction);
  tools_.sent.note(hash, Sent::Yes);
  Json mined{{"tx_hash", hash}, {"block", receipt.block}};
  addFee(mined, receipt);
  tools_.conversation.progress({.name = "transaction", .state = "mined", .facts = std::move(mined)});
  if (receipt.succeeded) {
    Json facts = flight.facts;
    facts["tx_hash"] = hash;
    co_return Mined{.receipt = receipt, .step = flight.step, .facts = std::move(facts), .earlier = flight.earlier};
  }
  Revert cause = co_await findCause(flight);
  flight.row.hash = hash;
  Json more{{"reverted", true}};
  addFee(more, receipt);
  co_await close(flight, "transaction " + hash + " was mined but reverted", std::move(more));
  tools_.sent.settle(hash);
  co_return RevertError(std::move(cause), receipt.transaction);
}

// A receipt does not say why: the same call is made once more on the state of its block.
Task<Revert> Outbox::findCause(const Flight& flight) {
  if (flight.call.is_null()) co_return Revert{};
  const RpcCall again{"eth_call", Json::array({flight.call, U256(flight.receipt->block).toQuantity()})};
  try {
    const auto replies = co_await tools_.rpc.read({again});
    const auto* error = std::get_if<RpcError>(replies.data());
    co_return (error ? revertFrom(*error, settings_.errors) : std::nullopt).value_or(Revert{});
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
  }
  co_return Revert{};
}

Error Outbox::pendingError(const Flight& flight) const {
  Error error = flight.accepted
                    ? networkError("RECEIPT_PENDING",
                                   "transaction " + flight.row.hash + " was submitted but is not yet mined", kRunAgain)
                    : networkError("BROADCAST_UNKNOWN",
                                   "transaction " + flight.row.hash + " may have been sent" +
                                       (flight.lastWords.empty() ? "" : "; " + flight.lastWords),
                                   kRunAgain);
  tools_.sent.stamp(error);
  return error;
}

// The row of a transaction that came to nothing. Its `address` is the machine that a registration was for, or who
// signed.
Task<void> Outbox::close(const Flight& flight, std::string reason, Json more) {
  Json facts = flight.facts;
  if (!facts.contains("address")) facts["address"] = facts.value("machine", flight.row.account);
  facts.erase("machine");
  facts["tx_hash"] = flight.row.hash;
  facts["reason"] = std::move(reason);
  facts.update(more);
  co_await tools_.ledger.close({.step = flight.step, .status = ledger::Status::Failed, .facts = std::move(facts)});
}

Task<void> Outbox::confirm(const Mined& mined, Json facts) {
  facts["tx_hash"] = toHex0x(mined.receipt.transaction);
  addFee(facts, mined.receipt);
  co_await tools_.ledger.close({.step = mined.step, .status = ledger::Status::Confirmed, .facts = std::move(facts)});
  tools_.sent.settle(toHex0x(mined.receipt.transaction));
}

Task<void> Outbox::fail(const Mined& mined, Json facts, std::string reason) {
  facts["tx_hash"] = toHex0x(mined.receipt.transaction);
  addFee(facts, mined.receipt);
  facts["reason"] = std::move(reason);
  co_await tools_.ledger.close({.step = mined.step, .status = ledger::Status::Failed, .facts = std::move(facts)});
  tools_.sent.settle(toHex0x(mined.receipt.transaction));
}

}  // namespace peaqos::evm
