// The policy file: where it is, and whether it can be trusted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/task.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "policy/rules.hpp"

namespace peaqos::policy {

constexpr char kFile[] = "peaqos-policy.json";

struct Place {
  std::string path = kFile;
  bool required = false;  // it was named (PEAQOS_POLICY), and must be there
};

struct Policy {
  std::string path;  // absolute
  Json document;     // as it was written
  Rules rules;
};

// The policy of a place, read anew each time; nothing where there is none and none was named. One that others can read
// is reported as Progress "secret_file", "exposed". Throws Error (Configuration): as fileError(), "BAD_POLICY", and
// "POLICY_WRITABLE" for one that others can change.
Task<std::optional<Policy>> readPolicy(host::Host& host, host::Conversation& conversation, Place place);

}  // namespace peaqos::policy
