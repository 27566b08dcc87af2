// Every user action as an operation for programs: JSON in, JSON out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::app {

// Receives one JSON object, {step, steps, name, state, ...facts}, for each thing that happens in a long operation.
using ProgressSink = std::function<void(const std::string& json)>;

// Runs an operation of the table in operations.cpp and returns the text of {"ok": true, "value": ...} or
// {"ok": false, "error": {"kind", "code", "message", "hint"}}. Never throws.
Task<std::string> call(std::string operation, std::string requestJson, host::Host& host, ProgressSink progress);

}  // namespace peaqos::app
