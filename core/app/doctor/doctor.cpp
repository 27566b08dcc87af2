// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/doctor.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/doctor/checks.hpp"
#include "app/failure.hpp"
#include "base/when_all.hpp"

namespace peaqos::app {
namespace {

struct Check {
  const char* name;
  Task<Findings> (*run)(Examination& examination);
};

constexpr Check kChecks[] = {
    {"runtime", checkRuntime},
    {"settings", checkSettings},
    {"files", checkFiles},
    {"log", checkLog},
    {"vault", checkVault},
    {"proxies", checkProxies},
    {"rpc", checkNode},
    {"contracts", checkContracts},
    {"signer", checkSigner},
    {"mcr", checkMcr},
    {"gas station", checkGasStation},
    {"market", checkMarket},
};

// A check that throws has found its error.
Task<Findings> outcomeOf(const Check& check, Examination& examination) {
  std::exception_ptr thrown;
  try {
    co_return co_await check.run(examination);
  } catch (...) {
    thrown = std::current_exception();
  }
  const Error error = errorFrom(thrown);
  if (error.kind == ErrorKind::Interrupted) throw error;
  co_return Findings{found(check.name, error)};
}

Task<Configuration> configurationOf(const Caller& caller, std::optional<Error>& problem) {
  try {
    co_return co_await Configuration::load(caller.host, caller.overrides);
  } catch (const Error& error) {
    problem = error;
  }
  co_return Configuration::ofEnvironment(caller.host);
}

std::chrono::milliseconds patienceOf(const Configuration& configuration) {
  constexpr std::chrono::seconds kUsual{5};
  try {
    return configuration.look("PEAQOS_TIMEOUT") ? configuration.requestTimeout() : kUsual;
  } catch (const Error&) {
    return kUsual;  // checkSettings() says what is wrong with it
  }
}

}  // namespace

const char* name(FindingStatus status) {
  switch (status) {
    case FindingStatus::Ok: return "ok";
    case FindingStatus::Warning: return "warning";
    case FindingStatus::Error: return "error";
    case FindingStatus::Skipped: return "skipped";
  }
  return "error";
}

void Listener::progress(const host::Progress& progress) {
  const Json* text = findMember(progress.facts, "text");
  if (progress.state == "warning" && text && text->is_string()) warnings_.push_back(text->get<std::string>());
}

Finding found(std::string check, const Error& error) {
  return {.check = std::move(check),
          .status = FindingStatus::Error,
          .detail = error.message,
          .remedy = error.hint.empty() ? "Set right what this names, then run peaqos doctor again" : error.hint,
          .kind = error.kind};
}

Finding skipped(std::string check, std::string why, std::string remedy) {
  return {.check = std::move(check),
          .status = FindingStatus::Skipped,
          .detail = std::move(why),
          .remedy = std::move(remedy)};
}

Finding warned(std::string check, std::string detail, std::string remedy) {
  return {.check = std::move(check),
          .status = FindingStatus::Warning,
          .detail = std::move(detail),
          .remedy = std::move(remedy)};
}

Task<std::vector<Finding>> doctor(Caller caller) {
  std::optional<Error> problem;
  Configuration configuration = co_await configurationOf(caller, problem);
  const std::chrono::milliseconds patience = patienceOf(configuration);
  Examination examination{.caller = caller,
                          .configuration = std::move(configuration),
                          .configurationProblem = std::move(problem),
                          .http = host::HttpClient(caller.host, patience)};
  std::vector<Task<Findings>> checks;
  for (const Check& check : kChecks) checks.push_back(outcomeOf(check, examination));
  Findings all;
  for (Findings& findings : co_await whenAll(std::move(checks))) std::ranges::move(findings, std::back_inserter(all));
  co_return all;
}

int exitCode(const std::vector<Finding>& findings) {
  int worst = 0;
  for (const Finding& finding : findings) {
    if (finding.status == FindingStatus::Error) worst = std::max(worst, peaqos::exitCode(finding.kind));
  }
  return worst;
}

Json toJson(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"check", finding.check},
                    {"status", name(finding.status)},
                    {"detail", finding.detail},
                    {"remedy", finding.remedy}});
  }
  return {{"findings", std::move(list)}, {"exit_code", exitCode(findings)}};
}

}  // namespace peaqos::app
