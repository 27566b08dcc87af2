// SPDX-License-Identifier: Apache-2.0
#include "evm/message.hpp"

#include <string>

#include "crypto/keccak.hpp"

namespace peaqos::evm {

Hash256 personalMessageHash(std::string_view message) {
  crypto::Keccak256 sponge;
  const std::string prefix =
      "\x19"
      "Ethereum Signed Message:\n" +
      std::to_string(message.size());
  sponge.update(asBytes(prefix));
  sponge.update(asBytes(message));
  return sponge.finish();
}

}  // namespace peaqos::evm
