// SPDX-License-Identifier: Apache-2.0
#include "cli/whoami_text.hpp"

#include "cli/layout.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

std::string shortened(const evm::Address& address) { return evm::shortAddress(evm::toChecksum(address)); }

using peaq::Field;
using peaq::FieldType;

using peaq::Absence;

// Those of the first generation, or those of the second.
constexpr Field kContracts[] = {
    {.name = "identityRegistry", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "identityStaking", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "eventRegistry", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "machineNft", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "didRegistry", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "batchPrecompile", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "infoDesk", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "machineRegistry", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "machineSubscription", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "machineStateAndSync", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "crossChainMirror", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "machineBridgeAdapter", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
    {.name = "provisionPool", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
};

constexpr Field kDeployment[] = {
    {.name = "id", .type = FieldType::NonEmptyText},
    {.name = "generation", .type = FieldType::Integer, .least = 1, .most = 2},
    {.name = "date", .type = FieldType::NonEmptyText, .absence = Absence::NullAllowed},
    {.name = "since", .type = FieldType::NonEmptyText},
};

constexpr Field kWhoAmI[] = {
    {.name = "address", .type = FieldType::NonEmptyText},
    {.name = "wallet", .type = FieldType::Text, .absence = Absence::NullAllowed},
    {.name = "network", .type = FieldType::NonEmptyText},
    {.name = "rpcUrl", .type = FieldType::NonEmptyText},
    {.name = "chainId", .type = FieldType::Integer},
    {.name = "mcrUrl", .type = FieldType::NonEmptyText},
    {.name = "contracts", .type = FieldType::Object, .members = kContracts},
    {.name = "deployment", .type = FieldType::Object, .members = kDeployment},
};

}  // namespace

Json whoamiSchema() { return objectSchema(kWhoAmI); }

std::string whoamiText(const app::WhoAmI& me) {
  Pairs contracts;
  for (const peaq::ListedContract& contract : me.contracts) {
    contracts.emplace_back(contract.label, shortened(contract.address));
  }
  const std::string_view date = me.deployment.record.date;
  return colonPairs({{"Address", me.address},
                     {"Network", me.network},
                     {"RPC URL", me.rpcUrl},
                     {"Chain ID", std::to_string(me.chainId)},
                     {"MCR API", me.mcrUrl}},
                    2) +
         "\n  Contracts:\n" + colonPairs(contracts, 4) + "\n  Deployment: " + me.deployment.description() +
         (date.empty() ? "" : ", as listed on " + std::string(date)) + "\n";
}

}  // namespace peaqos::cli
