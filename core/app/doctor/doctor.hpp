// doctor: whether everything that commands need is there and works, each finding with its remedy.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

enum class FindingStatus : std::uint8_t { Ok, Warning, Error, Skipped };

// Stable name for JSON: "ok", "warning", "error", "skipped".
const char* name(FindingStatus status);

struct Finding {
  std::string check;  // "rpc", "setting PEAQOS_RPC_URL"
  FindingStatus status = FindingStatus::Ok;
  std::string detail = {};
  std::string remedy = {};                    // what to do; empty when there is nothing to do
  ErrorKind kind = ErrorKind::Configuration;  // of an error
};

// Runs every check. One that fails is a finding: nothing but an interruption is thrown.
Task<std::vector<Finding>> doctor(Caller caller);

// Exit code of the worst finding: 0 unless one is an error.
int exitCode(const std::vector<Finding>& findings);

// {findings: [{check, status, detail, remedy}], exit_code}
Json toJson(const std::vector<Finding>& findings);

}  // namespace peaqos::app
