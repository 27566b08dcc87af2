// The MCR API: ratings and profiles of machines (docs/protocol.md#mcr-api).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/json.hpp"
#include "base/task.hpp"
#include "host/http.hpp"
#include "peaq/fields.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {

// Members of the answers below: of rating(), profile(), its `peaqos`, operatorMachines(), an entry of its `machines`,
// its `pagination`. Machines of the generations have different ones.
FieldTable ratingFields(Generation generation);
FieldTable machineProfileFields();
FieldTable profileFields(Generation generation);
FieldTable fleetFields();
FieldTable fleetMachineFields(Generation generation);
FieldTable paginationFields();

class McrApi {
 public:
  McrApi(host::HttpClient& http, std::string baseUrl) : http_(http), baseUrl_(std::move(baseUrl)) {}

  // Of a machine of either generation, as the form of its DID says. For the second the codes of refusals are those of
  // mcrRefusal(), and "BAD_RESPONSE" is also an answer about another machine.

  // GET /mcr/{did}: members in the documented order, `mcr_score` 0 when the server has none, `last_updated`
  // Unix seconds or null. Throws Error (Network): "NOT_FOUND" (404), "SERVICE_UNAVAILABLE" (503), "SERVER_ERROR" (other
  // 5xx), "HTTP_ERROR" (other statuses but 200), "BAD_RESPONSE", or what the transport throws.
  Task<Json> rating(std::string did);

  // GET /machine/{did}: schema_version, name, peaqos {machine_id, did, operator, mcr, ..., event_data}.
  Task<Json> profile(std::string did);

  // GET /operator/{did}/machines, every page of it: operator_did, machines [{did, machine_id, mcr_score, mcr,
  // negative_flag}], pagination {offset: 0, limit, total: both the number of machines} (decision 18).
  Task<Json> operatorMachines(std::string did);

  // The same, a page as soon as it has come: `page` takes operator_did and the machines that pages before had not.
  // Pages are asked for side by side, a few at a time, and come in their order. Returns pagination. Throws as the
  // others, and what `page` throws.
  using FleetPage = std::function<void(const std::string& operatorDid, Json machines)>;
  Task<Json> readFleet(std::string did, FleetPage page);

 private:
  Task<Json> fleetPage(std::string did, std::string query);
  Task<Json> get(std::string path, std::string subject);
  Task<Json> get2(std::string path, std::string operation, std::string subject);

  host::HttpClient& http_;
  std::string baseUrl_;
};

}  // namespace peaqos::peaq
