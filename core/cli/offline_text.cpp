// SPDX-License-Identifier: Apache-2.0
#include "cli/offline_text.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {
namespace {

std::string text(const Json& value) {
  return value.is_string() ? printable(value.get<std::string>()) : dumpJson(value);
}

std::string coinsOf(const Json& wei) {
  const auto amount = wei.is_string() ? evm::U256::fromDecimal(wei.get<std::string>()) : std::nullopt;
  return amount ? evm::formatUnitsUp(*amount, 18, 6) : text(wei);
}

}  // namespace

std::optional<std::string> unsignedFile(const Arguments& arguments) {
  if (!arguments.has("unsigned")) return std::nullopt;
  for (const char* other : {"plan", "dry-run"}) {
    if (arguments.has(other)) {
      throw inputError("USAGE", "--unsigned and --" + std::string(other) + " exclude each other", "Give one of them");
    }
  }
  return arguments.get("unsigned");
}

void showUnsigned(const Json& written, const Arguments& arguments, Output& output) {
  const std::string& file = written["file"].get_ref<const std::string&>();
  output.done("file '" + printable(file) + "' is written");
  arguments.has("json") ? output.json(written)
                        : output.result("Written to '" + printable(file) + "': neither signed nor sent.\n" +
                                        offlineText(written) + "Sign it: peaqos sign " + shellWord(file) + "\n");
}

std::string offlineText(const Json& transaction) {
  Pairs rows{{"From", text(transaction["from"])},         {"Chain", text(transaction["chainId"])},
             {"Nonce", text(transaction["nonce"])},       {"To", text(transaction["to"])},
             {"Value", coinsOf(transaction["valueWei"])}, {"Fee at most", coinsOf(transaction["feeWei"])},
             {"Calls", text(transaction["function"])}};
  for (const Json& argument : transaction["arguments"]) rows.emplace_back("  " + text(argument[0]), text(argument[1]));
  if (transaction.contains("txHash")) rows.emplace_back("Tx", text(transaction["txHash"]));
  return pairs(rows, 2);
}

Json offlineSchema(bool hash) {
  const Json string{{"type", "string"}};
  const Json integer{{"type", "integer"}};
  std::vector<Member> members{{"file", string},   {"from", string},     {"chainId", integer},
                              {"nonce", integer}, {"to", string},       {"valueWei", string},
                              {"feeWei", string}, {"function", string}, {"arguments", listSchema({{"type", "array"}})}};
  if (hash) {
    members.push_back({"txHash", string});
    members.push_back({"earlier", {{"type", "boolean"}}});
  }
  return objectSchema(members);
}

}  // namespace peaqos::cli
