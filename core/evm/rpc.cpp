// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc.hpp"

#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/url.hpp"

namespace peaqos::evm {
namespace {

using std::chrono::milliseconds;

// Waits between the attempts of a read that a busy endpoint turned away (chain.md 3.2).
constexpr milliseconds kRetryWaits[] = {milliseconds{125}, milliseconds{250}, milliseconds{500}, milliseconds{1000}};

bool isBusy(int status) { return status == 429 || status >= 500; }

// Statuses with which an endpoint may refuse the array form as such.
bool mayRefuseArrays(int status) { return status == 400 || status == 405 || status == 415 || status == 422; }

Error badValue(const std::string& what) {
  return networkError("BAD_RPC_ANSWER", "the node's answer for " + what + " has an unexpected form",
                      "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

}  // namespace

const Json& valueOf(const RpcReply& reply, const std::string& what) {
  if (const auto* error = std::get_if<RpcError>(&reply)) throw rpcRefusal(*error, what);
  return std::get<Json>(reply);
}

Error rpcRefusal(const RpcError& error, const std::string& what) {
  std::string words = oneLine(error.message);
  if (words.empty()) words = "error " + std::to_string(error.code);
  return networkError("RPC_ERROR", "could not read " + what + ": " + words, "Run the command again in a moment");
}

U256 quantityOf(const RpcReply& reply, const std::string& what) {
  const Json& value = valueOf(reply, what);
  if (value.is_string()) {
    if (const auto quantity = U256::fromQuantity(value.get_ref<const std::string&>())) return *quantity;
  }
  throw badValue(what);
}

std::uint64_t uint64Of(const RpcReply& reply, const std::string& what) {
  if (const auto value = quantityOf(reply, what).toUint64()) return *value;
  throw badValue(what);
}

Bytes dataOf(const RpcReply& reply, const std::string& what) {
  const Json& value = valueOf(reply, what);
  if (value.is_string()) {
    if (auto data = fromHex(value.get_ref<const std::string&>())) return std::move(*data);
  }
  throw badValue(what);
}

std::string RpcClient::endpoint() const { return host::redactUrl(url_); }

Json RpcClient::envelope(const RpcCall& call) {
  return {{"jsonrpc", "2.0"}, {"id", ++lastId_}, {"method", call.method}, {"params", call.params}};
}

Error RpcClient::badAnswer(const std::string& why) const {
  return networkError("BAD_RPC_ANSWER", "the RPC endpoint " + endpoint() + " " + why,
                      "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

RpcReply RpcClient::replyFrom(const Json& answer) const {
  if (const Json* error = findMember(answer, "error"); error && !error->is_null()) {
    const Json* code = findMember(*error, "code");
    const Json* data = findMember(*error, "data");
    return RpcError{.code = code ? toInt64(*code).value_or(0) : 0,
                    .message = textOrEmpty(*error, "message"),
                    .data = data ? std::optional(*data) : std::nullopt};
  }
  if (const Json* result = findMember(answer, "result")) return *result;
  throw badAnswer("sent an answer without result or error");
}

Task<host::Response> RpcClient::post(std::string body, bool replayable) {
  for (std::size_t attempt = 0;; ++attempt) {
    auto response = co_await http_.postJson(url_, body, replayable);
    if (!replayable || !isBusy(response.status) || attempt == std::size(kRetryWaits)) co_return response;
    co_await http_.clock().sleep(kRetryWaits[attempt]);
  }
}

Task<RpcReply> RpcClient::single(const RpcCall& call, bool replayable) {
  const auto response = co_await post(dumpJson(envelope(call)), replayable);
  const auto answer = parseJson(asText(response.body));
  // Some nodes put a JSON-RPC error behind an HTTP error status: the error says more than the status.
  if (answer && (findMember(*answer, "error") || response.status == 200)) co_return replyFrom(*answer);
  if (response.status != 200) throw badAnswer("answered with HTTP status " + std::to_string(response.status));
  throw badAnswer("sent an answer that is not JSON");
}

Task<std::optional<std::vector<RpcReply>>> RpcClient::readBatch(const std::vector<RpcCall>& calls) {
  Json batch = Json::array();
  for (const RpcCall& call : calls) batch.push_back(envelope(call));
  const std::int64_t firstId = lastId_ - static_cast<std::int64_t>(calls.size()) + 1;

  const auto response = co_await post(dumpJson(batch), true);
  if (mayRefuseArrays(response.status)) co_return std::nullopt;
  if (response.status != 200) throw badAnswer("answered with HTTP status " + std::to_string(response.status));
  const auto answers = parseJson(asText(response.body));
  if (!answers) throw badAnswer("sent an answer that is not JSON");
  if (!answers->is_array()) co_return std::nullopt;

  std::vector<std::optional<RpcReply>> found(calls.size());
  for (const Json& answer : *answers) {
    const Json* id = findMember(answer, "id");
    const auto number = id ? toInt64(*id) : std::nullopt;
    if (!number || *number < firstId || *number > lastId_) continue;
    found[static_cast<std::size_t>(*number - firstId)] = replyFrom(answer);
  }
  std::vector<RpcReply> replies;
  for (auto& reply : found) {
    if (!reply) throw badAnswer("left a call of a batch unanswered");
    replies.push_back(std::move(*reply));
  }
  co_return replies;
}

Task<std::vector<RpcReply>> RpcClient::read(std::vector<RpcCall> calls) {
  if (takesArrays_ && calls.size() > 1) {
    if (auto replies = co_await readBatch(calls)) co_return std::move(*replies);
    takesArrays_ = false;
  }
  std::vector<RpcReply> replies;
  replies.reserve(calls.size());
  for (const RpcCall& call : calls) replies.push_back(co_await single(call, true));
  co_return replies;
}

Task<RpcReply> RpcClient::write(RpcCall call) { co_return co_await single(call, false); }

RpcCall chainIdCall() { return {"eth_chainId"}; }

RpcCall balanceCall(const Address& account) { return {"eth_getBalance", {toChecksum(account), "latest"}}; }

RpcCall codeCall(const Address& account) { return {"eth_getCode", {toChecksum(account), "latest"}}; }

RpcCall latestBlockCall() { return {"eth_getBlockByNumber", {"latest", false}}; }

RpcCall contractCall(const Address& to, BytesView calldata) {
  return {"eth_call", Json::array({{{"to", toChecksum(to)}, {"data", toHex0x(calldata)}}, "latest"})};
}

RpcCall receiptCall(const Hash256& transaction) {
  return {"eth_getTransactionReceipt", Json::array({toHex0x(transaction)})};
}

}  // namespace peaqos::evm
