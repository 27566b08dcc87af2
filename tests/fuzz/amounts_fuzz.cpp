// Amounts of money as users and the Machine Market write them. The first byte is a number of decimals.
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "evm/units.hpp"
#include "fuzz.hpp"
#include "market/amounts.hpp"

using namespace peaqos;

namespace {

void ofUser(std::string_view text) {
  try {
    const Json number = market::userNumber(text, "amount");
    const auto again = parseJson(dumpJson(number));
    fuzz::require(again && isNumber(*again), "a user's number is a number of JSON");
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_FIELD" && fuzz::isOneLine(error.message), "the error is one line");
  }
}

void ofMarket(const Json& value, unsigned decimals) {
  if (const auto plain = market::plainDecimal(value)) {
    fuzz::require(plain->find_first_not_of("-.0123456789") == std::string::npos, "a plain decimal has digits alone");
    constexpr std::size_t kMostDigits = 200;  // that are read
    const auto again = market::plainDecimal(Json(*plain));
    fuzz::require(again == plain || plain->size() > kMostDigits, "a plain decimal is one already");
  }
  if (const auto units = market::toUnits(value, decimals)) {
    const auto again = market::toUnits(Json(market::exactAmount(*units, decimals)), decimals);
    fuzz::require(again == units, "units are read back from their digits");
  }
  try {
    const auto units = market::unitsFrom(value);
    fuzz::require(!units || *units != evm::U256(), "raw units are above 0");
    const auto places = market::decimalsFrom(value);
    fuzz::require(!places || *places <= market::kMostDecimals, "decimals are within their bound");
  } catch (const Error& error) {
    fuzz::require(error.code == "BAD_PAYMENT" && fuzz::isOneLine(error.message), "the error is one line");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const unsigned decimals = data[0] % (market::kMostDecimals + 1);
  const std::string_view text = fuzz::textOf(data, size).substr(1);
  if (const auto units = evm::parseUnits(text, decimals)) {
    fuzz::require(evm::parseUnits(market::exactAmount(*units, decimals), decimals) == units,
                  "units are read back from their digits");
    fuzz::require(evm::U256::fromDecimal(units->toDecimal()) == units, "decimal digits are read back");
    fuzz::require(evm::U256::fromQuantity(units->toQuantity()) == units, "a quantity is read back");
  }
  ofUser(text);
  ofMarket(Json(std::string(text)), decimals);
  if (const auto value = parseJson(text)) ofMarket(*value, decimals);
  return 0;
}
