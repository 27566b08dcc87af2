// peaqos whoami
// SPDX-License-Identifier: Apache-2.0
#include "app/whoami.hpp"

#include "cli/command.hpp"
#include "cli/layout.hpp"

namespace peaqos::cli {
namespace {

std::string shortened(const evm::Address& address) { return evm::shortAddress(evm::toChecksum(address)); }

std::string render(const app::WhoAmI& me) {
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

Task<void> run(Arguments, app::Caller caller, Output& output) {
  output.result(render(co_await app::whoami(std::move(caller))));
}

constexpr std::string_view kExamples[] = {"peaqos whoami"};

}  // namespace

const Command kWhoami = {
    .path = "whoami",
    .summary = "Show who signs, the network, its URLs and contracts",
    .details = "Reads the configuration and asks the node for its chain ID. Nothing is sent or changed.",
    .arguments = {},
    .options = {},
    .examples = kExamples,
    .run = run};

}  // namespace peaqos::cli
