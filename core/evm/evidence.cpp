// SPDX-License-Identifier: Apache-2.0
#include "evm/evidence.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace peaqos::evm {
namespace {

constexpr std::uint64_t kProbes = 16;          // blocks asked for in one request
constexpr std::uint64_t kScannedBlocks = 256;  // read whole where the endpoint keeps no old state

RpcCall countCall(const Address& account, std::uint64_t block) {
  return {"eth_getTransactionCount", {toChecksum(account), U256(block).toQuantity()}};
}

RpcCall fullBlockCall(std::uint64_t block) {
  return {"eth_getBlockByNumber", Json::array({U256(block).toQuantity(), true})};
}

std::optional<std::uint64_t> quantity(const Json& object, std::string_view field) {
  const auto value = U256::fromQuantity(textOrEmpty(object, field));
  return value ? value->toUint64() : std::nullopt;
}

// The account's transaction with that nonce among those of a block.
std::optional<SeenInBlock> findIn(const RpcReply& reply, const Address& account, std::uint64_t nonce,
                                  std::uint64_t number) {
  const Json* block = std::get_if<Json>(&reply);
  const Json* transactions = block ? findMember(*block, "transactions") : nullptr;
  if (!transactions || !transactions->is_array()) return std::nullopt;
  for (const Json& transaction : *transactions) {
    const auto from = parseAddress(textOrEmpty(transaction, "from"));
    if (from != account || quantity(transaction, "nonce") != nonce) continue;
    const auto hash = fromHexExactly<32>(textOrEmpty(transaction, "hash"));
    if (hash) return SeenInBlock{toHex0x(*hash), number};
  }
  return std::nullopt;
}

class Search {
 public:
  Search(RpcClient& rpc, const Address& account, std::uint64_t nonce) : rpc_(rpc), account_(account), nonce_(nonce) {}

  Task<std::optional<SeenInBlock>> run(std::uint64_t low) {
    const auto head = co_await rpc_.read({{"eth_blockNumber"}});
    const std::uint64_t high = uint64Of(head[0], "the latest block's number");
    if (const auto block = co_await firstWithMore(low, high)) {
      const auto replies = co_await rpc_.read({fullBlockCall(*block)});
      co_return findIn(replies[0], account_, nonce_, *block);
    }
    co_return co_await scan(low, std::min(high, low + kScannedBlocks));
  }

 private:
  // The first block in (low, high] after which the account's count exceeds the nonce.
  Task<std::optional<std::uint64_t>> firstWithMore(std::uint64_t low, std::uint64_t high) {
    while (high > low + 1) {
      const std::uint64_t step = std::max<std::uint64_t>(1, (high - low) / (kProbes + 1));
      std::vector<std::uint64_t> blocks;
      for (std::uint64_t at = low + step; at < high && blocks.size() < kProbes; at += step) blocks.push_back(at);
      std::vector<RpcCall> calls;
      for (const std::uint64_t block : blocks) calls.push_back(countCall(account_, block));
      const auto replies = co_await rpc_.read(std::move(calls));
      std::uint64_t newLow = low;
      std::uint64_t newHigh = high;
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (std::holds_alternative<RpcError>(replies[i])) co_return std::nullopt;
        if (uint64Of(replies[i], "a nonce") > nonce_) {
          newHigh = blocks[i];
          break;
        }
        newLow = blocks[i];
      }
      low = newLow;
      high = newHigh;
    }
    co_return high;
  }

  Task<std::optional<SeenInBlock>> scan(std::uint64_t low, std::uint64_t high) {
    for (std::uint64_t first = low; first <= high; first += kProbes) {
      std::vector<RpcCall> calls;
      const std::uint64_t last = std::min(high, first + kProbes - 1);
      for (std::uint64_t block = first; block <= last; ++block) calls.push_back(fullBlockCall(block));
      const auto replies = co_await rpc_.read(std::move(calls));
      for (std::size_t i = 0; i < replies.size(); ++i) {
        if (auto seen = findIn(replies[i], account_, nonce_, first + i)) co_return seen;
      }
    }
    co_return std::nullopt;
  }

  RpcClient& rpc_;
  Address account_;
  std::uint64_t nonce_;
};

}  // namespace

Task<std::optional<SeenInBlock>> findByNonce(RpcClient& rpc, Address account, std::uint64_t nonce, std::uint64_t from) {
  Search search(rpc, account, nonce);
  try {
    co_return co_await search.run(from);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
  }
  co_return std::nullopt;
}

}  // namespace peaqos::evm
