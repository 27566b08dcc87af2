// SPDX-License-Identifier: Apache-2.0
#include "market/amounts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::market {
namespace {

constexpr int kMostDigits = 200;

// A number that is not negative: its digits, and where the point stands, counted from their end.
struct Decimal {
  std::string digits;
  int fraction = 0;
};

std::optional<Decimal> readDecimal(std::string_view text) {
  Decimal out;
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  std::string_view mantissa = text.substr(0, exponent);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  out.digits = std::string(mantissa.substr(0, point));
  if (point < mantissa.size()) {
    out.digits += mantissa.substr(point + 1);
    out.fraction = static_cast<int>(mantissa.size() - point - 1);
  }
  if (out.digits.empty() || out.digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  if (exponent < text.size()) {
    std::string_view power = text.substr(exponent + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    int value = 0;
    const auto [end, problem] = std::from_chars(power.data(), power.data() + power.size(), value);
    if (problem != std::errc() || end != power.data() + power.size() || value < -kMostDigits || value > kMostDigits) {
      return std::nullopt;
    }
    out.fraction -= value;
  }
  if (out.digits.size() > kMostDigits) return std::nullopt;
  return out;
}

std::optional<std::string> numberTextOf(const Json& amount) {
  if (isNumber(amount)) return numberText(amount);
  if (!amount.is_string()) return std::nullopt;
  const auto number = parseJson(amount.get_ref<const std::string&>());
  return number && isNumber(*number) ? std::optional(numberText(*number)) : std::nullopt;
}

std::string withoutLeadingZeros(const std::string& digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

// "0x1F", "0o17", "0b11", "1_000": an integer literal above 0, without leading zeros.
std::optional<evm::U256> integerLiteral(std::string_view text) {
  unsigned base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char kind = static_cast<char>(text[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
    text.remove_prefix(2);
  }
  if (base == 0 || text.empty() || text.front() == '_' || text.back() == '_') return std::nullopt;
  if (base == 10 && text.size() > 1 && text.front() == '0') return std::nullopt;
  evm::U256 value;
  for (const char c : text) {
    if (c == '_') continue;
    const char lower = static_cast<char>(c | 0x20);
    const unsigned digit = c >= '0' && c <= '9'           ? static_cast<unsigned>(c - '0')
                           : lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a' + 10)
                                                          : base;
    if (digit >= base) return std::nullopt;
    const evm::U256 next = value * evm::U256(base) + evm::U256(digit);
    if (next.divideBySmall(base).quotient != value) return std::nullopt;  // more than 256 bits
    value = next;
  }
  return value == evm::U256() ? std::nullopt : std::optional(value);
}

Error badPayment(const std::string& what) {
  return networkError("BAD_PAYMENT", "the Machine Market's payment has " + what, "Nothing was paid; try again later");
}

}  // namespace

std::optional<std::string> plainDecimal(const Json& amount) {
  const auto text = numberTextOf(amount);
  const bool negative = text && text->starts_with('-');
  auto decimal = text ? readDecimal(std::string_view(*text).substr(negative ? 1 : 0)) : std::nullopt;
  if (!decimal) return std::nullopt;
  std::string& digits = decimal->digits;
  if (decimal->fraction < 0) digits.append(static_cast<std::size_t>(-decimal->fraction), '0');
  const auto fraction = static_cast<std::size_t>(std::max(decimal->fraction, 0));
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  const std::string whole = withoutLeadingZeros(digits.substr(0, digits.size() - fraction));
  std::string rest = digits.substr(digits.size() - fraction);
  rest.erase(rest.find_last_not_of('0') + 1);
  const bool zero = whole == "0" && rest.empty();  // it has no sign
  return (negative && !zero ? "-" : "") + whole + (rest.empty() ? "" : "." + rest);
}

std::optional<evm::U256> toUnits(const Json& amount, unsigned decimals) {
  const auto plain = plainDecimal(amount);
  if (!plain || plain->starts_with('-') || decimals > kMostDecimals) return std::nullopt;
  const std::size_t point = std::min(plain->find('.'), plain->size());
  const std::string whole = plain->substr(0, point);
  std::string fraction = point < plain->size() ? plain->substr(point + 1) : std::string();
  const bool roundUp = fraction.size() > decimals && fraction[decimals] >= '5';
  fraction.resize(decimals, '0');
  auto units = evm::U256::fromDecimal(withoutLeadingZeros(whole + fraction));
  if (units && roundUp) units = *units + evm::U256(1);
  return units;
}

std::string exactAmount(const evm::U256& units, unsigned decimals) {
  std::string digits = units.toDecimal();
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  std::string fraction = digits.substr(digits.size() - decimals);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return digits.substr(0, digits.size() - decimals) + (fraction.empty() ? "" : "." + fraction);
}

std::optional<evm::U256> unitsFrom(const Json& metadata) {
  const Json* value = findMember(metadata, "rawAmount");
  if (!value) value = findMember(metadata, "raw_amount");
  if (!value || value->is_null()) return std::nullopt;
  const std::string text = value->is_string() ? std::string(trim(value->get_ref<const std::string&>()))
                           : isNumber(*value) ? numberText(*value)
                                              : std::string();
  if (const auto units = integerLiteral(text)) return units;
  throw badPayment("a rawAmount that is no whole number above 0");
}

std::optional<unsigned> decimalsFrom(const Json& metadata) {
  for (const char* name : {"token_decimals", "tokenDecimals", "decimals"}) {
    const Json* value = findMember(metadata, name);
    if (!value) continue;
    if (value->is_null()) return std::nullopt;
    const auto decimals = toUint64(*value);
    if (decimals && *decimals <= kMostDecimals) return static_cast<unsigned>(*decimals);
    throw badPayment(std::string("a ") + name + " that is no number of decimals");
  }
  return std::nullopt;
}

Json userNumber(std::string_view text, const std::string& field) {
  std::string number(trim(text));
  if (number.starts_with('+')) number.erase(0, 1);
  const bool negative = number.starts_with('-');
  if (negative) number.erase(0, 1);
  const auto decimal = readDecimal(number);
  if (!decimal || !std::isfinite(std::strtod(number.c_str(), nullptr))) {
    throw inputError("BAD_FIELD", field + " is '" + printable(text) + "'", "Give a number such as 5 or 0.25");
  }
  // JSON wants digits on both sides of a point, and no zeros in front.
  const std::size_t end = std::min(number.find_first_of("eE"), number.size());
  const std::string mantissa = number.substr(0, end);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::string json = withoutLeadingZeros("0" + mantissa.substr(0, point));
  if (point + 1 < mantissa.size()) json += mantissa.substr(point);
  return exactNumber((negative ? "-" : "") + json + number.substr(end));
}

}  // namespace peaqos::market
