// Telling that an endpoint limits how often it is asked, and for how long.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "evm/rpc_reply.hpp"
#include "host/transport.hpp"

namespace peaqos::evm {

// An endpoint that limits its requests; `after`: for how long it wants to be left alone, 0 where it does not say.
struct RateLimitError : Error {
  RateLimitError(Error error, std::chrono::milliseconds pause) : Error(std::move(error)), after(pause) {}
  std::chrono::milliseconds after;
};

// HTTP statuses that ask the client to come back later: 429 Too Many Requests (RFC 6585), 503 Service Unavailable.
constexpr bool asksToWait(int status) { return status == 429 || status == 503; }

// Whether words such as "rate limit exceeded" or "too many requests" say so, in any letter case.
bool speaksOfRateLimit(std::string_view words);

// Whether an error in a body is a rate limit: by its words, or by a code that providers use for it (429, -32005,
// -32007, -32016, -32029). Nodes use the same codes for other things ("Number of requests exceeds max batch size",
// "Transaction gas limit exceeds block gas limit"), so a code counts only when the words do not speak of those. A
// revert never counts, whatever its reason says.
bool isRateLimit(const RpcError& error);

// The pause that a Retry-After header asks for (RFC 9110, 10.2.3): seconds, or an HTTP date, counted from the answer's
// own Date header where there is one and else from `now` (Unix seconds). At least 0. Returns std::nullopt if there is
// no such header or it cannot be read.
std::optional<std::chrono::milliseconds> retryAfter(const host::Response& response, std::int64_t now);

}  // namespace peaqos::evm
