// SPDX-License-Identifier: Apache-2.0
#include "cli/machine_text.hpp"

#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "evm/u256.hpp"
#include "peaq/v2/bond.hpp"

namespace peaqos::cli {
namespace {

std::string headlineOf(const Json& result) {
  const std::string code = textOf(result, "error_code");
  if (code == "PREVIEW") return "Nothing was signed.";
  return code == "ALREADY_CONFIRMED" ? "Nothing to do: the chain shows this already." : "Done.";
}

}  // namespace

app::Consent consentOf(const Arguments& arguments) {
  if (arguments.has("dry-run")) return app::Consent::PlanOnly;
  return arguments.has("yes") ? app::Consent::Given : app::Consent::Ask;
}

std::string changeText(const Json& result) {
  Pairs rows{{"Action", textOf(result, "action")}, {"Deployment", textOf(result, "deployment_id")}};
  if (result.contains("machine_id")) rows.emplace_back("Machine", textOf(result, "machine_id"));
  if (result.contains("operator")) rows.emplace_back("Operator", textOf(result, "operator"));
  if (result.contains("transaction_hash")) rows.emplace_back("Transaction", textOf(result, "transaction_hash"));
  for (const auto& [label, value] : result["details"].items()) rows.emplace_back(label, value.get<std::string>());
  return headlineOf(result) + "\n\n" + pairs(rows, 2);
}

Json changeSchema() {
  const Json text{{"type", "string"}};
  return objectSchema({{"status", text},
                       {"error_code", text},
                       {"action", text},
                       {"deployment_id", text},
                       {"chain_id", text},
                       {"contract", text},
                       {"method", text},
                       {"machine_id", text, false},
                       {"operator", text, false},
                       {"transaction_hash", text, false},
                       {"phase", text},
                       {"details", {{"type", "object"}}}});
}

Json changeOrFileSchema() { return eitherSchema(changeSchema(), offlineSchema(false)); }

Task<void> runChange(std::string command, std::unique_ptr<app::Wish> wish, Arguments arguments, app::Caller caller,
                     Output& output) {
  if (arguments.has("plan")) {
    showPlan(co_await app::planChange(std::move(wish), std::move(command), std::move(caller)), arguments, output);
    co_return;
  }
  if (auto file = unsignedFile(arguments)) {
    showUnsigned(co_await app::writeUnsignedChange(std::move(wish), std::move(*file), std::move(caller)), arguments,
                 output);
    co_return;
  }
  const Json result = co_await app::changeMachine(std::move(wish), consentOf(arguments), std::move(caller));
  if (const std::string hash = textOrEmpty(result, "transaction_hash"); !hash.empty()) {
    output.done("the change is made, transaction " + hash);
  }
  arguments.has("json") ? output.json(result) : output.result(changeText(result));
}

Task<std::vector<std::string>> machineIdsOf(const Arguments& arguments, host::Terminal& terminal) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < arguments.positionalCount(); ++at) {
    if (arguments.positional(at) != "-") {
      ids.push_back(arguments.positional(at));
      continue;
    }
    while (const auto line = co_await terminal.readLine()) {
      const std::string id(trim(asText(line->expose())));
      if (!id.empty()) ids.push_back(id);
    }
  }
  co_return ids;
}

std::string timeText(const Json& object, std::string_view member) {
  constexpr std::uint64_t kLastYear = 253'402'300'799;
  const auto number = evm::U256::fromDecimal(textOrEmpty(object, member));
  const auto seconds = number ? number->toUint64() : std::nullopt;
  if (!seconds || *seconds == 0) return std::string(kNothing);
  return *seconds > kLastYear ? number->toDecimal() : formatTime(static_cast<std::int64_t>(*seconds));
}

std::string peaqText(const Json& object, std::string_view member) {
  const auto wei = evm::U256::fromDecimal(textOrEmpty(object, member));
  return wei ? peaq::v2::peaqText(*wei) : std::string(kNothing);
}

std::string listText(const Json& list) {
  std::vector<std::string> texts;
  for (const Json& item : list) texts.push_back(item.get<std::string>());
  return texts.empty() ? std::string("none") : join(texts, ", ");
}

std::string yesNo(const Json& object, std::string_view member) {
  const Json* value = findMember(object, member);
  return value && value->is_boolean() && value->get<bool>() ? "yes" : "no";
}

}  // namespace peaqos::cli
