// Mined transactions of events until they are certain.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/events/event_sender.hpp"
#include "app/events/event_target.hpp"

namespace peaqos::app {

// Looks once: what is deep enough is concluded, what a reorganization dropped is brought back.
Task<void> EventSender::review() {
  if (unsure_.empty()) co_return;
  std::vector<evm::RpcCall> calls{settings_.depth.call()};
  for (const Unsure& each : unsure_) calls.push_back(evm::receiptCall(each.mined.receipt.transaction));
  std::optional<Error> trouble;
  std::vector<evm::RpcReply> replies;
  try {
    replies = co_await tools_.rpc.read(std::move(calls));
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  if (trouble) co_return;  // the next look will tell
  const auto sure = settings_.depth.sureBlock(replies[0]);
  if (patience_) patience_->note(sure);
  std::deque<Unsure> all = std::exchange(unsure_, {});
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto receipt = evm::receiptFrom(replies[i + 1], all[i].mined.receipt.transaction);
    if (!receipt || !receipt->succeeded) {
      co_await bringBack(std::move(all[i]));
    } else if (sure && receipt->block <= *sure) {
      all[i].mined.receipt = std::move(*receipt);
      co_await concludeSure(std::move(all[i].group), std::move(all[i].mined));
    } else {
      unsure_.push_back(std::move(all[i]));
    }
  }
}

// Its row is still open: the same bytes go out again, and lines whose nonce another transaction took wait again.
Task<void> EventSender::bringBack(Unsure dropped) {
  const std::string hash = toHex0x(dropped.mined.receipt.transaction);
  tools_.conversation.progress({.name = "events", .state = "dropped", .facts = {{"tx_hash", hash}}});
  std::optional<ledger::Row> open;
  for (ledger::Row& row : co_await tools_.outbox.openRows(tools_.signer.address())) {
    if (row.transaction->has(hash)) open = std::move(row);
  }
  if (!open) {
    retry(std::move(dropped.group));
    co_return;
  }
  std::optional<evm::RevertError> reverted;
  std::optional<Error> failure;
  try {
    auto mined = co_await tools_.outbox.settle(std::move(*open), &tools_.signer);
    if (mined) {
      unsure_.push_back({.group = std::move(dropped.group), .mined = std::move(*mined)});
    } else {
      retry(std::move(dropped.group));
    }
    co_return;
  } catch (const evm::RevertError& error) {
    reverted = error;
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    failure = error;
  }
  if (reverted)
    co_await sortOut(std::move(dropped.group), eventMeaning(settings_.generation, reverted->revert), hash,
                     std::nullopt);
  if (failure) co_await concludeError(std::move(dropped.group), std::move(*failure));
}

Task<void> EventSender::settleDepth() {
  patience_.emplace(tools_.clock, settings_.patience);
  while (!unsure_.empty()) {
    co_await review();
    if (unsure_.empty()) break;
    if (patience_->isOver()) {
      for (Unsure& each : std::exchange(unsure_, {})) {
        const std::string hash = toHex0x(each.mined.receipt.transaction);
        for (const WaitingLine& line : each.group) {
          tools_.known.add(line.key, {.hash = hash, .block = each.mined.receipt.block, .pending = true});
          report(line, {.status = LineStatus::Pending,
                        .hash = hash,
                        .block = each.mined.receipt.block,
                        .reason = "its block is not deep enough yet"});
        }
      }
      break;
    }
    co_await patience_->wait();
  }
  patience_.reset();
  waitAgain();
  if (tools_.summary.stopped && !waiting_.empty()) stop(Error(*tools_.summary.stopped));
  co_await tools_.results.flush();
}

}  // namespace peaqos::app
