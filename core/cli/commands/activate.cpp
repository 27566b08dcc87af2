// peaqos activate
// SPDX-License-Identifier: Apache-2.0
#include "app/activate.hpp"

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "host/file_error.hpp"
#include "peaq/did.hpp"

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
    {.name = "for", .placeholder = "ADDRESS", .help = "Activate this machine as its operator; needs --machine-key"},
    {.name = "machine-key",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the private key of the machine, 64 hexadecimal digits with or without 0x; it writes the "
             "machine's DID"},
    {.name = "skip-funding", .type = ValueType::Flag, .help = "Skip steps 1 to 3: balance check, 2FA, Gas Station"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the machine's IDs as JSON"},
    kMaxFeeOption,
};

std::string render(const peaq::ActivationResult& result) {
  Pairs rows{{"Machine ID", result.machineId.toDecimal()},
             {"Token ID", result.tokenId.toDecimal()},
             {"Machine DID", peaq::didOf(result.machine)}};
  if (!result.proxyOperator) return "\nMachine activated successfully.\n" + pairs(rows, 2);
  rows.insert(rows.begin(), {"Machine Address", evm::toChecksum(result.machine)});
  rows.emplace_back("Operator DID", peaq::didOf(*result.proxyOperator));
  return "\nMachine activated successfully (proxy-managed).\n" + pairs(rows, 2);
}

constexpr std::size_t kLargestKeyFile = 4096;

// The key's text without the blanks and line ends around it.
Task<std::optional<Secret>> readKey(std::optional<std::string> path, host::Files& files) {
  if (!path) co_return std::nullopt;
  try {
    const Secret content(co_await files.read(*path, kLargestKeyFile));
    const std::string_view text(reinterpret_cast<const char*>(content.expose().data()), content.expose().size());
    co_return Secret(asBytes(trim(text)));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Configuration, "--machine-key file", failure);
  }
}

constexpr peaq::Field kResult[] = {
    {.name = "machineId", .type = peaq::FieldType::Integer},
    {.name = "tokenId", .type = peaq::FieldType::Integer},
    {.name = "machineDid", .type = peaq::FieldType::NonEmptyText},
    {.name = "machineAddress", .type = peaq::FieldType::NonEmptyText, .absence = peaq::Absence::LeftOut},
    {.name = "operatorDid", .type = peaq::FieldType::NonEmptyText, .absence = peaq::Absence::LeftOut},
};

Json schemaOfResult() { return objectSchema(kResult); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  auto key = co_await readKey(arguments.find("machine-key"), caller.host.files);
  if (key) co_await warnOfExposure(arguments, "machine-key", caller);
  app::ActivateRequest request{
      .docUrl = arguments.get("doc-url"),
      .dataApi = arguments.get("data-api"),
      .visibility = arguments.find("visibility"),
      .skipFunding = arguments.has("skip-funding"),
      .machine = arguments.find("for"),
      .machineKey = std::move(key),
      .machineKeySource = "--machine-key file '" + printable(arguments.get("machine-key")) + "'"};
  const peaq::ActivationResult result = co_await app::activate(std::move(request), std::move(caller));
  output.done("machine " + result.machineId.toDecimal() + " is activated");
  arguments.has("json") ? output.json(app::toJson(result)) : output.result(render(result));
}

constexpr std::string_view kExamples[] = {
    "peaqos activate --doc-url https://example.com/docs --data-api https://example.com/events",
    "peaqos activate --for 0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5 --machine-key ./machine.key --doc-url "
    "https://example.com/docs --data-api https://example.com/events"};

}  // namespace

const Command kActivate = {
    .path = "activate",
    .summary = "Register a machine, mint its NFT and write its DID",
    .details =
        "Runs six steps with the configured key. Each step looks at the chain first and does only what is missing, so "
        "running it again is always safe. A registration carries a bond of 1 PEAQ. What was sent is kept in "
        "peaqos.log in the current directory. Its steps follow each other's ends, so it has no --unsigned.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult};

}  // namespace peaqos::cli
