// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/activate_fleet.hpp"

#include <utility>

#include "app/fleet/activate_fleet.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/line_results.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {
namespace {

std::string lineText(const app::MachineResult& result) {
  const std::string line = "Line " + std::to_string(result.line) + ": ";
  if (result.status == app::LineStatus::Confirmed) {
    return line + (result.machine.empty() ? "" : result.machine + " is ") + "machine " + result.machineId.toDecimal() +
           "\n";
  }
  return line + app::name(result.status) + ": " + printable(result.reason) + "\n";
}

class MachineLines : public app::FleetResults {
 public:
  MachineLines(const Arguments& arguments, host::Files& files, Output& output)
      : lines_(arguments.find("results"), files, output), json_(arguments.has("json")) {}

  Task<void> begin() { co_await lines_.begin(); }

  void add(const app::MachineResult& result) override {
    const std::string line = dumpJson(app::toJson(result)) + "\n";
    lines_.add(line, json_ ? line : lineText(result));
  }

  Task<void> flush() override { co_await lines_.flush(); }

 private:
  LineResults lines_;
  const bool json_;
};

std::string render(const app::FleetSummary& summary) {
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  return (summary.stopped ? "Stopped before the end.\n" : "All lines were read.\n") +
         pairs({{"Lines", number(summary.lines)},
                {"Activated", number(summary.activated)},
                {"Earlier", number(summary.earlier)},
                {"Duplicates", number(summary.duplicates)},
                {"Invalid", number(summary.invalid)},
                {"Rejected", number(summary.rejected)},
                {"Pending", number(summary.pending)},
                {"Transactions", number(summary.transactions)},
                {"Fees", evm::formatUnitsUp(summary.fees, 18, 6) + " " + summary.currency}},
               2);
}

// What keeps the command from ending with 0.
std::optional<Error> complaintOf(const app::FleetSummary& summary) {
  if (summary.stopped) return summary.stopped;
  const std::string of = " of " + std::to_string(summary.lines) + " lines ";
  if (summary.rejected + summary.pending > 0) {
    return networkError("LINES_LEFT",
                        std::to_string(summary.rejected + summary.pending) + of + "are not activated (" +
                            std::to_string(summary.rejected) + " rejected, " + std::to_string(summary.pending) +
                            " pending)",
                        "Run the same command again: it does only what is missing");
  }
  if (summary.invalid == 0) return std::nullopt;
  return inputError("INVALID_LINES", std::to_string(summary.invalid) + of + "are invalid",
                    "Mend them and run the same command again: it does only what is missing");
}

std::optional<evm::U256> coinsFrom(const Arguments& arguments, const std::string& option) {
  const auto text = arguments.find(option);
  if (!text) return std::nullopt;
  if (auto wei = evm::parseUnits(*text, 18)) return wei;
  throw inputError("BAD_FIELD", "--" + option + " is '" + printable(*text) + "'",
                   "Give an amount in the chain's coin, such as 1 or 0.25");
}

void refuseOthers(const Arguments& arguments) {
  for (const char* other : {"doc-url", "data-api", "visibility", "for", "machine-key", "machine-type", "tier",
                            "credential-subject-hex", "manufacturer", "did-document", "payment", "slippage-bps"}) {
    if (!arguments.has(other)) continue;
    throw inputError("BAD_FIELD", "--" + std::string(other) + " does not go with --fleet",
                     "Write it into the file, a column each");
  }
}

}  // namespace

Task<void> runFleet(Arguments arguments, app::Caller caller, Output& output) {
  refuseOthers(arguments);
  app::FleetFileRequest request{.file = arguments.get("fleet"),
                                .gasPerMachine = coinsFrom(arguments, "gas-per-machine"),
                                .skipFunding = arguments.has("skip-funding"),
                                .strict = arguments.has("strict"),
                                .yes = arguments.has("yes")};
  if (arguments.has("plan")) {
    showPlan(co_await app::planFleet(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  MachineLines results(arguments, caller.host.files, output);
  co_await results.begin();
  const app::FleetSummary summary = co_await app::activateFleet(std::move(request), results, std::move(caller));
  output.done("what was done is in peaqos.log; the same command shows it again");
  if (!arguments.has("json")) output.result(render(summary));
  if (auto complaint = complaintOf(summary)) throw Error(*complaint);
}

Json fleetLineSchema() {
  using peaq::FieldType;
  static constexpr std::string_view kStatuses[] = {"confirmed", "rejected", "invalid", "duplicate", "pending"};
  const auto orNothing = [](std::string_view name, FieldType type) {
    return peaq::Field{.name = name, .type = type, .absence = peaq::Absence::NullAllowed};
  };
  static const peaq::Field kLine[] = {
      {.name = "line", .type = FieldType::Integer},
      orNothing("machine", FieldType::NonEmptyText),
      orNothing("machine_id", FieldType::Amount),
      orNothing("token_id", FieldType::Integer),
      orNothing("machine_did", FieldType::NonEmptyText),
      {.name = "status", .type = FieldType::OneOf, .words = kStatuses},
      orNothing("tx_hash", FieldType::NonEmptyText),
      orNothing("reason", FieldType::NonEmptyText),
  };
  return objectSchema(kLine);
}

}  // namespace peaqos::cli
