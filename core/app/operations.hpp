// Every user action as an operation for programs: JSON in, JSON out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/task.hpp"
#include "base/task_function.hpp"
#include "host/host.hpp"

namespace peaqos::app {

// Receives one JSON object, {step, steps, name, state, ...facts}, for each thing that happens in a long operation.
// Facts never replace these members: a fact named `step` comes as `fact_step`. What it throws ends the operation.
using ProgressSink = std::function<void(const std::string& json)>;

// Receives one JSON object, {name, text, hidden, ...facts}, for each question of an operation; nothing for no answer.
using AskSink = TaskFunction<Task<std::optional<Secret>>(std::string json)>;

struct Sinks {
  ProgressSink progress;
  AskSink ask;
  bool approves = false;  // the question "approve" is to be asked before each transaction is signed
};

// Runs an operation of one of the tables (operation.hpp) and returns the text of {"ok": true, "value": ...} or
// {"ok": false, "error": {"code", "kind", "message", "hint", "sent", "hashes"}}. Never throws.
Task<std::string> call(std::string operation, std::string requestJson, host::Host& host, Sinks sinks);

}  // namespace peaqos::app
