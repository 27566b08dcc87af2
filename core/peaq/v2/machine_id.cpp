// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/machine_id.hpp"

#include "crypto/keccak.hpp"
#include "evm/abi.hpp"
#include "peaq/did.hpp"

namespace peaqos::peaq::v2 {
evm::U256 machineIdOf(std::string_view machineType, BytesView credentialSubject) {
  const Bytes identity = evm::encodeArguments({machineType, Bytes(credentialSubject.begin(), credentialSubject.end())});
  return evm::U256::fromBigEndian(crypto::keccak256(identity)).value();
}

std::optional<evm::U256> parseMachineId(std::string_view text) {
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return evm::U256::fromDecimal(text);
}

std::string machineDid(const evm::U256& machineId) { return std::string(kDidMethod) + machineId.toDecimal(); }

std::optional<evm::U256> parseMachineDid(std::string_view did) {
  return did.starts_with(kDidMethod) ? parseMachineId(did.substr(kDidMethod.size())) : std::nullopt;
}

}  // namespace peaqos::peaq::v2
