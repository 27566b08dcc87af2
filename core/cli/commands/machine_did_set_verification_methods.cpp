// peaqos machine did set-verification-methods
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "cli/input_files.hpp"
#include "cli/machine_text.hpp"
#include "peaq/v2/did_file.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {kMachineArgument};
constexpr Option kOptions[] = {{.name = "file",
                                .type = ValueType::File,
                                .placeholder = "PATH",
                                .help = "JSON file with the list",
                                .required = true,
                                .use = FileUse::Read},
                               kDryRunOption,
                               kYesOption,
                               kChangeJsonOption,
                               kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  const auto text = co_await readOptionText(arguments, "file", caller.host.files);
  auto list = peaq::v2::readMethodsFile(*text, fileName(arguments, "file"));
  co_await runChange(app::wishMethods(machine, std::move(list)), std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine did set-verification-methods "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524 --file methods.json"};

}  // namespace

const Command kMachineDidSetVerificationMethods = {
    .path = "machine did set-verification-methods",
    .summary = "Replace the verification methods of a DID document",
    .details =
        "The file holds a JSON list of objects with exactly these members: id, methodType, controller, "
        "publicKeyMultibase. It replaces the whole list. Signed by the owner or controller. The plan is shown first "
        "and asked about. What the chain shows already is not sent again; a change that was broken off is brought to "
        "its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
