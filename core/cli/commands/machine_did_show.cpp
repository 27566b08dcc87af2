// peaqos machine did show
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/machine_status.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/machine_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the document as JSON"},
};

std::string render(const Json& document) {
  std::string out = pairs({{"DID", textOf(document, "id")},
                           {"Controller", textOf(document, "controller")},
                           {"Authentication", listText(document["authentication"])}},
                          0);
  std::size_t index = 0;
  for (const Json& method : document["verification_methods"]) {
    out += "\nVerification method " + std::to_string(index++) + "\n" +
           pairs({{"ID", textOf(method, "id")},
                  {"Type", textOf(method, "method_type")},
                  {"Controller", textOf(method, "controller")},
                  {"Key", textOf(method, "public_key_multibase")}},
                 2);
  }
  for (const Json& endpoint : document["service_endpoints"]) {
    out += "\nService endpoint\n" + pairs({{"ID", textOf(endpoint, "id")},
                                           {"Type", textOf(endpoint, "service_type")},
                                           {"Endpoint", textOf(endpoint, "service_endpoint")}},
                                          2);
  }
  return out;
}

Json schemaOfResult() {
  const Json text{{"type", "string"}}, list{{"type", "array"}};
  return objectSchema({{"id", text},
                       {"controller", text},
                       {"verification_methods", list},
                       {"authentication", list},
                       {"service_endpoints", list}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json machine = co_await app::machineStatus(arguments.positional(0), std::move(caller));
  const Json& document = machine["did_document"];
  arguments.has("json") ? output.json(document) : output.result(render(document));
}

constexpr std::string_view kExamples[] = {
    "peaqos machine did show 6797059852626571897596538631639987226658599017392690144141920250617808126524"};

}  // namespace

const Command kMachineDidShow = {.path = "machine did show",
                                 .summary = "Show the DID document of a machine, as the chain has it",
                                 .details = "Needs a node and no key.",
                                 .arguments = kArguments,
                                 .options = kOptions,
                                 .examples = kExamples,
                                 .run = run,
                                 .result = schemaOfResult,
                                 .effect = Effect::Reads};

}  // namespace peaqos::cli
