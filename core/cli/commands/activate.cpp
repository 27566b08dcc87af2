// peaqos activate
// SPDX-License-Identifier: Apache-2.0
#include "app/activate.hpp"

#include "cli/command.hpp"
#include "cli/layout.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kVisibilities[] = {"public", "private", "onchain"};

constexpr Option kOptions[] = {
    {.name = "doc-url",
     .placeholder = "URL",
     .help = "Documentation of the machine, written to its DID",
     .required = true},
    {.name = "data-api",
     .placeholder = "URL",
     .help = "Raw data API of the machine, written to its DID",
     .required = true},
    {.name = "visibility",
     .type = ValueType::Choice,
     .help = "Who may see the machine's data; an existing DID keeps its own without this option",
     .choices = kVisibilities,
     .fallback = "public"},
    {.name = "skip-funding", .type = ValueType::Flag, .help = "Skip steps 1 to 3: balance check, 2FA, Gas Station"},
};

std::string render(const peaq::ActivationResult& result) {
  return "\nMachine activated successfully.\n" + pairs({{"Machine ID", result.machineId.toDecimal()},
                                                        {"Token ID", result.tokenId.toDecimal()},
                                                        {"Machine DID", result.machineDid}},
                                                       2);
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::ActivateRequest request{.docUrl = arguments.get("doc-url"),
                               .dataApi = arguments.get("data-api"),
                               .visibility = arguments.find("visibility"),
                               .skipFunding = arguments.has("skip-funding")};
  output.result(render(co_await app::activate(std::move(request), std::move(caller))));
}

constexpr std::string_view kExamples[] = {
    "peaqos activate --doc-url https://example.com/docs --data-api https://example.com/events"};

}  // namespace

const Command kActivate = {
    .path = "activate",
    .summary = "Register a machine, mint its NFT and write its DID",
    .details =
        "Runs six steps with the configured key. Each step looks at the chain first and does only what is missing, so "
        "running it again is always safe. A registration carries a bond of 1 PEAQ. What was sent is kept in "
        "peaqos.log in the current directory.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run};

}  // namespace peaqos::cli
