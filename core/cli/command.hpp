// The table of commands: parsing, help and everything else that lists them is made from it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/caller.hpp"
#include "base/task.hpp"
#include "cli/output.hpp"

namespace peaqos::cli {

enum class ValueType { Flag, Text, Integer, Number, Choice, File, Url };

// What a command does with a file that is named.
enum class FileUse {
  Unstated,  // nobody has judged it: agents cannot name it
  Read,      // its bytes, and no file that they name
  Written,
};

struct Option {
  std::string_view name;  // "machine-id"
  char letter = 0;        // 'v' for -v
  ValueType type = ValueType::Text;
  std::string_view placeholder = {};  // "ID"; the choices stand for it where there are any
  std::string_view help = {};
  bool required = false;
  std::span<const std::string_view> choices = {};
  std::string_view fallback = {};   // shown as the default
  std::string_view unless = {};     // of a required option: another one that makes it needless
  bool repeated = false;            // each use adds a value; of others the last one wins
  std::string_view unit = {};       // what a number counts: "coins"
  std::string_view needs = {};      // the option that must come with it
  bool secret = false;              // its value is a secret, or the file that it names holds one
  FileUse use = FileUse::Unstated;  // of a file
};

struct Argument {
  std::string_view name;  // "DID"
  std::string_view help;
  bool repeated = false;  // of the last argument: one or more
  bool verbatim = false;  // words behind it that look like options are arguments as well
  ValueType type = ValueType::Text;
  FileUse use = FileUse::Unstated;  // of a file

  std::string placeholder() const { return std::string(name) + (repeated ? "..." : ""); }
};

// What a command line said, checked against the table.
class Arguments {
 public:
  // The value of an option; empty flags are present with an empty value.
  std::optional<std::string> find(std::string_view option) const;
  std::string get(std::string_view option) const { return find(option).value_or(std::string()); }
  bool has(std::string_view option) const { return find(option).has_value(); }
  const std::string& positional(std::size_t index) const { return positionals_[index]; }
  std::size_t positionalCount() const { return positionals_.size(); }

  // Every value of an option that may be repeated, in their order.
  std::vector<std::string> all(std::string_view option) const;

  void set(std::string_view option, std::string value) { options_[std::string(option)] = {std::move(value)}; }
  void append(std::string_view option, std::string value) { options_[std::string(option)].push_back(std::move(value)); }
  void add(std::string positional) { positionals_.push_back(std::move(positional)); }

 private:
  std::map<std::string, std::vector<std::string>> options_;  // of an option that is not repeated its last value
  std::vector<std::string> positionals_;
};

// The most that a command may do.
enum class Effect {
  Unstated,  // of a command that nobody has judged: agents are not offered it
  Reads,
  Writes,  // changes something on a chain, a server or a disk; a transaction costs its fee
  Pays,    // also spends, locks or releases money
};

struct Command {
  std::string_view path;     // "qualify event"
  std::string_view summary;  // one line in its group's list
  std::string_view details;  // what a reader of its help wants to know beyond the summary
  std::span<const Argument> arguments;
  std::span<const Option> options;
  std::span<const std::string_view> examples;
  // Runs the command: the result to `output`, errors thrown.
  Task<void> (*run)(Arguments arguments, app::Caller caller, Output& output);
  // JSON Schema of what it prints with --json; null for a command without that option.
  Json (*result)() = nullptr;
  Effect effect = Effect::Unstated;
  bool personal = false;  // not for agents: it shows or takes a secret, changes who signs, or runs until it is ended
  bool lines = false;     // with --json it prints the result of each item in a line of its own
};

// A group's one-line summary, by its path ("qualify").
struct Group {
  std::string_view path;
  std::string_view summary;
};

// An exit code, and what it means.
struct Note {
  std::string_view name;
  std::string_view text;
};

// Of every group and command, beside its own options.
inline constexpr Option kHelpOption = {
    .name = "help", .letter = 'h', .type = ValueType::Flag, .help = "Show this help"};

// Of every command that sends transactions; stands for PEAQOS_MAX_FEE.
inline constexpr Option kMaxFeeOption = {.name = "max-fee",
                                         .type = ValueType::Number,
                                         .placeholder = "COINS",
                                         .help = "Most that the fee of one transaction may come to",
                                         .fallback = "PEAQOS_MAX_FEE, else 1",
                                         .unit = "coins"};

std::span<const Command* const> commands();  // in alphabetical order of their paths
std::span<const Group> groups();
std::span<const Option> globalOptions();
std::span<const Note> exitCodes();

// The commands of the table, each in its own file under commands/.
extern const Command kMachineApprove, kMachineApproveAll, kMachineCalendar, kMachineDidClearController,
    kMachineDidSetAuthentication, kMachineDidSetController, kMachineDidSetServices, kMachineDidSetVerificationMethods,
    kMachineDidShow, kMachineId, kMachineRenew, kMachineResume, kMachineStatus, kMachineSubscriptionActivate,
    kMachineSubscriptionRenew, kMachineSuspend, kMachineTransfer, kMigratePlan, kMonetizeOptIn, kMonetizeOptOut,
    kMonetizeStatus;
extern const Command kActivate, kCompletionBash, kCompletionFish, kCompletionZsh, kConsole, kDoctor, kInit, kMan, kMcp,
    kPolicyCheck, kPolicyShow, kPolicyTest, kQualifyEvent, kQualifyEvents, kQualifyMcr, kShowMachine,
    kShowOperatorMachines, kSend, kSign, kWalletCreate, kWalletDelete, kWalletExport, kWalletImport, kWalletList,
    kWalletShow, kWalletUse, kWatchBalance, kWatchEvents, kWatchMachines, kWatchOrders, kWhoami;
extern const Command kScaleAgentPair, kScaleMachineList, kScaleMachineOnboard, kScaleMachineStatus, kScaleOrder,
    kScaleOrderDispute, kScaleOrderList, kScaleOrderReceived, kScaleOrderStatus, kScaleSearch;

}  // namespace peaqos::cli
