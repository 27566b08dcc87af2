// What a machine of the second generation is: its type and its credential subject, from which its id follows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"

namespace peaqos::app {

// Throws Error (Input) "BAD_FIELD" for a blank one, and for blanks at its ends, which would change the id unseen.
std::string checkMachineType(const std::string& text, const std::string& field);

// Bytes as "0x" and an even number of digits; "0x" alone is none. Throws Error (Input) "BAD_FIELD".
Bytes checkCredentialSubject(const std::string& text, const std::string& field);

// {machine_id, hex, did, machine_type, credential_subject}: computed, without a node.
Json machineIdentity(std::string machineType, std::string credentialSubject, const Caller& caller);

}  // namespace peaqos::app
