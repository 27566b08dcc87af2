// SPDX-License-Identifier: Apache-2.0
#include "host/redact_url.hpp"

#include <algorithm>

#include "host/url.hpp"

namespace peaqos::host {
namespace {

// What may stand in a path and be shown: versions and names of services, and the words of the APIs that are called
// here.
constexpr std::string_view kWellKnown[] = {"2fa",
                                           "C",
                                           "P",
                                           "X",
                                           "agent-pairings",
                                           "api",
                                           "bc",
                                           "challenges",
                                           "confirm",
                                           "dispute",
                                           "escrow-lock",
                                           "eth",
                                           "evm",
                                           "execute",
                                           "ext",
                                           "faucet",
                                           "fund",
                                           "http",
                                           "machine",
                                           "machine-identity",
                                           "machines",
                                           "mainnet",
                                           "market",
                                           "mcr",
                                           "operator",
                                           "orders",
                                           "payment",
                                           "payment-intent",
                                           "payment-proof",
                                           "peaq",
                                           "public",
                                           "rpc",
                                           "search",
                                           "searches",
                                           "sessions",
                                           "setup",
                                           "testnet",
                                           "v1",
                                           "v2",
                                           "v3"};

bool isDecimal(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isAddress(std::string_view text) {
  return text.size() == 42 && text.starts_with("0x") &&
         text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

// A DID is on the chain, for everyone to read.
bool isDid(std::string_view segment) {
  constexpr std::string_view kPrefix = "did:peaq:";
  if (!segment.starts_with(kPrefix)) return false;
  segment.remove_prefix(kPrefix.size());
  return isAddress(segment) || isDecimal(segment);
}

bool isShown(std::string_view segment) {
  return segment.empty() || isDid(segment) || std::ranges::find(kWellKnown, segment) != std::end(kWellKnown);
}

std::string redactPath(std::string_view path) {
  const std::size_t query = path.find('?');
  std::string_view rest = path.substr(0, query);
  std::string out;
  while (rest.starts_with('/')) {
    const std::string_view segment = rest.substr(1, rest.find('/', 1) - 1);
    out += '/';
    out += isShown(segment) ? segment : "…";
    rest.remove_prefix(1 + segment.size());
  }
  return out + (query == std::string_view::npos ? "" : "?…");
}

}  // namespace

std::string redactUrl(std::string_view text) {
  const auto url = parseUrl(text);
  if (!url) return "…";
  const bool pathGiven = url->path != "/" || text.ends_with('/');
  return originOf(*url) + (pathGiven ? redactPath(url->path) : "");
}

}  // namespace peaqos::host
