// peaqos show operator machines
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/machine/machine_queries.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "peaq/did.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"DID", "The operator: did:peaq:0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the list as JSON, machine by machine"},
};

std::string render(const std::string& did, const Json& fleet) {
  const Json& machines = fleet["machines"];
  std::string out = "\n  Operator: " + did + "\n  Machines: " + std::to_string(machines.size()) + "\n\n";
  if (machines.empty()) return out + "    No machines registered for this operator.\n\n";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(machines.size());
  for (const Json& machine : machines) {
    rows.push_back({peaq::shortDid(textOf(machine, "did")), textOf(machine, "machine_id"), textOf(machine, "mcr_score"),
                    textOf(machine, "mcr")});
  }
  return out + table({"peaqID", "Machine ID", "MCR", "Rating"}, rows) + "\n";
}

// The document of --json, written as its machines become known.
class FleetDocument {
 public:
  explicit FleetDocument(Output& output) : output_(output) {}

  void add(const std::string& operatorDid, const Json& machines) {
    std::string text;
    if (!std::exchange(begun_, true)) text = "{\n  \"operator_did\": " + dumpJson(operatorDid) + ",\n  \"machines\": [";
    for (const Json& machine : machines) text += (count_++ == 0 ? "\n    " : ",\n    ") + within(machine, 4);
    if (!text.empty()) output_.result(text);
  }
  void end(const Json& pagination) {
    output_.result((count_ == 0 ? "],\n" : "\n  ],\n") + ("  \"pagination\": " + within(pagination, 2)) + "\n}\n");
  }

 private:
  // Texts of JSON hold no line breaks of their own.
  static std::string within(const Json& value, std::size_t indent) {
    std::string out;
    for (const char c : dumpJson(value, 2)) {
      out += c;
      if (c == '\n') out.append(indent, ' ');
    }
    return out;
  }

  Output& output_;
  bool begun_ = false;
  std::size_t count_ = 0;
};

Task<void> stream(std::string did, app::Caller caller, Output& output) {
  FleetDocument document(output);
  const Json pagination = co_await app::readOperatorMachines(
      std::move(did), std::move(caller),
      [&](const std::string& operatorDid, const Json& machines) { document.add(operatorDid, machines); });
  document.end(pagination);
}

Json schemaOfResult() {
  Json fleet = objectSchema(peaq::fleetFields());
  fleet["properties"]["machines"] =
      listSchema(eitherSchema(objectSchema(peaq::fleetMachineFields(peaq::Generation::First)),
                              objectSchema(peaq::fleetMachineFields(peaq::Generation::Second))));
  fleet["properties"]["pagination"] = objectSchema(peaq::paginationFields());
  return fleet;
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& did = arguments.positional(0);
  if (arguments.has("json")) {
    co_await stream(did, std::move(caller), output);
    co_return;
  }
  output.result(render(did, co_await app::queryOperatorMachines(did, std::move(caller))));
}

constexpr std::string_view kExamples[] = {
    "peaqos show operator machines did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
    "peaqos show operator machines did:peaq:0x9a5F... --json | jq '.machines[] | select(.mcr_score < 50)'"};

}  // namespace

const Command kShowOperatorMachines = {
    .path = "show operator machines",
    .summary = "List the machines of an operator with their ratings",
    .details =
        "Asks the MCR API for every page of the list, several at a time; needs neither a key nor a node. With --json "
        "machines are printed as their pages arrive.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
