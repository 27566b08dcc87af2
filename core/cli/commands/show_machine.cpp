// peaqos show machine
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/machine_queries.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "evm/u256.hpp"
#include "evm/units.hpp"
#include "peaq/did.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"DID", "The machine: did:peaq: and its address or its ID"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the whole profile as JSON"},
};

std::string textOrNothing(const Json& object, std::string_view member) {
  const std::string text = textOf(object, member);
  return text.empty() ? std::string(kNothing) : text;
}

std::string operatorOf(const Json& profile) {
  const Json& member = profile["operator"];
  if (member.is_null() || member.get_ref<const std::string&>().empty()) return "self-managed";
  return peaq::shortDid(member.get_ref<const std::string&>());
}

// Machines of the second generation have an owner and a controller, and the operator is one of them or nobody.
Pairs identityRows(const Json& profile) {
  Pairs rows{{"Machine ID", textOf(profile, "machine_id")}};
  if (!profile.contains("owner")) {
    rows.emplace_back("Operator", operatorOf(profile));
    return rows;
  }
  const bool designated = !textOrEmpty(profile, "operator").empty();
  rows.emplace_back("Type", textOrNothing(profile, "machine_type"));
  rows.emplace_back("Owner", textOrNothing(profile, "owner"));
  rows.emplace_back("Controller", textOrNothing(profile, "controller"));
  rows.emplace_back("Operator", designated ? operatorOf(profile) : "not designated");
  if (profile.contains("home_chain")) rows.emplace_back("Home Chain", textOf(profile, "home_chain"));
  if (profile.contains("relocating")) rows.emplace_back("Relocating", profile["relocating"].get<bool>() ? "yes" : "no");
  return rows;
}

Pairs ratingRows(const Json& profile) {
  Pairs rows{{"Rating", textOf(profile, "mcr")},
             {"Score", textOf(profile, "mcr_score") + " / 100"},
             {"Bond Status", textOf(profile, "bond_status")}};
  if (profile.contains("rating_unavailable")) rows.emplace_back("Unrated", textOf(profile, "rating_unavailable"));
  return rows;
}

// Cents as dollars; nothing unless the conversion is sound.
std::string dollarsOf(const Json& event) {
  const Json& cents = event["usd_value"];
  if (event["amount_status"] != "ok" || !isInteger(cents)) return std::string(kNothing);
  const auto amount = evm::U256::fromDecimal(numberText(cents));
  return amount ? evm::formatUnits(*amount, 2, 2) : std::string(kNothing);
}

Pairs eventRows(const Json& profile) {
  Pairs rows{{"Total", textOf(profile, "event_count")}};
  const Json* events = findMember(profile, "event_data");
  if (!events || events->empty()) return rows;
  const Json& last = events->back();
  rows.emplace_back("Last Event", timeOf(last, "timestamp"));
  rows.emplace_back("Last Origin Value", textOf(last, "origin_value"));
  if (!last.contains("origin_currency")) return rows;  // an activity event has no amount
  rows.emplace_back("Last Currency", textOf(last, "origin_currency"));
  if (!last["origin_subunit"].is_null()) rows.emplace_back("Last Subunit", textOf(last, "origin_subunit"));
  rows.emplace_back("Last Status", textOf(last, "amount_status"));
  rows.emplace_back("Last USD Value", dollarsOf(last));
  return rows;
}

std::string render(const std::string& did, const Json& machine) {
  const Json& profile = machine["peaqos"];
  Pairs attributes{{"documentation_url", textOrNothing(profile, "documentation_url")}};
  if (profile.contains("data_api")) attributes.emplace_back("data_api", textOf(profile, "data_api"));
  attributes.emplace_back("data_visibility", textOf(profile, "data_visibility"));
  return "\n  Machine: " + did + "\n\n" + colonPairs(identityRows(profile), 4) + "\n    DID Attributes:\n" +
         colonPairs(attributes, 6) + "\n    MCR Snapshot:\n" + colonPairs(ratingRows(profile), 6) +
         "\n    Recent Events:\n" + colonPairs(eventRows(profile), 6) + "\n";
}

Json schemaOfResult() {
  Json machine = objectSchema(peaq::machineProfileFields());
  machine["properties"]["peaqos"] = eitherSchema(objectSchema(peaq::profileFields(peaq::Generation::First)),
                                                 objectSchema(peaq::profileFields(peaq::Generation::Second)));
  return machine;
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& did = arguments.positional(0);
  const Json machine = co_await app::queryMachine(did, std::move(caller));
  output.result(arguments.has("json") ? dumpJson(machine, 2) + "\n" : render(did, machine));
}

constexpr std::string_view kExamples[] = {"peaqos show machine did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5"};

}  // namespace

const Command kShowMachine = {.path = "show machine",
                              .summary = "Show the profile of a machine: DID attributes, rating, events",
                              .details = "Asks the MCR API; needs neither a key nor a node.",
                              .arguments = kArguments,
                              .options = kOptions,
                              .examples = kExamples,
                              .run = run,
                              .result = schemaOfResult,
                              .effect = Effect::Reads};

}  // namespace peaqos::cli
