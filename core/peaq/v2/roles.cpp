// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/roles.hpp"

namespace peaqos::peaq::v2 {

Roles rolesOf(const RoleRecord& record) {
  Roles roles;
  for (const Role& role : kRoles) roles.*role.address = evm::parseAddress(record.*role.recorded).value();
  roles.eventRegistry = evm::parseAddress(record.eventRegistry);
  return roles;
}

}  // namespace peaqos::peaq::v2
