// The HTTP services: the MCR API, the Gas Station, the Machine Market.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/doctor/checks.hpp"
#include "host/redact_url.hpp"
#include "market/machines.hpp"
#include "market/orchestration.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::app {
namespace {

// A machine that nobody has: a service that says so works.
constexpr const char* kNobody = "did:peaq:0x0000000000000000000000000000000000000000";

std::string in(std::chrono::microseconds elapsed) {
  return " answers in " + std::to_string(elapsed.count() / 1000) + " ms";
}

}  // namespace

Task<Findings> checkMcr(Examination& examination) {
  const bool chosen = examination.configuration.look("PEAQOS_MCR_API_URL").has_value();
  const std::string url = examination.configuration.mcrUrl();
  host::Clock& clock = examination.caller.host.clock;
  const auto start = clock.monotonic();
  peaq::McrApi api(examination.http, url);
  std::optional<Error> problem;
  try {
    co_await api.rating(kNobody);
  } catch (const Error& error) {
    if (error.code != "NOT_FOUND") problem = error;
  }
  if (!problem) co_return Findings{{.check = "mcr", .detail = host::redactUrl(url) + in(clock.monotonic() - start)}};
  if (problem->kind == ErrorKind::Interrupted) throw std::move(*problem);
  if (chosen) co_return Findings{found("mcr", *problem)};
  co_return Findings{skipped("mcr", "PEAQOS_MCR_API_URL is not set, and nothing answers at its default",
                             "Set it to show ratings and machines")};
}

Task<Findings> checkGasStation(Examination& examination) {
  if (!examination.configuration.look("PEAQOS_GAS_STATION_URL")) {
    co_return Findings{
        skipped("gas station", "PEAQOS_GAS_STATION_URL is not set", "Only an activation without money needs it")};
  }
  const std::string url = examination.configuration.gasStationUrl();
  host::Clock& clock = examination.caller.host.clock;
  const auto start = clock.monotonic();
  const auto response =
      co_await examination.http.get(url);  // whatever it says: there is no request that changes nothing
  const std::string where = host::redactUrl(url);
  if (response.status < 500)
    co_return Findings{{.check = "gas station", .detail = where + in(clock.monotonic() - start)}};
  co_return Findings{
      found("gas station",
            networkError("SERVER_ERROR", where + " answered with HTTP status " + std::to_string(response.status),
                         "Check PEAQOS_GAS_STATION_URL, then try again"))};
}

Task<Findings> checkMarket(Examination& examination) {
  const Configuration& configuration = examination.configuration;
  if (!configuration.look("PEAQOS_ORCHESTRATION_URL")) {
    co_return Findings{skipped("market", "PEAQOS_ORCHESTRATION_URL is not set", "Only peaqos scale needs it")};
  }
  const std::string url = configuration.orchestrationUrl();
  if (!configuration.look("PEAQOS_ORCH_API_KEY")) {
    co_await examination.http.get(url);
    co_return Findings{warned("market", host::redactUrl(url) + " answers; PEAQOS_ORCH_API_KEY is not set",
                              "Set it to onboard machines and to list orders; an agent's own commands need none")};
  }
  host::Clock& clock = examination.caller.host.clock;
  const auto start = clock.monotonic();
  market::OrchestrationApi api(examination.http, {.url = url, .platformKey = configuration.orchestrationKey()});
  co_await market::machines(api);
  co_return Findings{{.check = "market", .detail = host::redactUrl(url) + in(clock.monotonic() - start)}};
}

}  // namespace peaqos::app
