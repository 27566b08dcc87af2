// peaqos machine approve-all
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"OPERATOR", "The account: 0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {{.name = "allow", .type = ValueType::Flag, .help = "It may from now on"},
                               {.name = "revoke", .type = ValueType::Flag, .help = "It may not any more"},
                               kPlanOption,
                               kUnsignedOption,
                               kDryRunOption,
                               kYesOption,
                               kChangeJsonOption,
                               kMaxFeeOption};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const evm::Address spender = app::checkAddress(arguments.positional(0), "OPERATOR");
  if (arguments.has("allow") == arguments.has("revoke")) {
    throw inputError("USAGE", "exactly one of --allow and --revoke is needed", "Say which of them you mean");
  }
  auto wish = app::wishApprovedForAll(spender, arguments.has("allow"));
  co_await runChange("machine approve-all", std::move(wish), std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos machine approve-all 0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5 --allow"};

}  // namespace

const Command kMachineApproveAll = {
    .path = "machine approve-all",
    .summary = "Let an account move every machine of the signer",
    .details =
        "It holds for machines of today and of later. The plan is shown first and asked about. What the chain shows "
        "already is not sent again; a change that was broken off is brought to its end by the same command.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = changeOrFileSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
