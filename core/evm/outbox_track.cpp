// The outbox while transactions are under way.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "evm/evidence.hpp"
#include "evm/lane.hpp"
#include "evm/outbox.hpp"

namespace peaqos::evm {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kNoticeAfter{5};  // then the user is told what is being waited for
constexpr seconds kLookEvery{15};   // beyond its receipts, at a transaction that a node has taken
constexpr seconds kDoubtEvery{1};   // at one that no node is known to have
constexpr seconds kRefusedFor{3};   // a refusal counts once the nonce has stayed free for so long

// A replacement must raise both fees by an eighth: nodes ask for a tenth, some for 12.5 %.
U256 raised(const U256& fee) { return fee + fee.divideBySmall(8).quotient + U256(1); }

std::optional<U256> quantityIn(const RpcReply& reply, std::string_view field) {
  const Json* object = std::get_if<Json>(&reply);
  return object ? U256::fromQuantity(textOrEmpty(*object, field)) : std::nullopt;
}

}  // namespace

Task<void> Outbox::track(std::span<Flight> flights, Until until) {
  host::Clock& clock = tools_.host.clock;
  const microseconds start = clock.monotonic();
  const bool fresh = std::ranges::none_of(flights, [](const Flight& flight) {
    return flight.isOver() || flight.earlier || flight.deadline.has_value() || !flight.accepted;
  });
  for (Flight& flight : flights) {
    if (flight.deadline) continue;
    flight.deadline = start + settings_.receiptTimeout;
    tools_.conversation.progress(
        {.name = "transaction", .state = "submitted", .facts = {{"tx_hash", flight.row.hash}}});
    flight.nextLook = flight.accepted && !flight.earlier ? start + kLookEvery : start;
  }
  // The first look tells nothing where all were sent just now and blocks are known to take a while.
  const milliseconds firstWait = std::min(std::chrono::ceil<milliseconds>(pace_.next({})), settings_.receiptTimeout);
  if (fresh && !pace_.looksAtOnce()) co_await clock.sleep(firstWait);
  for (bool noticed = false;;) {
    co_await pollReceipts(flights);
    for (Flight& flight : flights) {
      if (flight.isOver() || clock.monotonic() < flight.nextLook) continue;
      co_await look(flight);
      flight.nextLook = clock.monotonic() + (flight.accepted ? microseconds(kLookEvery) : microseconds(kDoubtEvery));
    }
    const microseconds now = clock.monotonic();
    microseconds next = microseconds::max();  // deadline
    std::size_t ended = 0;
    for (const Flight& flight : flights) {
      ended += flight.hasEnded(now) ? 1 : 0;
      if (!flight.hasEnded(now)) next = std::min(next, *flight.deadline);
    }
    if (ended == flights.size() || (until == Until::Any && ended > 0)) {
      if (fresh && std::ranges::any_of(flights, [](const Flight& flight) { return flight.receipt.has_value(); })) {
        pace_.learn(now - start);
      }
      co_return;
    }
    if (now - start > kNoticeAfter && !std::exchange(noticed, true)) {
      const auto open = std::ranges::find_if_not(flights, &Flight::isOver);
      tools_.conversation.progress({.name = "transaction", .state = "waiting", .facts = {{"tx_hash", open->row.hash}}});
    }
    co_await clock.sleep(std::chrono::ceil<milliseconds>(std::min(pace_.next(now - start), next - now)));
  }
}

// While a receipt is awaited no single bad answer ends the wait.
Task<void> Outbox::pollReceipts(std::span<Flight> flights) {
  struct Asked {
    Flight* flight;
    Hash256 hash;
  };
  std::vector<Asked> asked;
  std::vector<RpcCall> calls;
  for (Flight& flight : flights) {
    if (flight.isOver()) continue;
    std::vector<std::string> hashes = flight.row.replaces;
    hashes.push_back(flight.row.hash);
    for (const std::string& text : hashes) {
      const auto hash = fromHexExactly<32>(text);
      if (!hash) continue;
      asked.push_back({&flight, *hash});
      calls.push_back(receiptCall(*hash));
    }
  }
  std::optional<Error> trouble;
  try {
    const auto replies = co_await tools_.rpc.read(std::move(calls));
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (auto receipt = receiptFrom(replies[i], asked[i].hash)) asked[i].flight->receipt = std::move(receipt);
    }
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  if (!trouble) co_return;
  for (const Asked& each : asked) each.flight->lastWords = trouble->message;
}

// What a missing receipt cannot tell. Returns std::nullopt if the endpoint cannot say, or serves another chain by now.
Task<std::optional<Outbox::Sight>> Outbox::see(Flight& flight) {
  std::optional<Error> trouble;
  try {
    const auto replies = co_await tools_.rpc.read({chainIdCall(),
                                                   {"eth_getTransactionByHash", Json::array({flight.row.hash})},
                                                   {"eth_getTransactionCount", {flight.row.account, "latest"}},
                                                   latestBlockCall()});
    if (uint64Of(replies[0], "the chain id") != flight.row.chainId) {
      flight.lastWords = "the RPC endpoint serves another chain now";
      co_return std::nullopt;
    }
    const Json* found = std::get_if<Json>(&replies[1]);
    co_return Sight{.known = found && textOrEmpty(*found, "hash") == flight.row.hash,
                    .count = quantityOf(replies[2], "the nonce of " + flight.row.account),
                    .baseFee = quantityIn(replies[3], "baseFeePerGas")};
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  flight.lastWords = trouble->message;
  co_return std::nullopt;
}

// Asks whether a node has the transaction, whether its nonce is still free, whether its fees still reach; and acts on
// it.
Task<void> Outbox::look(Flight& flight) {
  const auto sight = co_await see(flight);
  if (!sight) co_return;
  if (sight->known) {
    flight.accepted = true;
    flight.refusal.reset();
    tools_.sent.note(flight.row.hash, Sent::Yes);
  }
  if (sight->count > U256(flight.row.nonce)) {
    co_await judgeUsedNonce(flight);
  } else if (flight.refusal) {
    flight.rejected = tools_.host.clock.monotonic() - flight.refusedAt >= kRefusedFor;
  } else if (!sight->known) {
    co_await rebroadcast(flight);
  } else if (flight.signer && flight.transaction && sight->baseFee > flight.transaction->maxFeePerGas) {
    co_await replaceWithHigherFee(flight, *flight.signer, *sight->baseFee);
  }
}

// The nonce is used: by this transaction, whose receipt is late, or by another one. Only a block can tell.
Task<void> Outbox::judgeUsedNonce(Flight& flight) {
  const auto account = parseAddress(flight.row.account);
  const auto seen = co_await findByNonce(tools_.rpc, *account, flight.row.nonce, flight.row.block.value_or(0));
  if (!seen) co_return;
  if (flight.row.has(seen->hash)) {
    flight.accepted = true;
    tools_.sent.note(flight.row.hash, Sent::Yes);
  } else {
    flight.replacedBy = seen->hash;
  }
}

Task<void> Outbox::rebroadcast(Flight& flight) {
  try {
    const auto replies = co_await tools_.rpc.send({fromHex(flight.row.raw).value_or(Bytes())});
    tools_.sent.note(flight.row.hash, Sent::Maybe);
    noteReply(flight, replies[0].reply, true);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    flight.lastWords = error.message;
  }
}

// The same intent with the same nonce and fees that reach again; any of its versions may be mined, and only one can be.
Task<void> Outbox::replaceWithHigherFee(Flight& flight, Signer& signer, U256 baseFee) {
  Transaction dearer = *flight.transaction;
  dearer.maxPriorityFeePerGas = raised(dearer.maxPriorityFeePerGas);
  dearer.maxFeePerGas = std::max(raised(dearer.maxFeePerGas), baseFee + baseFee + dearer.maxPriorityFeePerGas);
  Json facts{{"tx_hash", flight.row.hash}, {"fee_wei", feeOf(dearer).toDecimal()}};
  if (feeOf(dearer) > settings_.limits.maxFee) {
    tools_.conversation.progress({.name = "transaction", .state = "overtaken", .facts = std::move(facts)});
    co_return;
  }
  const std::unique_ptr<host::FileLock> lane = co_await enterUnless(false, signer.address());
  const Leave leave = co_await leaveToReplace(flight, dearer, signer.address());
  if (!leave.given) {
    facts["by"] = "policy";
    tools_.conversation.progress({.name = "transaction", .state = "overtaken", .facts = std::move(facts)});
    co_return;
  }
  const SignedTransaction version = co_await signer.sign(dearer);
  ledger::SignedRow row = flight.row;
  row.replaces.push_back(std::exchange(row.hash, toHex0x(version.hash)));
  row.raw = toHex0x(version.raw);
  co_await tools_.ledger.append(
      ledger::Row{.step = flight.step, .status = ledger::Status::Pending, .facts = flight.facts, .transaction = row});
  flight.row = std::move(row);
  flight.transaction = std::move(dearer);
  facts["replacement"] = flight.row.hash;
  tools_.conversation.progress({.name = "transaction", .state = "replaced", .facts = std::move(facts)});
  co_await rebroadcast(flight);
}

}  // namespace peaqos::evm
