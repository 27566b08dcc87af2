// peaqos machine did set-services, peaqos machine did set-verification-methods
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
                               kPlanOption,
                               kUnsignedOption,
                               kDryRunOption,
                               kYesOption,
                               kChangeJsonOption,
                               kMaxFeeOption};

// `read` makes the list of the file's text, `wish` what is wanted of that.
template <typename List>
Task<void> runList(std::string command, std::vector<List> (*read)(std::string_view text, const std::string& source),
                   std::unique_ptr<app::Wish> (*wish)(evm::U256 machine, std::vector<List> list), Arguments arguments,
                   app::Caller caller, Output& output) {
  const evm::U256 machine = app::checkMachineId(arguments.positional(0), "MACHINE_ID");
  const auto text = co_await readOptionText(arguments, "file", caller.host.files);
  auto wanted = wish(machine, read(*text, fileName(arguments, "file")));
  co_await runChange(std::move(command), std::move(wanted), std::move(arguments), std::move(caller), output);
}

PEAQOS_CORO_WRAPPER Task<void> setServices(Arguments arguments, app::Caller caller, Output& output) {
  return runList("machine did set-services", peaq::v2::readEndpointsFile, app::wishServices, std::move(arguments),
                 std::move(caller), output);
}

PEAQOS_CORO_WRAPPER Task<void> setMethods(Arguments arguments, app::Caller caller, Output& output) {
  return runList("machine did set-verification-methods", peaq::v2::readMethodsFile, app::wishMethods,
                 std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kServicesExamples[] = {
    "peaqos machine did set-services 6797059852626571897596538631639987226658599017392690144141920250617808126524 "
    "--file services.json"};
constexpr std::string_view kMethodsExamples[] = {
    "peaqos machine did set-verification-methods "
    "6797059852626571897596538631639987226658599017392690144141920250617808126524 --file methods.json"};

}  // namespace

const Command kMachineDidSetServices = {
    .path = "machine did set-services",
    .summary = "Replace the service endpoints of a DID document",
    .details =
        "The file holds a JSON list of objects with exactly these members: id, serviceType, serviceEndpoint. It "
        "replaces the whole list. Signed by the owner or controller. The plan is shown first and asked about. What the "
        "chain shows already is not sent again; a change that was broken off is brought to its end by the same "
        "command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kServicesExamples,
    .run = setServices,
    .result = changeOrFileSchema,
    .effect = Effect::Writes};

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
    .examples = kMethodsExamples,
    .run = setMethods,
    .result = changeOrFileSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
