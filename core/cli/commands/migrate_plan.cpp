// peaqos migrate plan
// SPDX-License-Identifier: Apache-2.0
#include "app/migrate/plan_migration.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/machine_text.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "host/file_error.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kFile = "did.json";

constexpr Argument kArguments[] = {{"DID", "The machine of generation 1: did:peaq:0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    {.name = "machine-type", .placeholder = "TEXT", .help = "What kind of machine it is", .required = true},
    {.name = "credential-subject-hex",
     .placeholder = "HEX",
     .help = "What tells it from others of its type: 0x and digits",
     .fallback = "the machine's address"},
    {.name = "tier",
     .type = ValueType::Choice,
     .help = "How much is bonded",
     .choices = peaq::v2::kTiers,
     .fallback = "entry"},
    {.name = "out",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "Where the DID document is written; a file that is there is not replaced",
     .fallback = kFile,
     .use = FileUse::Written},
    {.name = "json", .type = ValueType::Flag, .help = "Print the plan as JSON"},
};

std::string commandText(const Json& words) {
  std::vector<std::string> quoted;
  for (const Json& word : words) quoted.push_back(shellWord(word.get<std::string>()));
  return join(quoted, " ");
}

std::string render(const Json& plan, const std::string& file) {
  const Json& from = plan["from"];
  std::string out = "Generation 1\n" +
                    pairs({{"DID", textOf(from, "did")},
                           {"Machine ID", textOf(from, "machine_id")},
                           {"Operator", textOf(from, "operator")},
                           {"Documentation", textOf(from, "documentation_url")},
                           {"Data API", textOf(from, "data_api")},
                           {"Visibility", textOf(from, "data_visibility")}},
                          2) +
                    "\nGeneration 2, deployment " + textOf(plan, "deployment_id") + "\n" +
                    pairs({{"Machine ID", textOf(plan, "machine_id")},
                           {"DID", textOf(plan, "did")},
                           {"Active already", yesNo(plan, "already_active")},
                           {"Tier", textOf(plan, "tier")},
                           {"Bond", peaqText(plan, "bond_amount")},
                           {"Voucher", peaqText(plan, "voucher_credit")},
                           {"To pay, besides fees", peaqText(plan, "net_peaq_amount")},
                           {"DID document", file}},
                          2) +
                    "\nNot carried over\n";
  for (const Json& line : plan["not_carried_over"]) out += "  - " + line.get<std::string>() + "\n";
  return out + "\nNothing was sent. With the machine's own key configured, run\n\n  " + commandText(plan["command"]) +
         "\n";
}

Task<bool> isThere(std::string path, std::string text, host::Files& files) {
  try {
    const Bytes present = co_await files.read(path, text.size() + 1);
    co_return asText(present) == text;
  } catch (const host::FileError&) {
    co_return false;
  }
}

// A file with this text already is as good as a new one; another one is somebody's.
Task<void> writeOnce(std::string path, std::string text, host::Files& files) {
  if (co_await isThere(path, text, files)) co_return;
  try {
    co_await files.createNew(path, asBytes(text), 0644);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--out file", failure);
  }
}

Json schemaOfResult() {
  const Json text{{"type", "string"}};
  return objectSchema({{"deployment_id", text},
                       {"chain_id", text},
                       {"from", {{"type", "object"}}},
                       {"machine_id", text},
                       {"did", text},
                       {"machine_type", text},
                       {"credential_subject", text},
                       {"already_active", {{"type", "boolean"}}},
                       {"tier", text},
                       {"bond_amount", text},
                       {"voucher_credit", text},
                       {"net_peaq_amount", text},
                       {"did_document", text},
                       {"command", listSchema(text)},
                       {"not_carried_over", listSchema(text)}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string file = arguments.find("out").value_or(std::string(kFile));
  host::Files& files = caller.host.files;
  app::MigrationRequest request{.did = arguments.positional(0),
                                .machineType = arguments.get("machine-type"),
                                .credentialSubject = arguments.find("credential-subject-hex"),
                                .tier = arguments.find("tier").value_or("entry"),
                                .file = file};
  const Json plan = co_await app::planMigration(std::move(request), std::move(caller));
  co_await writeOnce(file, textOf(plan, "did_document"), files);
  output.done("'" + printable(file) + "' is written");
  arguments.has("json") ? output.json(plan) : output.result(render(plan, file));
}

constexpr std::string_view kExamples[] = {
    "peaqos migrate plan did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5 --machine-type Sensor"};

}  // namespace

const Command kMigratePlan = {
    .path = "migrate plan",
    .summary = "Plan the move of a machine to generation 2: DID document, command, price",
    .details =
        "Reads the machine's DID of generation 1 and the prices of generation 2. Writes the DID document, prints "
        "the command that activates the machine and what it costs, and says what stays behind. Sends nothing; "
        "needs a node and no key.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
