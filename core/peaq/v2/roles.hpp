// The contracts of the second generation by their roles (docs/protocol.md#second-generation).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "evm/address.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq::v2 {

struct Roles {
  evm::Address infoDesk, machineRegistry, machineStateAndSync, machineSubscription, crossChainMirror,
      machineBridgeAdapter, provisionPool;
  std::optional<evm::Address> eventRegistry;  // no role of the InfoDesk's, and not on every network
};

// One role: what it is called, and where it stands in a record and among the addresses.
struct Role {
  std::string_view name;      // of the contract, for messages: "MachineRegistry"
  std::string_view member;    // of JSON: "machineRegistry"
  std::string_view peer;      // by which the InfoDesk knows it: "MACHINE_REGISTRY"
  std::string_view variable;  // sets its address on a development chain
  std::string_view RoleRecord::* recorded;
  evm::Address Roles::* address;
};

// The seven roles that every write depends on, the InfoDesk first: it has no peer name.
inline constexpr Role kRoles[] = {
    {"InfoDesk", "infoDesk", {}, "PEAQOS_INFO_DESK_ADDRESS", &RoleRecord::infoDesk, &Roles::infoDesk},
    {"MachineRegistry", "machineRegistry", "MACHINE_REGISTRY", "PEAQOS_MACHINE_REGISTRY_ADDRESS",
     &RoleRecord::machineRegistry, &Roles::machineRegistry},
    {"MachineSubscription", "machineSubscription", "MACHINE_SUBSCRIPTION", "PEAQOS_MACHINE_SUBSCRIPTION_ADDRESS",
     &RoleRecord::machineSubscription, &Roles::machineSubscription},
    {"MachineStateAndSync", "machineStateAndSync", "MACHINE_STATE_AND_SYNC", "PEAQOS_MACHINE_STATE_AND_SYNC_ADDRESS",
     &RoleRecord::machineStateAndSync, &Roles::machineStateAndSync},
    {"CrossChainMirror", "crossChainMirror", "CROSS_CHAIN_MIRROR", "PEAQOS_CROSS_CHAIN_MIRROR_ADDRESS",
     &RoleRecord::crossChainMirror, &Roles::crossChainMirror},
    {"MachineBridgeAdapter", "machineBridgeAdapter", "MACHINE_BRIDGE_ADAPTER", "PEAQOS_MACHINE_BRIDGE_ADAPTER_ADDRESS",
     &RoleRecord::machineBridgeAdapter, &Roles::machineBridgeAdapter},
    {"SubscriptionTokenProvisionPool", "provisionPool", "SUBSCRIPTION_TOKEN_PROVISION_POOL",
     "PEAQOS_PROVISION_POOL_ADDRESS", &RoleRecord::provisionPool, &Roles::provisionPool},
};

// Sets the EventRegistry's address on a development chain.
inline constexpr std::string_view kEventRegistryVariable = "PEAQOS_EVENT_REGISTRY_ADDRESS";

// What the contract at an address is called; empty for one that is none of them.
std::string_view roleName(const Roles& roles, const evm::Address& address);

// The addresses of a record of the second generation.
Roles rolesOf(const RoleRecord& record);

}  // namespace peaqos::peaq::v2
