// SPDX-License-Identifier: Apache-2.0
#include "evm/rate_limit.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "base/time.hpp"

namespace peaqos::evm {
namespace {

using std::chrono::seconds;

// Infura, Alchemy, QuickNode, Ankr, Base, Cloudflare, Moralis, jsonrpsee and others, as their users report them.
constexpr std::string_view kLimitWords[] = {
    "rate limit",         "rate-limit",          "ratelimit",         "rate exceeded",     "too many requests",
    "too many connect",   "capacity exceeded",   "compute units",     "request limit",     "requests per second",
    "request count exce", "requests per minute", "quota exceeded",    "throttl",           "credits limited",
    "server is busy",     "slow down",           "server overloaded", "exceeded the quota"};

constexpr std::int64_t kLimitCodes[] = {429, -32005, -32007, -32016, -32029};

// What the same codes mean elsewhere: besu's and jsonrpsee's batches, besu's gas limit and permissions, limits of
// eth_getLogs, OpenEthereum's failed execution.
constexpr std::string_view kOtherWords[] = {"batch",  "gas limit",  "range",     "results",
                                            "blocks", "authorized", "exception", "not supported"};

bool hasAny(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Unix seconds of "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7); the two obsolete forms are not read.
std::optional<std::int64_t> parseHttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const std::size_t number = month / 3 + 1;
  const auto time = parseTime(std::string(text.substr(12, 4)) + (number < 10 ? "-0" : "-") + std::to_string(number) +
                              "-" + std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z");
  return time.problem == TimeProblem::None ? std::optional(time.seconds) : std::nullopt;
}

}  // namespace

bool speaksOfRateLimit(std::string_view words) { return hasAny(lowerCase(words), kLimitWords); }

bool isRateLimit(const RpcError& error) {
  const std::string words = lowerCase(error.message);
  if (error.code == 3 || words.find("revert") != std::string::npos) return false;
  if (hasAny(words, kLimitWords)) return true;
  return std::ranges::find(kLimitCodes, error.code) != std::end(kLimitCodes) && !hasAny(words, kOtherWords);
}

std::optional<std::chrono::milliseconds> retryAfter(const host::Response& response, std::int64_t now) {
  constexpr std::size_t kMostDigits = 9;
  const auto header = host::findHeader(response.headers, "retry-after");
  if (!header || header->empty()) return std::nullopt;
  if (header->find_first_not_of("0123456789") == std::string::npos) {
    return seconds(header->size() > kMostDigits ? 999'999'999 : std::stol(*header));
  }
  const auto until = parseHttpDate(*header);
  if (!until) return std::nullopt;
  const auto date = host::findHeader(response.headers, "date");
  const std::int64_t from = (date ? parseHttpDate(*date) : std::nullopt).value_or(now);
  return seconds(std::max<std::int64_t>(*until - from, 0));
}

}  // namespace peaqos::evm
