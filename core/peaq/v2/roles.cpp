// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/roles.hpp"

namespace peaqos::peaq::v2 {

std::string_view roleName(const Roles& roles, const evm::Address& address) {
  for (const Role& role : kRoles) {
    if (roles.*role.address == address) return role.name;
  }
  return roles.eventRegistry == address ? "EventRegistry" : std::string_view();
}

Roles rolesOf(const RoleRecord& record) {
  Roles roles;
  for (const Role& role : kRoles) roles.*role.address = evm::parseAddress(record.*role.recorded).value();
  roles.eventRegistry = evm::parseAddress(record.eventRegistry);
  return roles;
}

}  // namespace peaqos::peaq::v2
