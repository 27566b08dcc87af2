// What a user is told of the Orchestration API's error codes (docs/market.md#refusals).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace peaqos::market {

// The API refused a request. `status` is HTTP's. A refusal is final when the server has certainly not done what it was
// asked for: a 4xx status with a code. Everything else may have happened.
struct Refusal : Error {
  Refusal(Error error, int httpStatus, bool isFinal) : Error(std::move(error)), status(httpStatus), final(isFinal) {}
  int status;
  bool final;
};

// What to do about a code; empty for one that is not known.
std::string adviceFor(std::string_view code);

// The Error for a code, with the server's own words (free of secrets) behind ours where they say more. `details` is
// compact JSON or empty; only a code that needs it shows it.
Error refusal(const std::string& code, const std::string& serverWords, const std::string& details);

}  // namespace peaqos::market
