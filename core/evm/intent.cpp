// SPDX-License-Identifier: Apache-2.0
#include "evm/intent.hpp"

#include <utility>
#include <vector>

#include "crypto/keccak.hpp"
#include "evm/rlp.hpp"

namespace peaqos::evm {

std::string intentHash(const Intent& intent, std::uint64_t chainId, const Address& from) {
  std::vector<Bytes> items{rlpInteger(chainId), rlpBytes(from.bytes), rlpBytes(intent.to.bytes),
                           rlpInteger(intent.value), rlpBytes(intent.data)};
  if (!intent.identity.empty()) items.push_back(rlpBytes(asBytes(intent.identity)));
  return toHex0x(crypto::keccak256(rlpList(items)));
}

RevertError::RevertError(Revert why, std::optional<Hash256> minedAs)
    : Error(networkError(why.name.empty() ? "TX_REVERTED" : why.name, why.reason)),
      revert(std::move(why)),
      transaction(minedAs) {}

}  // namespace peaqos::evm
