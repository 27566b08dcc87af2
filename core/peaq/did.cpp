// SPDX-License-Identifier: Apache-2.0
#include "peaq/did.hpp"

#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/abi.hpp"
#include "evm/revert.hpp"
#include "peaq/batch.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::uint64_t kNoExpiry = 0;

Bytes changeCalldata(const evm::Address& account, const AttributeWrite& write) {
  const bool add = write.change == AttributeChange::Add;
  return evm::encodeCall(
      add ? "addAttribute(address,bytes,bytes,uint32)" : "updateAttribute(address,bytes,bytes,uint32)",
      {account, write.attribute.name, std::string_view(write.attribute.value), kNoExpiry});
}

}  // namespace

std::string didOf(const evm::Address& account) { return std::string(kDidMethod) + evm::toChecksum(account); }

std::string checkDid(std::string_view text) {
  const std::string shown = "'" + printable(text) + "'";
  if (!text.starts_with(kDidMethod)) {
    throw inputError("INVALID_DID", "a DID must start with did:peaq:, but got " + shown,
                     "Give did:peaq:0x and 40 hexadecimal digits");
  }
  if (!evm::parseAddress(text.substr(kDidMethod.size()))) {
    throw inputError("INVALID_DID", "did:peaq: must be followed by 0x and 40 hexadecimal digits, but got " + shown,
                     "Give did:peaq:0x and 40 hexadecimal digits");
  }
  return std::string(text);
}

std::string shortDid(std::string_view did) {
  if (!did.starts_with(kDidMethod)) return evm::shortAddress(did);
  return std::string(kDidMethod) + evm::shortAddress(did.substr(kDidMethod.size()));
}

evm::RpcCall readAttributeCall(const Contracts& contracts, const evm::Address& account, std::string_view name) {
  return evm::contractCall(contracts.didRegistry, evm::encodeCall("readAttribute(address,bytes)", {account, name}));
}

std::optional<std::string> attributeFrom(const evm::RpcReply& reply, std::string_view name,
                                         const evm::Address& account) {
  const std::string what =
      "the DID attribute " + std::string(name) + " of " + evm::shortAddress(evm::toChecksum(account));
  if (const auto* error = std::get_if<evm::RpcError>(&reply)) {
    if (error->message.find("Cannot find the item") != std::string::npos) return std::nullopt;
    const auto revert = evm::revertFrom(*error, contractErrors());
    if (revert && meansAbsent(*revert)) return std::nullopt;
    throw evm::rpcRefusal(*error, what);
  }
  const Bytes data = evm::dataOf(reply, what);
  if (data.empty()) return std::nullopt;
  // (name, value, validity, created), as one dynamic tuple or as four return values
  const evm::AbiReader outer(data);
  for (const auto& fields : {outer.tuple(0), std::optional(outer)}) {
    const auto readName = fields ? fields->dynamicBytes(0) : std::nullopt;
    const auto value = fields ? fields->dynamicBytes(1) : std::nullopt;
    if (readName && value && asText(*readName) == name) return asText(*value);
  }
  throw networkError("BAD_RPC_ANSWER", what + " came in an unexpected form", "Check DID_REGISTRY_ADDRESS");
}

Bytes writeAttributesCalldata(const Contracts& contracts, const evm::Address& account,
                              std::span<const AttributeWrite> writes) {
  std::vector<Bytes> calls;
  for (const AttributeWrite& write : writes) calls.push_back(changeCalldata(account, write));
  return batchCalldata(kBatchAll, contracts.didRegistry, calls);
}

}  // namespace peaqos::peaq
