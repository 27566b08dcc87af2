// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/signing/session.hpp"
#include "app/watch/follow.hpp"
#include "app/watch/trail.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "peaq/did.hpp"

namespace peaqos::app {
namespace {

evm::RpcCall balanceIn(const evm::Address& account, std::uint64_t block) {
  return {"eth_getBalance", Json::array({evm::toChecksum(account), evm::U256(block).toQuantity()})};
}

std::string difference(const evm::U256& before, const evm::U256& after) {
  return before > after ? "-" + (before - after).toDecimal() : (after - before).toDecimal();
}

class BalanceWatch {
 public:
  BalanceWatch(evm::RpcClient& rpc, evm::Address account, std::string currency, Recorder& recorder)
      : rpc_(rpc), account_(account), currency_(std::move(currency)), recorder_(recorder) {}

  // What the cursor holds. Throws Error (Input).
  void restore(std::optional<std::uint64_t> since);
  Task<bool> look();

 private:
  // Whether the node had the block.
  Task<bool> readAt(std::uint64_t block);

  evm::RpcClient& rpc_;
  const evm::Address account_;
  const std::string currency_;
  Recorder& recorder_;
  Trail trail_;
  bool news_ = false;  // of the look under way
};

void BalanceWatch::restore(std::optional<std::uint64_t> since) {
  if (recorder_.state().is_null()) {
    if (since) trail_.beginAt(*since);
    return;
  }
  auto trail = Trail::from(recorder_.state());
  if (!trail) throw inputError("BAD_CURSOR", "the --cursor file holds no balance", "Remove it to begin anew");
  trail_ = std::move(*trail);
}

Task<bool> BalanceWatch::look() {
  const ChainLook chain = co_await lookAtChain(rpc_, trail_);
  news_ = !chain.retracted.empty();
  if (news_) co_await recorder_.record(retractionsOf(chain.retracted), trail_.toJson());
  if (chain.lags) co_return news_;
  if (!trail_.hasBegun()) trail_.beginAt(chain.head.number);
  if (!trail_.tip() && trail_.next() < chain.head.number && !co_await readAt(trail_.next())) co_return news_;
  if (trail_.next() <= chain.head.number) co_await readAt(chain.head.number);
  co_return news_;
}

Task<bool> BalanceWatch::readAt(std::uint64_t block) {
  const Checkpoint* tip = trail_.tip();
  std::vector<evm::RpcCall> calls{evm::headerCall(block), balanceIn(account_, block), evm::headerCall(block)};
  if (tip) calls.push_back(evm::headerCall(tip->block));
  const auto replies = co_await rpc_.read(std::move(calls));
  const auto header = evm::headerFrom(replies[0]), again = evm::headerFrom(replies[2]);
  if (!header || !again || header->hash != again->hash) co_return false;
  if (tip) {
    const auto known = evm::headerFrom(replies[3]);
    if (!known || known->hash != tip->hash) co_return false;
  }
  const std::string what = "the balance of " + evm::toChecksum(account_) + " in block " + std::to_string(block);
  const evm::U256 balance = evm::quantityOf(replies[1], what);
  const auto before = tip ? evm::U256::fromDecimal(tip->value) : std::nullopt;
  Checkpoint checkpoint{.block = block, .hash = header->hash, .value = balance.toDecimal()};
  std::vector<Json> lines;
  if (before != balance) {
    const std::string address = evm::toChecksum(account_);
    checkpoint.lines.push_back(address);
    lines.push_back({{"id", lineId(header->hash, address)},
                     {"type", "balance"},
                     {"block", block},
                     {"block_hash", toHex0x(header->hash)},
                     {"block_time", formatTime(header->timestamp)},
                     {"address", address},
                     {"balance", balance.toDecimal()},
                     {"before", before ? Json(before->toDecimal()) : Json(nullptr)},
                     {"change", before ? Json(difference(*before, balance)) : Json(nullptr)},
                     {"since_block", before ? Json(tip->block) : Json(nullptr)},
                     {"currency", currency_}});
    news_ = true;
  }
  trail_.reach(std::move(checkpoint));
  co_await recorder_.record(std::move(lines), trail_.toJson());
  co_return true;
}

// An address, or the DID of one.
evm::Address accountFrom(const std::string& text, const Caller& caller) {
  const std::string_view bare =
      text.starts_with(peaq::kDidMethod) ? std::string_view(text).substr(peaq::kDidMethod.size()) : text;
  if (const auto account = evm::parseAddress(bare)) return *account;
  throw inputError("BAD_FIELD", caller.argumentName("address") + " is '" + printable(text) + "'",
                   "Give an address, 0x and 40 hexadecimal digits, or the DID of one");
}

}  // namespace

Task<void> watchBalance(WatchBalanceRequest request, LineSink sink, Caller caller) {
  const evm::Address account = accountFrom(request.address, caller);
  const auto session = co_await Session::open(caller);
  evm::RpcClient rpc = session->rpc();
  Json subject{{"address", evm::toChecksum(account)}};
  subject["chain_id"] = evm::uint64Of((co_await rpc.read({evm::chainIdCall()}))[0], "the chain id");
  const auto recorder = co_await Recorder::open(caller, session->configuration, request.options, "balance",
                                                std::move(subject), std::move(sink));
  BalanceWatch watch(rpc, account, std::string(session->configuration.network().currency), *recorder);
  watch.restore(request.since);
  co_await follow(caller, *recorder, chainPace(), Looking<BalanceWatch>{watch});
}

}  // namespace peaqos::app
