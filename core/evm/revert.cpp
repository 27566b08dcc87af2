// SPDX-License-Identifier: Apache-2.0
#include "evm/revert.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/text.hpp"
#include "evm/abi.hpp"
#include "evm/rate_limit.hpp"

namespace peaqos::evm {
namespace {

constexpr std::string_view kErrorString = "08c379a0";  // Error(string), Solidity's revert with a reason
constexpr std::string_view kPanic = "4e487b71";        // Panic(uint256)

std::string_view nameOf(std::string_view signature) { return signature.substr(0, signature.find('(')); }

bool isHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The custom error whose selector stands anywhere in the text behind "0x".
std::string findSelector(std::string_view text, std::span<const std::string_view> errors) {
  std::vector<std::array<std::uint8_t, 4>> selectors;
  for (std::size_t at = text.find("0x"); at != std::string_view::npos; at = text.find("0x", at + 2)) {
    const auto selectorText = fromHexExactly<4>(text.substr(at, 10));
    if (!selectorText) continue;
    if (selectors.empty()) std::ranges::transform(errors, std::back_inserter(selectors), selector);
    const auto found = std::ranges::find(selectors, *selectorText);
    if (found != selectors.end())
      return std::string(nameOf(errors[static_cast<std::size_t>(found - selectors.begin())]));
  }
  return {};
}

// The custom error whose name stands in the text as a whole word.
std::string findName(std::string_view text, std::span<const std::string_view> errors) {
  const auto isWord = [](char c) {
    return isHexDigit(c) || (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c == '_';
  };
  for (const std::string_view signature : errors) {
    const std::string_view name = nameOf(signature);
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end]))) return std::string(name);
    }
  }
  return {};
}

// The text of Error(string) data, or the code of Panic(uint256) data.
std::string reasonFrom(std::string_view data) {
  const auto bytes = fromHex(data);
  if (!bytes || bytes->size() < 4) return {};
  const std::string head = toHex(BytesView(*bytes).first(4));
  const AbiReader arguments(BytesView(*bytes).subspan(4));
  if (head == kErrorString) {
    const auto text = arguments.dynamicBytes(0);
    return text ? asText(*text) : std::string();
  }
  if (head == kPanic) {
    const auto code = arguments.uint256(0);
    return code ? "panic " + code->toQuantity() : std::string();
  }
  return {};
}

// Whether an error's data is what a contract reverted with: "0x" and at least a selector, the same behind "Reverted "
// (OpenEthereum), or either in an object's member "data" (Hardhat).
bool isRevertData(const std::optional<Json>& data) {
  if (!data) return false;
  const Json* inner = data->is_object() ? findMember(*data, "data") : &*data;
  if (!inner || !inner->is_string()) return false;
  const std::string& text = inner->get_ref<const std::string&>();
  if (text.starts_with("Reverted ")) return true;
  return text.starts_with("0x") && fromHex(text).value_or(Bytes()).size() >= 4;
}

}  // namespace

std::optional<Revert> revertFrom(const RpcError& error, std::span<const std::string_view> errors) {
  if (isRateLimit(error)) return std::nullopt;
  const std::string data = error.data && error.data->is_string() ? error.data->get<std::string>()
                           : error.data                          ? dumpJson(*error.data)
                                                                 : "";
  const bool wordsSayRevert = error.code == 3 || lowerCase(error.message).find("revert") != std::string::npos;
  if (!wordsSayRevert && !isRevertData(error.data)) return std::nullopt;

  Revert revert;
  const std::string_view hexData =
      std::string_view(data).substr(data.find("0x") == std::string::npos ? data.size() : data.find("0x"));
  revert.reason = oneLine(reasonFrom(hexData));
  if (revert.reason.empty()) revert.reason = oneLine(error.message.empty() ? "execution reverted" : error.message);
  for (const std::string& text : {data, error.message}) {
    if (revert.name.empty()) revert.name = findSelector(text, errors);
    if (revert.name.empty()) revert.name = findName(text, errors);
  }
  if (revert.name.empty()) revert.name = findName(revert.reason, errors);
  return revert;
}

}  // namespace peaqos::evm
