// SPDX-License-Identifier: Apache-2.0
#include "evm/rate_limit.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kNow = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110

bool limits(std::int64_t code, std::string message) {
  return isRateLimit({.code = code, .message = std::move(message), .data = std::nullopt});
}

std::optional<milliseconds> pauseOf(std::vector<host::Header> headers) {
  return retryAfter({.status = 429, .headers = std::move(headers)}, kNow);
}

TEST(RateLimit, IsKnownByItsWordsInAnyLetterCase) {
  for (const std::string words :
       {"rate limit exceeded", "Rate-Limit reached", "RATELIMITED", "request rate exceeded", "Too Many Requests",
        "429 Too Many Requests: over rate limit", "Monthly capacity exceeded", "exceeded its compute units per second",
        "50/second request limit reached", "daily request count exceeded", "quota exceeded", "Request was throttled",
        "credits limited to 6000/sec", "Server is busy, try again later", "Please slow down",
        "Too many connections. Please try again later.", "server overloaded"}) {
    EXPECT_TRUE(limits(-32000, words)) << words;
    EXPECT_TRUE(speaksOfRateLimit(words)) << words;
  }
}

TEST(RateLimit, IsKnownByItsCode) {
  for (const std::int64_t code : {429, -32005, -32007, -32016, -32029}) {
    EXPECT_TRUE(limits(code, ""));
    EXPECT_TRUE(limits(code, "limit exceeded"));
  }
  EXPECT_FALSE(limits(-32000, "limit exceeded"));
  EXPECT_FALSE(limits(0, ""));
}

// Besu, jsonrpsee, Infura and OpenEthereum use these codes for what no waiting mends.
TEST(RateLimit, IsNotEveryErrorWithItsCode) {
  EXPECT_FALSE(limits(-32005, "Number of requests exceeds max batch size"));
  EXPECT_FALSE(limits(-32005, "Transaction gas limit exceeds block gas limit"));
  EXPECT_FALSE(limits(-32005, "Requested range exceeds maximum RPC range limit"));
  EXPECT_FALSE(limits(-32005, "query returned more than 10000 results"));
  EXPECT_FALSE(limits(-32005, "Method not supported"));
  EXPECT_FALSE(limits(-32007, "Sender account not authorized to send transactions"));
  EXPECT_FALSE(limits(-32016, "The execution failed due to an exception."));
}

TEST(RateLimit, IsNeverAContractsOwnWord) {
  EXPECT_FALSE(limits(3, "rate limit exceeded"));
  EXPECT_FALSE(limits(-32603, "VM Exception while processing transaction: revert too many requests"));
}

TEST(RateLimit, NamesTheStatusesThatAskToWait) {
  EXPECT_TRUE(asksToWait(429));
  EXPECT_TRUE(asksToWait(503));
  for (const int status : {200, 400, 404, 500, 502, 504}) EXPECT_FALSE(asksToWait(status));
}

TEST(RetryAfter, IsReadAsSeconds) {
  EXPECT_EQ(pauseOf({{"retry-after", "0"}}), milliseconds(0));
  EXPECT_EQ(pauseOf({{"retry-after", "120"}}), milliseconds(120'000));
  EXPECT_GT(pauseOf({{"retry-after", "99999999999999999999999"}}).value(), std::chrono::hours(24));
}

TEST(RetryAfter, IsReadAsADate) {
  EXPECT_EQ(pauseOf({{"retry-after", "Sun, 06 Nov 1994 08:50:07 GMT"}}), milliseconds(30'000));
  EXPECT_EQ(pauseOf({{"retry-after", "Sun, 06 Nov 1994 08:49:00 GMT"}}), milliseconds(0)) << "already past";
  EXPECT_EQ(pauseOf({{"retry-after", "Thu, 01 Dec 1994 08:49:37 GMT"}}), milliseconds(25LL * 86'400'000));
}

// The server's clock may differ from ours: its own date says what it counts from.
TEST(RetryAfter, CountsFromTheAnswersOwnDate) {
  EXPECT_EQ(pauseOf({{"date", "Mon, 23 Nov 2026 08:47:15 GMT"}, {"retry-after", "Mon, 23 Nov 2026 08:47:20 GMT"}}),
            milliseconds(5'000));
  EXPECT_EQ(pauseOf({{"date", "today"}, {"retry-after", "Sun, 06 Nov 1994 08:49:38 GMT"}}), milliseconds(1'000));
}

TEST(RetryAfter, IsNothingWhenItCannotBeRead) {
  EXPECT_EQ(pauseOf({}), std::nullopt);
  for (const std::string text : {"", "soon", "-1", "1.5", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                                 "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
                                 "Sun, 66 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"}) {
    EXPECT_EQ(pauseOf({{"retry-after", text}}), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace peaqos::evm
