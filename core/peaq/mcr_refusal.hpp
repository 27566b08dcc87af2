// What the MCR API refuses about a machine of generation 2, and why.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"

namespace peaqos::peaq {

// An Error (Network) with what else is known of the refusal.
struct McrRefusal : Error {
  McrRefusal(Error error, Json more) : Error(std::move(error)), context(std::move(more)) {}
  Json
      context;  // {operation, http_status, server_code, home_protocol_chain_id}; the last two null where it is not said
};

// For an answer that is no success. Its code follows from the HTTP status: "INVALID_REQUEST" (400),
// "UNAUTHORIZED" (401, 403), "NOT_FOUND" (404), "MACHINE_HOMED_ELSEWHERE" or "CONFLICT" (409), "SERVICE_UNAVAILABLE"
// (503), "SERVER_ERROR" (other 5xx), "HTTP_ERROR" else. `subject` names what was asked for.
McrRefusal mcrRefusal(int status, const std::optional<Json>& answer, const std::string& operation,
                      const std::string& subject);

// What the server calls its refusal; empty where it does not.
std::string serverCodeOf(const std::optional<Json>& answer);

}  // namespace peaqos::peaq
