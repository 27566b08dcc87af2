// Operations on files and streams of records: events, machines to activate.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/events/submit_events.hpp"
#include "app/failure.hpp"
#include "app/fleet/activate_fleet.hpp"
#include "app/members.hpp"
#include "app/operation.hpp"
#include "base/error.hpp"
#include "evm/units.hpp"

namespace peaqos::app {
namespace {

// What became of each line, as Progress.
template <typename Results, typename Result>
class Told : public Results {
 public:
  Told(const char* name, host::Conversation& conversation) : name_(name), conversation_(conversation) {}

  void add(const Result& result) override {
    conversation_.progress({.name = name_, .state = app::name(result.status), .facts = toJson(result)});
  }

  Task<void> flush() override { co_return; }

 private:
  const char* const name_;
  host::Conversation& conversation_;
};

std::optional<RecordFormat> formatFrom(Members& members) {
  const auto text = members.text("format");
  if (!text) return std::nullopt;
  if (*text == "json") return RecordFormat::Json;
  if (*text == "csv") return RecordFormat::Csv;
  throw inputError("BAD_FIELD", "format must be json or csv");
}

std::optional<std::uint64_t> countFrom(Members& members, const char* name) {
  const auto text = members.text(name);
  if (!text) return std::nullopt;
  const auto number = evm::U256::fromDecimal(*text);
  const auto count = number ? number->toUint64() : std::nullopt;
  if (count && *count > 0) return count;
  throw inputError("BAD_FIELD", std::string(name) + " must be a whole number above 0");
}

std::optional<evm::U256> coinsFrom(Members& members, const char* name) {
  const auto text = members.text(name);
  if (!text) return std::nullopt;
  if (auto wei = evm::parseUnits(*text, 18)) return wei;
  throw inputError("BAD_FIELD", std::string(name) + " must be an amount in the chain's coin, such as 1 or 0.25");
}

Json stoppedJson(const std::optional<Error>& stopped) { return stopped ? toJson(*stopped) : Json(nullptr); }

// What every run over lines counts. `done`: how those are called that this run has dealt with, and how many they are.
Json jsonOf(const LineCounts& counts, const char* done, std::uint64_t count) {
  return {{"lines", counts.lines},
          {done, count},
          {"earlier", counts.earlier},
          {"rejected", counts.rejected},
          {"invalid", counts.invalid},
          {"duplicates", counts.duplicates},
          {"pending", counts.pending},
          {"transactions", counts.transactions},
          {"feesWei", counts.fees.toDecimal()}};
}

Json jsonOf(const EventsSummary& summary) {
  Json json = jsonOf(summary, "submitted", summary.sent);
  json.update({{"currency", summary.currency},
               {"machines", summary.machines},
               {"revenue", revenueOf(summary)},
               {"stopped", stoppedJson(summary.stopped)}});
  return json;
}

Json jsonOf(const FleetSummary& summary) {
  Json json = jsonOf(summary, "activated", summary.activated);
  json.update({{"bondsWei", summary.bonds.toDecimal()},
               {"topUpsWei", summary.topUps.toDecimal()},
               {"currency", summary.currency},
               {"stopped", stoppedJson(summary.stopped)}});
  return json;
}

// Reads the lines from the host's input, or from a file of its own; before a file is sent, consent is asked for.
Task<Json> callSubmitEvents(Json request, Caller caller) {
  Members members(request);
  const auto file = members.text("file");
  EventsRequest typed{.file = file.value_or("-"),
                      .format = formatFrom(members),
                      .check = members.flag("check"),
                      .yes = members.flag("yes") || !file,
                      .batch = countFrom(members, "batch"),
                      .inFlight = countFrom(members, "inFlight"),
                      .maxTotalFee = coinsFrom(members, "maxTotalFee")};
  if (auto maxFee = members.text("maxFee")) caller.overrideMaxFee(std::move(*maxFee));
  members.refuseOthers();
  Told<EventResults, LineResult> results("event_line", caller.conversation);
  co_return jsonOf(co_await submitEvents(std::move(typed), results, caller));
}

Task<Json> callActivateFleet(Json request, Caller caller) {
  Members members(request);
  FleetFileRequest typed{.file = members.required("file"),
                         .format = formatFrom(members),
                         .gasPerMachine = coinsFrom(members, "gasPerMachine"),
                         .skipFunding = members.flag("skipFunding"),
                         .strict = members.flag("strict"),
                         .check = members.flag("check"),
                         .yes = members.flag("yes")};
  if (auto maxFee = members.text("maxFee")) caller.overrideMaxFee(std::move(*maxFee));
  members.refuseOthers();
  Told<FleetResults, MachineResult> results("machine_line", caller.conversation);
  co_return jsonOf(co_await activateFleet(std::move(typed), results, caller));
}

constexpr Operation kOperations[] = {{"submitEvents", callSubmitEvents}, {"activateFleet", callActivateFleet}};

}  // namespace

std::span<const Operation> recordOperations() { return kOperations; }

}  // namespace peaqos::app
