// Secret members of a request.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/caller.hpp"
#include "app/members.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// JSON texts stay in memory and in logs, so a request only says that there is a secret (`"machineKey": true`); its
// bytes are the answer to the hidden question of that name. std::nullopt where the member is absent. Throws Error
// (Input) "BAD_FIELD" for a member that is not true or false, "MISSING_FIELD" when the question is not answered.
Task<std::optional<Secret>> secretMember(Members& members, const char* name, Caller caller);

// The same for one that cannot be left out.
Task<Secret> requiredSecretMember(Members& members, const char* name, Caller caller);

}  // namespace peaqos::app
