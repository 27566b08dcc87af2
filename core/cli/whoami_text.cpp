// SPDX-License-Identifier: Apache-2.0
#include "cli/whoami_text.hpp"

#include "cli/layout.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

std::string shortened(const evm::Address& address) { return evm::shortAddress(evm::toChecksum(address)); }

using peaq::Field;
using peaq::FieldType;

constexpr Field kContracts[] = {
    {.name = "identityRegistry", .type = FieldType::NonEmptyText},
    {.name = "identityStaking", .type = FieldType::NonEmptyText},
    {.name = "eventRegistry", .type = FieldType::NonEmptyText},
    {.name = "machineNft", .type = FieldType::NonEmptyText},
    {.name = "didRegistry", .type = FieldType::NonEmptyText},
    {.name = "batchPrecompile", .type = FieldType::NonEmptyText},
};

constexpr Field kWhoAmI[] = {
    {.name = "address", .type = FieldType::NonEmptyText},
    {.name = "wallet", .type = FieldType::Text, .absence = peaq::Absence::NullAllowed},
    {.name = "network", .type = FieldType::NonEmptyText},
    {.name = "rpcUrl", .type = FieldType::NonEmptyText},
    {.name = "chainId", .type = FieldType::Integer},
    {.name = "mcrUrl", .type = FieldType::NonEmptyText},
    {.name = "contracts", .type = FieldType::Object, .members = kContracts},
};

}  // namespace

Json whoamiSchema() { return objectSchema(kWhoAmI); }

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
