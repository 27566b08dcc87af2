// SPDX-License-Identifier: Apache-2.0
#include "cli/monetize_text.hpp"

#include <utility>

#include "app/monetize/monetize.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/machine_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "evm/u256.hpp"

namespace peaqos::cli {
namespace {

int numberOf(const Arguments& arguments, std::string_view option, int fallback, std::uint64_t most) {
  const auto text = arguments.find(option);
  if (!text) return fallback;
  const auto number = evm::U256::fromDecimal(*text);
  if (number && *number <= evm::U256(most)) return static_cast<int>(*number->toUint64());
  throw inputError("BAD_FIELD", "--" + std::string(option) + " is '" + printable(*text) + "'",
                   "Give a whole number up to " + std::to_string(most));
}

}  // namespace

std::string monetizationText(const Json& status) {
  return pairs({{"Machine", textOf(status, "machine_id")},
                {"Monetisation", textOf(status, "status")},
                {"Signed by", textOf(status, "signer")},
                {"Since", timeOf(status, "updated_at")}},
               2);
}

Json monetizationSchema() {
  const Json text{{"type", "string"}};
  return objectSchema(
      {{"machine_id", text}, {"status", text}, {"signer", orNull(text)}, {"updated_at", Json::object()}});
}

Task<void> runMonetize(bool optIn, Arguments arguments, app::Caller caller, Output& output) {
  const Json status = co_await app::monetize({.machine = arguments.positional(0),
                                              .optIn = optIn,
                                              .retries = numberOf(arguments, kRetriesOption.name, 2, 10),
                                              .retryDelaySeconds = numberOf(arguments, kRetryDelayOption.name, 1, 60),
                                              .consent = consentOf(arguments)},
                                             std::move(caller));
  arguments.has("json") ? output.json(status) : output.result(monetizationText(status));
}

}  // namespace peaqos::cli
