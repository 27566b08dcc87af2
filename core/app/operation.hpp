// The tables of operations, one an area; operations.cpp joins them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct Operation {
  std::string_view name;
  Task<Json> (*run)(Json request, Caller caller);
};

std::span<const Operation> machineOperations();
std::span<const Operation> recordOperations();
std::span<const Operation> lifecycleOperations();
std::span<const Operation> walletOperations();
std::span<const Operation> marketOperations();
std::span<const Operation> settingsOperations();

}  // namespace peaqos::app
