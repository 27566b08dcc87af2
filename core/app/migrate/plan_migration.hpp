// What becomes of a machine of the first generation in the second: a plan that spends nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct MigrationRequest {
  std::string did;  // of the machine: did:peaq:0x and its address
  std::string machineType;
  std::optional<std::string> credentialSubject = {};  // else the machine's address
  std::string tier = "entry";
  std::string file = "did.json";  // what the command that is printed calls the document's file
};

// Reads the machine's DID attributes and the prices of the second generation on the same network; needs no key.
// {deployment_id, chain_id, from: {did, machine_id, operator, documentation_url, data_api, data_visibility},
// machine_id, did, machine_type, credential_subject, already_active, tier, bond_amount, voucher_credit,
// net_peaq_amount, did_document (the text of its file), command: [words], not_carried_over: [texts]}. Throws Error:
// Input; Network "MACHINE_NOT_FOUND" for a DID without a machine, "ORACLE_UNPRICED".
Task<Json> planMigration(MigrationRequest request, Caller caller);

}  // namespace peaqos::app
