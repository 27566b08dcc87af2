// Amounts of tokens: from what the API says to units of the token's contract (docs/market.md#amounts).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "evm/u256.hpp"

namespace peaqos::market {

// An amount as plain decimal digits, without an exponent: "1e-05" is "0.00001". Nothing for what is no number.
std::optional<std::string> plainDecimal(const Json& amount);

// The units of an amount that is not negative, half a unit rounded up. Nothing for what is no such number, or too
// large.
std::optional<evm::U256> toUnits(const Json& amount, unsigned decimals);

// All digits of units, without zeros at the end: "1.5".
std::string exactAmount(const evm::U256& units, unsigned decimals);

// What a payment rail's metadata say. Units: above 0, as decimal, 0x, 0o or 0b literal. Throws Error (Network,
// "BAD_PAYMENT") for a value that is none.
std::optional<evm::U256> unitsFrom(const Json& metadata);
// Decimals: nothing where the token's contract must be asked.
std::optional<unsigned> decimalsFrom(const Json& metadata);

// A number as a user writes it ("1", "+.5", "1e3") as a JSON number with the same digits. Throws Error (Input) naming
// `field`.
Json userNumber(std::string_view text, const std::string& field);

constexpr unsigned kMostDecimals = 77;  // 10^77 still fits 256 bits

}  // namespace peaqos::market
