// The checks of doctor(), one a function, and what they work with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/doctor/doctor.hpp"
#include "app/settings/configuration.hpp"
#include "host/http.hpp"

namespace peaqos::app {

using Findings = std::vector<Finding>;

// Keeps the warnings of what is tried, and has no answer to a question.
class Listener : public host::Conversation {
 public:
  void progress(const host::Progress& progress) override;
  Task<std::optional<Secret>> ask(host::Question) override { co_return std::nullopt; }
  // The warnings since the last call.
  std::vector<std::string> take() { return std::exchange(warnings_, {}); }

 private:
  std::vector<std::string> warnings_;
};

struct Examination {
  const Caller& caller;
  Configuration configuration;
  std::optional<Error> configurationProblem;  // .env could not be read: the environment alone is looked at
  host::HttpClient http;                      // bounded by PEAQOS_TIMEOUT, 5 s where that is not set
};

Finding found(std::string check, const Error& error);
Finding skipped(std::string check, std::string why, std::string remedy = {});
Finding warned(std::string check, std::string detail, std::string remedy);

Task<Findings> checkRuntime(Examination& examination);
Task<Findings> checkSettings(Examination& examination);
Task<Findings> checkFiles(Examination& examination);
Task<Findings> checkLog(Examination& examination);
Task<Findings> checkVault(Examination& examination);
Task<Findings> checkProxies(Examination& examination);
Task<Findings> checkNode(Examination& examination);
Task<Findings> checkContracts(Examination& examination);
Task<Findings> checkSigner(Examination& examination);
Task<Findings> checkMcr(Examination& examination);
Task<Findings> checkGasStation(Examination& examination);
Task<Findings> checkMarket(Examination& examination);

}  // namespace peaqos::app
