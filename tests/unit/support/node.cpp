// SPDX-License-Identifier: Apache-2.0
#include "support/node.hpp"

#include <algorithm>
#include <utility>

namespace peaqos::test {
namespace {

using evm::Address;
using evm::RpcError;
using evm::RpcReply;
using evm::U256;

RpcError error(int code, std::string message) {
  return {.code = code, .message = std::move(message), .data = std::nullopt};
}

std::string hexOf(const Hash256& hash) { return toHex0x(hash); }
std::string hexOf(const Address& address) { return toHex0x(address.bytes); }
std::string hexOf(std::uint64_t number) { return U256(number).toQuantity(); }

const Json& at(const Json& params, std::size_t index) {
  static const Json null;
  return params.is_array() && index < params.size() ? params[index] : null;
}

std::string textAt(const Json& params, std::size_t index) {
  const Json& value = at(params, index);
  return value.is_string() ? value.get<std::string>() : std::string();
}

Json transactionJson(const RawTransaction& transaction, const Block* block, std::size_t index) {
  const auto& content = transaction.content;
  Json json{{"type", "0x2"},
            {"hash", hexOf(transaction.hash)},
            {"chainId", hexOf(content.chainId)},
            {"from", hexOf(transaction.sender)},
            {"to", hexOf(content.to)},
            {"nonce", hexOf(content.nonce)},
            {"gas", hexOf(content.gasLimit)},
            {"maxFeePerGas", content.maxFeePerGas.toQuantity()},
            {"maxPriorityFeePerGas", content.maxPriorityFeePerGas.toQuantity()},
            {"gasPrice", content.maxFeePerGas.toQuantity()},
            {"value", content.value.toQuantity()},
            {"input", toHex0x(content.data)},
            {"blockHash", nullptr},
            {"blockNumber", nullptr},
            {"transactionIndex", nullptr}};
  if (block) {
    json["blockHash"] = hexOf(block->hash);
    json["blockNumber"] = hexOf(block->number);
    json["transactionIndex"] = hexOf(index);
    json["gasPrice"] = block->transactions[index].price.toQuantity();
  }
  return json;
}

Json blockJson(const Block& block, bool full, std::uint64_t gasLimit) {
  Json transactions = Json::array();
  for (std::size_t i = 0; i < block.transactions.size(); ++i) {
    const RawTransaction& transaction = block.transactions[i].transaction;
    transactions.push_back(full ? transactionJson(transaction, &block, i) : Json(hexOf(transaction.hash)));
  }
  return {{"number", hexOf(block.number)},
          {"hash", hexOf(block.hash)},
          {"parentHash", hexOf(block.parent)},
          {"timestamp", hexOf(static_cast<std::uint64_t>(block.timestamp))},
          {"baseFeePerGas", block.baseFee.toQuantity()},
          {"gasUsed", hexOf(block.gasUsed)},
          {"gasLimit", hexOf(gasLimit)},
          {"transactions", std::move(transactions)}};
}

// `first`: the index of the first of them in its block.
Json logsJson(const Chain::Location& location, std::size_t first = 0) {
  Json logs = Json::array();
  for (const evm::Log& log : location.mined().logs) {
    Json topics = Json::array();
    for (const Hash256& topic : log.topics) topics.push_back(hexOf(topic));
    logs.push_back({{"address", hexOf(log.emitter)},
                    {"topics", std::move(topics)},
                    {"data", toHex0x(log.data)},
                    {"blockNumber", hexOf(location.block->number)},
                    {"blockHash", hexOf(location.block->hash)},
                    {"transactionHash", hexOf(location.mined().transaction.hash)},
                    {"transactionIndex", hexOf(location.index)},
                    {"logIndex", hexOf(first + logs.size())},
                    {"removed", false}});
  }
  return logs;
}

// Whether a log is one that a filter's topics ask for: null is any, a list one of several.
bool hasTopics(const Json& log, const Json& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].is_null()) continue;
    if (i >= log["topics"].size()) return false;
    const Json choices = wanted[i].is_array() ? wanted[i] : Json::array({wanted[i]});
    if (std::ranges::find(choices, log["topics"][i]) == choices.end()) return false;
  }
  return true;
}

// Used gas as a fraction with four digits.
Json ratio(std::uint64_t used, std::uint64_t limit) {
  const std::string digits = std::to_string(10'000 + used * 10'000 / limit);
  return exactNumber((digits[0] == '1' ? "0." : "1.") + digits.substr(1));
}

bool refusesBelowBase(const Backend& backend) {
  return backend.refusesBelowBase.value_or(backend.family == Family::Frontier || backend.family == Family::Anvil ||
                                           backend.family == Family::Besu);
}

}  // namespace

// --- What it sees

const Block& Node::view(Lag more) {
  const Block& head = chain_.head();
  const microseconds age = backend_.lag.time + more.time;
  const std::uint64_t behind = backend_.lag.blocks + more.blocks;
  std::uint64_t number = head.number;
  while (number > 0 && chain_.block(number)->mined > loop_.now() - age) --number;
  return *chain_.block(number - std::min(number, behind));
}

const Block* Node::blockOf(const Json& tag) {
  const Block& head = view();
  if (!tag.is_string()) return &head;
  const std::string& text = tag.get_ref<const std::string&>();
  if (text == "latest" || text == "pending") return &head;
  if (text == "earliest") return chain_.block(0);
  if (text == "finalized" || text == "safe") {
    return chain_.block(head.number - std::min(head.number, chain_.settings().finality));
  }
  const auto number = U256::fromQuantity(text);
  const auto small = number ? number->toUint64() : std::nullopt;
  return small && *small <= head.number ? chain_.block(*small) : nullptr;
}

bool Node::sees(const Pooled& entry) const {
  if (entry.origin < 0 || entry.origin == index_) return true;
  return entry.mineable && backend_.sharesPool && loop_.now() >= entry.arrived + backend_.gossip;
}

// --- What it answers

RpcReply Node::call(const std::string& method, const Json& params) {
  const auto account = [&] { return evm::parseAddress(textAt(params, 0)); };
  if (method == "eth_chainId") return Json(hexOf(backend_.chainId.value_or(chain_.settings().chainId)));
  if (method == "eth_blockNumber") return Json(hexOf(view().number));
  if (method == "eth_gasPrice") return Json((view().baseFee + chain_.settings().suggestedTip).toQuantity());
  if (method == "eth_maxPriorityFeePerGas") return Json(chain_.settings().suggestedTip.toQuantity());
  if (method == "eth_feeHistory") return feeHistory(params);
  if (method == "eth_call") return simulate(params, false);
  if (method == "eth_estimateGas") return simulate(params, true);
  if (method == "eth_sendRawTransaction") return send(params);
  if (method == "eth_getTransactionByHash") return transaction(params);
  if (method == "eth_getTransactionReceipt") return receipt(params);
  if (method == "eth_getLogs") return logs(params);
  if (method == "eth_getBlockByNumber") {
    const std::string tag = textAt(params, 0);
    if (tag == "finalized" && !backend_.finalizedTag.value_or(true)) return error(-32602, "invalid block tag");
    const bool full = at(params, 1) == true;
    return tag == "pending" ? RpcReply(pendingBlock(full)) : blockReply(blockOf(at(params, 0)), full);
  }
  if (method == "eth_getBlockByHash") {
    const auto hash = fromHexExactly<32>(textAt(params, 0));
    const Block* block = hash ? chain_.block(*hash) : nullptr;
    return blockReply(block && block->number <= view().number ? block : nullptr, at(params, 1) == true);
  }
  if (method == "eth_getTransactionCount" || method == "eth_getBalance" || method == "eth_getCode") {
    if (!account()) return error(-32602, "invalid argument 0: not an address");
    if (method == "eth_getTransactionCount") return count(params);
    const Block* block = blockOf(at(params, 1));
    if (!block) return error(-32000, "header not found");
    if (method == "eth_getBalance") return Json(block->account(*account()).balance.toQuantity());
    return Json(chain_.hasCode(*account()) ? "0x60806040" : "0x");
  }
  return error(-32601, "the method " + method + " does not exist/is not available");
}

RpcReply Node::blockReply(const Block* block, bool full) {
  return block ? blockJson(*block, full, chain_.settings().gasLimit) : Json();
}

Json Node::pendingBlock(bool full) {
  Block next = view();
  next.parent = next.hash;
  ++next.number;
  next.baseFee = chain_.settings().baseFee;
  next.gasUsed = 0;
  next.transactions.clear();
  Json json = blockJson(next, full, chain_.settings().gasLimit);
  json["hash"] = nullptr;
  return json;
}

RpcReply Node::count(const Json& params) {
  const Address account = *evm::parseAddress(textAt(params, 0));
  const Block* block = blockOf(at(params, 1));
  if (!block) return error(-32000, "header not found");
  const bool numbered = textAt(params, 1).starts_with("0x");
  std::uint64_t nonce = (numbered ? *block : view(backend_.nonceLag)).account(account).nonce;
  if (textAt(params, 1) == "pending") {
    const Pooled* next = chain_.pooled(account, nonce);
    while (next && sees(*next)) next = chain_.pooled(account, ++nonce);
  }
  return Json(hexOf(nonce));
}

RpcReply Node::simulate(const Json& params, bool estimate) {
  const Json& object = at(params, 0);
  const Block* block = blockOf(at(params, 1));
  if (!block) return error(-32000, "header not found");
  const std::string data = textOrEmpty(object, "data");
  const Call call{.from = evm::parseAddress(textOrEmpty(object, "from")).value_or(Address{}),
                  .to = evm::parseAddress(textOrEmpty(object, "to")).value_or(Address{}),
                  .value = U256::fromQuantity(textOrEmpty(object, "value")).value_or(U256()),
                  .data = fromHex(data.empty() ? textOrEmpty(object, "input") : data).value_or(Bytes())};
  if (call.value > block->account(call.from).balance) return error(-32000, "insufficient funds for transfer");
  const CallResult result = chain_.simulate(call);
  if (result.reverted) {
    const std::string reason =
        result.reason.empty() ? "" : (backend_.family == Family::Frontier ? " " : ": ") + result.reason;
    RpcError refusal = refusalOf(backend_.family, Refusal::Reverted, {{"reason", reason}});
    refusal.data = Json((backend_.family == Family::Nethermind ? "Reverted " : "") + toHex0x(result.output));
    return refusal;
  }
  if (estimate) return Json(hexOf(Chain::intrinsicGas(call.data) + result.gas));
  return Json(toHex0x(result.output));
}

RpcReply Node::send(const Json& params) {
  const auto raw = fromHex(textAt(params, 0));
  auto transaction = raw ? decodeTransaction(*raw) : std::nullopt;
  if (!transaction) return error(-32602, "failed to decode signed transaction");
  const Hash256 hash = transaction->hash;
  const std::uint64_t expected = backend_.chainId.value_or(chain_.settings().chainId);
  if (transaction->content.chainId != expected) {
    return refusalOf(backend_.family, Refusal::WrongChain,
                     {{"gas", std::to_string(transaction->content.chainId)}, {"needed", std::to_string(expected)}});
  }
  // A backend of another chain takes what belongs there, and none of it is mined here.
  if (expected != chain_.settings().chainId) return Json(hexOf(hash));
  const auto refusal =
      chain_.submit(std::move(*transaction), view(), index_, refusesBelowBase(backend_), backend_.passesOn);
  if (refusal) return refusalOf(backend_.family, refusal->first, refusal->second);
  return Json(hexOf(hash));
}

bool Node::blind() {
  if (backend_.blindLookups == 0) return false;
  --backend_.blindLookups;
  return true;
}

std::optional<Chain::Location> Node::locate(const Json& params) {
  const auto hash = fromHexExactly<32>(textAt(params, 0));
  const std::uint64_t newest = view(backend_.lookupLag).number;
  auto found = hash && backend_.keepsIndex ? chain_.find(*hash) : std::nullopt;
  return found && found->block->number <= newest ? found : std::nullopt;
}

RpcReply Node::transaction(const Json& params) {
  if (blind()) return Json();
  if (const auto found = locate(params)) {
    return transactionJson(found->mined().transaction, found->block, found->index);
  }
  const auto hash = fromHexExactly<32>(textAt(params, 0));
  const Pooled* entry = hash ? chain_.pooled(*hash) : nullptr;
  return entry && sees(*entry) ? transactionJson(entry->transaction, nullptr, 0) : Json();
}

RpcReply Node::receipt(const Json& params) {
  if (blind()) return Json();
  const auto found = locate(params);
  if (!found) return Json();
  const Mined& mined = found->mined();
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i <= found->index; ++i) cumulative += found->block->transactions[i].gasUsed;
  return Json{{"type", "0x2"},
              {"transactionHash", hexOf(mined.transaction.hash)},
              {"transactionIndex", hexOf(found->index)},
              {"blockHash", hexOf(found->block->hash)},
              {"blockNumber", hexOf(found->block->number)},
              {"from", hexOf(mined.transaction.sender)},
              {"to", hexOf(mined.transaction.content.to)},
              {"contractAddress", nullptr},
              {"status", mined.succeeded ? "0x1" : "0x0"},
              {"gasUsed", hexOf(mined.gasUsed)},
              {"cumulativeGasUsed", hexOf(cumulative)},
              {"effectiveGasPrice", mined.price.toQuantity()},
              {"logs", logsJson(*found)}};
}

RpcReply Node::logs(const Json& params) {
  const Json& filter = at(params, 0);
  const auto first = U256::fromQuantity(textOrEmpty(filter, "fromBlock"));
  const auto last = U256::fromQuantity(textOrEmpty(filter, "toBlock"));
  const auto emitter = evm::parseAddress(textOrEmpty(filter, "address"));
  if (!first || !last || !emitter) return error(-32602, "invalid argument 0");
  const std::uint64_t from = *first->toUint64(), to = *last->toUint64();
  if (backend_.logRange && to - from >= *backend_.logRange) {
    return error(-32005, "query exceeds max block range " + std::to_string(*backend_.logRange));
  }
  Json found = Json::array();
  for (std::uint64_t number = from; number <= std::min(to, view().number); ++number) {
    const Block& block = *chain_.block(number);
    std::size_t index = 0;
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
      for (Json& log : logsJson({&block, i}, index)) {
        ++index;
        if (log["address"] == hexOf(*emitter) && hasTopics(log, filter["topics"])) found.push_back(std::move(log));
      }
    }
  }
  return found;
}

RpcReply Node::feeHistory(const Json& params) {
  const auto quantity = U256::fromQuantity(textAt(params, 0));
  const auto asked = quantity ? quantity->toUint64() : toUint64(at(params, 0));
  const Block* newest = blockOf(at(params, 1));
  if (!asked || *asked == 0 || !newest) return error(-32602, "invalid argument 0");
  const std::uint64_t blocks = std::min({*asked, std::uint64_t{1024}, newest->number + 1});
  const std::uint64_t oldest = newest->number + 1 - blocks;
  Json fees = Json::array(), ratios = Json::array(), rewards = Json::array();
  for (std::uint64_t number = oldest; number <= newest->number; ++number) {
    const Block& block = *chain_.block(number);
    fees.push_back(block.baseFee.toQuantity());
    ratios.push_back(ratio(block.gasUsed, chain_.settings().gasLimit));
    std::vector<U256> tips;
    for (const Mined& mined : block.transactions) tips.push_back(mined.price - block.baseFee);
    std::ranges::sort(tips);
    Json row = Json::array();
    for (std::size_t i = 0; i < at(params, 2).size(); ++i) {
      const double percentile = std::strtod(numberText(at(params, 2)[i]).c_str(), nullptr);
      const auto index = static_cast<std::size_t>(percentile / 100 * static_cast<double>(tips.size()));
      row.push_back(
          (tips.empty() ? chain_.settings().typicalTip : tips[std::min(index, tips.size() - 1)]).toQuantity());
    }
    rewards.push_back(std::move(row));
  }
  fees.push_back(chain_.settings().baseFee.toQuantity());
  return Json{{"oldestBlock", hexOf(oldest)},
              {"baseFeePerGas", std::move(fees)},
              {"gasUsedRatio", std::move(ratios)},
              {"reward", std::move(rewards)}};
}

}  // namespace peaqos::test
