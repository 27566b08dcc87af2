// SPDX-License-Identifier: Apache-2.0
#include "cli/market_text.hpp"

#include <cmath>
#include <cstdlib>

#include "base/text.hpp"
#include "cli/mcr_text.hpp"
#include "evm/address.hpp"

namespace peaqos::cli {
namespace {

// Hundredths of a number, rounded from the exact value of its double; ties to even.
std::string twoDecimals(const std::string& digits) {
  constexpr double kExact = 4'503'599'627'370'496;  // 2^52: a double below it still has halves
  const double value = std::strtod(digits.c_str(), nullptr);
  const double product = std::fabs(value) * 100;
  if (!(product < kExact)) return digits;
  const double rest = std::fma(std::fabs(value), 100, -product);  // what the product lost
  double hundredths = std::floor(product);
  const double half = product - hundredths - 0.5;
  if (half > 0 || (half == 0 && (rest > 0 || (rest == 0 && std::fmod(hundredths, 2) == 1)))) hundredths += 1;
  const auto whole = static_cast<std::uint64_t>(hundredths);
  const std::string cents = std::to_string(whole % 100);
  return (value < 0 && whole > 0 ? "-" : "") + std::to_string(whole / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

std::string_view symbolOf(std::string_view currency) {
  if (currency == "USD") return "$";
  if (currency == "EUR") return "€";
  return currency == "GBP" ? std::string_view("£") : std::string_view();
}

}  // namespace

std::string money(const Json& amount, const Json& currency) {
  if (amount.is_null()) return std::string(kNothing);
  const auto number = amount.is_string() ? parseJson(amount.get_ref<const std::string&>()) : std::optional(amount);
  if (!number || !isNumber(*number)) return amount.is_string() ? amount.get<std::string>() : dumpJson(amount);
  const std::string text = twoDecimals(numberText(*number));
  const std::string code = currency.is_string() ? currency.get<std::string>() : std::string();
  const std::string_view symbol = symbolOf(code);
  if (!symbol.empty()) return std::string(symbol) + text;
  return code.empty() ? text : text + " " + code;
}

std::string shortIdentity(const Json& object, std::string_view member) {
  const Json* value = findMember(object, member);
  if (!value || !value->is_string()) return textOf(object, member);
  const std::string& text = value->get_ref<const std::string&>();
  if (text.starts_with("did:peaq:0x") && text.size() > 20) {
    return text.substr(0, 14) + "..." + text.substr(text.size() - 4);
  }
  const bool number = text.starts_with("peaqos:machine:");
  return number ? printable(text) : evm::shortAddress(text);
}

std::string listOf(const Json& object, std::string_view member) {
  std::vector<std::string> texts;
  const Json* items = findMember(object, member);
  if (!items || !items->is_array()) return {};
  for (const Json& item : *items) texts.push_back(item.is_string() ? item.get<std::string>() : dumpJson(item));
  return join(texts, ", ");
}

std::string labelsOf(const Json& labels) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : labels.items()) texts.push_back(name + "=" + textOf(labels, name));
  return join(texts, ", ");
}

std::string serviceOf(const Json& order) {
  const std::string skill = textOf(order, "skill_key");
  return skill == kNothing || trim(skill).empty() ? textOf(order, "service_id") : skill;
}

void addHandoff(Pairs& rows, const Json& handoff) {
  if (!handoff.is_null()) rows.emplace_back("Handoff", textOf(handoff, "label") + " → " + textOf(handoff, "url"));
}

std::string receivedHint(const Json& order) {
  const std::string command = "peaqos scale order received " + shellWord(textOf(order, "id"));
  const std::string status = textOf(order, "status");
  if (status == "delivered") return "\n  Confirm delivery: " + command + "\n";
  if (status == "handoff") return "\nOnce the external service has done its part:\n  " + command + "\n";
  return {};
}

}  // namespace peaqos::cli
