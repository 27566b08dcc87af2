// SPDX-License-Identifier: Apache-2.0
#include "evm/rpc_reply.hpp"

#include <utility>

#include "base/text.hpp"

namespace peaqos::evm {
namespace {

Error badValue(const std::string& what) {
  return networkError("BAD_RPC_ANSWER", "the node's answer for " + what + " has an unexpected form",
                      "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

std::int64_t codeFrom(const Json* code) {
  if (!code) return 0;
  if (const auto number = toInt64(*code)) return *number;
  if (!code->is_string()) return 0;
  const auto parsed = parseJson(code->get_ref<const std::string&>());
  return parsed ? toInt64(*parsed).value_or(0) : 0;
}

}  // namespace

RpcError rpcErrorFrom(const Json& error) {
  if (error.is_string()) return {.code = 0, .message = error.get<std::string>(), .data = std::nullopt};
  const Json* data = findMember(error, "data");
  return {.code = codeFrom(findMember(error, "code")),
          .message = textOrEmpty(error, "message"),
          .data = data ? std::optional(*data) : std::nullopt};
}

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

}  // namespace peaqos::evm
