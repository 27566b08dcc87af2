// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/activate_fleet.hpp"

#include <utility>

#include "app/fleet/activate_fleet.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/line_results.hpp"
#include "cli/numbers.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"

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

constexpr LineWords kWords{.lacking = "not activated",
                           .rerun = "Run the same command again: it does only what is missing",
                           .mend = "Mend them and run the same command again: it does only what is missing"};

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
  if (!arguments.has("json")) output.result(summaryText(summary, "Activated", summary.activated));
  if (auto complaint = complaintOf(summary, kWords)) throw Error(*complaint);
}

Json fleetLineSchema() {
  using peaq::FieldType;
  const auto orNothing = [](std::string_view name, FieldType type) {
    return peaq::Field{.name = name, .type = type, .absence = peaq::Absence::NullAllowed};
  };
  static const peaq::Field kLine[] = {
      {.name = "line", .type = FieldType::Integer},
      orNothing("machine", FieldType::NonEmptyText),
      orNothing("machine_id", FieldType::Amount),
      orNothing("token_id", FieldType::Integer),
      orNothing("machine_did", FieldType::NonEmptyText),
      {.name = "status", .type = FieldType::OneOf, .words = kLineStatuses},
      orNothing("tx_hash", FieldType::NonEmptyText),
      orNothing("reason", FieldType::NonEmptyText),
  };
  return objectSchema(kLine);
}

}  // namespace peaqos::cli
