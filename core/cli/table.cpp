// The commands that there are.
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/commands/scale_agent.hpp"

namespace peaqos::cli {
namespace {

constexpr const Command* kCommands[] = {
    &kActivate,
    &kCompletionBash,
    &kCompletionFish,
    &kCompletionZsh,
    &kConsole,
    &kDoctor,
    &kInit,
    &kMachineApprove,
    &kMachineApproveAll,
    &kMachineCalendar,
    &kMachineDidClearController,
    &kMachineDidSetAuthentication,
    &kMachineDidSetController,
    &kMachineDidSetServices,
    &kMachineDidSetVerificationMethods,
    &kMachineDidShow,
    &kMachineId,
    &kMachineRenew,
    &kMachineResume,
    &kMachineStatus,
    &kMachineSubscriptionActivate,
    &kMachineSubscriptionRenew,
    &kMachineSuspend,
    &kMachineTransfer,
    &kMan,
    &kMcp,
    &kMigratePlan,
    &kMonetizeOptIn,
    &kMonetizeOptOut,
    &kMonetizeStatus,
    &kPolicyCheck,
    &kPolicyShow,
    &kPolicyTest,
    &kQualifyEvent,
    &kQualifyEvents,
    &kQualifyMcr,
    &kScaleAgentPair,
    &kScaleAgentRefresh,
    &kScaleMachineList,
    &kScaleMachineOnboard,
    &kScaleMachineStatus,
    &kScaleOrder,
    &kScaleOrderDispute,
    &kScaleOrderList,
    &kScaleOrderReceived,
    &kScaleOrderStatus,
    &kScaleSearch,
    &kSend,
    &kShowMachine,
    &kShowOperatorMachines,
    &kSign,
    &kWalletCreate,
    &kWalletDelete,
    &kWalletExport,
    &kWalletImport,
    &kWalletList,
    &kWalletShow,
    &kWalletUse,
    &kWatchBalance,
    &kWatchEvents,
    &kWatchMachines,
    &kWatchOrders,
    &kWhoami,
};

constexpr Group kGroups[] = {
    {"completion", "Print a script that completes command lines in a shell"},
    {"machine", "Look after machines of generation 2: state, DID, subscription, owner"},
    {"machine did", "Show and change the DID document of a machine"},
    {"machine subscription", "Begin and prolong the subscription of a machine"},
    {"migrate", "Bring machines of generation 1 into generation 2"},
    {"monetize", "Let machines take part in monetisation"},
    {"policy", "Look at the policy that bounds what may be signed"},
    {"qualify", "Submit events and read credit ratings"},
    {"scale", "Trade in the Machine Market: machines, agents, services, orders"},
    {"scale agent", "Pair agents with machines"},
    {"scale machine", "Onboard machines and look at them"},
    {"scale order", "Order a service, and follow orders"},
    {"show", "Show machines and operators"},
    {"show operator", "Show the machines of an operator"},
    {"wallet", "Keep keys as encrypted wallets of the Open Wallet Standard"},
    {"watch", "Follow what changes: events, balances, machines, orders"},
};

constexpr Option kGlobalOptions[] = {
    {.name = "version", .type = ValueType::Flag, .help = "Print the versions of peaqos and its core, then exit"},
    {.name = "verbose", .letter = 'v', .type = ValueType::Flag, .help = "Log every request to stderr"},
    {.name = "quiet",
     .letter = 'q',
     .type = ValueType::Flag,
     .help = "Hide progress and notices; results and errors stay"},
    {.name = "json-schema",
     .type = ValueType::Flag,
     .help = "Print JSON Schemas of what goes into the command named after it and what --json prints; without a "
             "command, the table of all commands"},
    {.name = "orchestration-url",
     .type = ValueType::Url,
     .placeholder = "URL",
     .help = "Machine Market API, instead of PEAQOS_ORCHESTRATION_URL"},
    {.name = "orch-api-key",
     .placeholder = "KEY",
     .help = "Machine Market key; PEAQOS_ORCH_API_KEY keeps it out of process lists and shell history",
     .secret = true},
    {.name = "help", .letter = 'h', .type = ValueType::Flag, .help = "Show help, also for every group and command"},
};

constexpr Note kExitCodes[] = {
    {"0", "done"},
    {"1", "something in the input is wrong"},
    {"2", "a network, an API or the chain failed"},
    {"3", "the configuration is incomplete or wrong, or the installation cannot run"},
    {"130", "interrupted by Ctrl-C; 143 by SIGTERM, 129 by SIGHUP"},
};

}  // namespace

std::span<const Command* const> commands() { return kCommands; }
std::span<const Group> groups() { return kGroups; }
std::span<const Option> globalOptions() { return kGlobalOptions; }
std::span<const Note> exitCodes() { return kExitCodes; }

std::optional<std::string> Arguments::find(std::string_view option) const {
  const auto found = options_.find(std::string(option));
  return found == options_.end() ? std::nullopt : std::optional(found->second.back());
}

std::vector<std::string> Arguments::all(std::string_view option) const {
  const auto found = options_.find(std::string(option));
  return found == options_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace peaqos::cli
