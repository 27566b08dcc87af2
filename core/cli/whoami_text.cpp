// SPDX-License-Identifier: Apache-2.0
#include "cli/whoami_text.hpp"

#include "cli/layout.hpp"

namespace peaqos::cli {
namespace {

std::string shortened(const evm::Address& address) { return evm::shortAddress(evm::toChecksum(address)); }

}  // namespace

std::string whoamiText(const app::WhoAmI& me) {
  const peaq::Contracts& c = me.contracts;
  return colonPairs({{"Address", me.address},
                     {"Network", me.network},
                     {"RPC URL", me.rpcUrl},
                     {"Chain ID", std::to_string(me.chainId)},
                     {"MCR API", me.mcrUrl}},
                    2) +
         "\n  Contracts:\n" +
         colonPairs({{"IdentityRegistry", shortened(c.identityRegistry)},
                     {"IdentityStaking", shortened(c.identityStaking)},
                     {"EventRegistry", shortened(c.eventRegistry)},
                     {"MachineNFT", shortened(c.machineNft)},
                     {"DID Registry", shortened(c.didRegistry)},
                     {"Batch Precompile", shortened(c.batchPrecompile)}},
                    4);
}

}  // namespace peaqos::cli
