// SPDX-License-Identifier: Apache-2.0
#include "evm/receipt.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace peaqos::evm {
namespace {

Error badReceipt() {
  return networkError("BAD_RPC_ANSWER", "the node sent a transaction receipt in an unexpected form",
                      "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

const std::string& textMember(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  if (!member || !member->is_string()) throw badReceipt();
  return member->get_ref<const std::string&>();
}

Hash256 hashMember(const std::string& text) {
  const auto hash = fromHexExactly<32>(text);
  if (!hash) throw badReceipt();
  return *hash;
}

std::uint64_t numberMember(const Json& object, std::string_view name) {
  const auto quantity = U256::fromQuantity(textMember(object, name));
  const auto number = quantity ? quantity->toUint64() : std::nullopt;
  if (!number) throw badReceipt();
  return *number;
}

std::optional<U256> quantityIfAny(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string() ? U256::fromQuantity(member->get_ref<const std::string&>()) : std::nullopt;
}

std::optional<std::uint64_t> gasFrom(const Json& object) {
  const auto gas = quantityIfAny(object, "gasUsed");
  return gas ? gas->toUint64() : std::nullopt;
}

std::optional<U256> feeFrom(const Json& object) {
  const auto gas = gasFrom(object);
  const auto price = quantityIfAny(object, "effectiveGasPrice");
  const bool credible = gas && price && price->toMinimalBytes().size() <= 16;  // the product fits
  return credible ? std::optional(U256(*gas) * *price) : std::nullopt;
}

Log logFrom(const Json& object) {
  const auto emitter = parseAddress(textMember(object, "address"));
  auto data = fromHex(textMember(object, "data"));
  const Json* topics = findMember(object, "topics");
  if (!emitter || !data || !topics || !topics->is_array()) throw badReceipt();
  Log log{*emitter, {}, std::move(*data)};
  for (const Json& topic : *topics) {
    if (!topic.is_string()) throw badReceipt();
    log.topics.push_back(hashMember(topic.get_ref<const std::string&>()));
  }
  return log;
}

bool isPending(const Json& receipt) {
  if (!receipt.is_object()) return false;
  return std::ranges::any_of(std::array{"blockNumber", "blockHash"}, [&](std::string_view name) {
    const Json* member = findMember(receipt, name);
    return !member || member->is_null();
  });
}

}  // namespace

std::optional<Receipt> receiptFrom(const RpcReply& reply, const Hash256& asked) {
  const Json& value = valueOf(reply, "a transaction receipt");
  if (value.is_null() || isPending(value)) return std::nullopt;
  Receipt receipt{.transaction = hashMember(textMember(value, "transactionHash")),
                  .succeeded = numberMember(value, "status") == 1,
                  .block = numberMember(value, "blockNumber"),
                  .fee = feeFrom(value),
                  .gasUsed = gasFrom(value),
                  .logs = {}};
  hashMember(textMember(value, "blockHash"));
  const Json* logs = findMember(value, "logs");
  if (!logs || !logs->is_array()) throw badReceipt();
  for (const Json& log : *logs) receipt.logs.push_back(logFrom(log));
  if (receipt.transaction == asked) return receipt;
  throw networkError(
      "BAD_RPC_ANSWER",
      "the node sent the receipt of transaction " + toHex0x(receipt.transaction) + " for " + toHex0x(asked),
      "Check that PEAQOS_RPC_URL is an EVM JSON-RPC endpoint");
}

}  // namespace peaqos::evm
