// A script of HTTP requests and file verbs, as JSON: what the suite tells both hosts to do.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::probe {

// Performs an array of steps one after another, through the core's HttpClient, and returns the outcomes of all
// requests in the script's order as a JSON array. A step is one of
//   {"method", "url", "headers": [[name, value]...], "bodyHex" or "bodyLength", "timeoutMs", "replayable"}
//   {"together": [request...], "cancelAfterMs"}   sends all at once; after the given time calls Transport::cancelAll()
//   {"sleepMs"}
//   {"file": verb, ...}   as file_steps.hpp says, outcome included
// and an outcome is {"status", "repeated" if it is, "headers", "bodyHex" or, above 4 KiB, "bodyLength" and
// "keccak256"}, or
// {"code", "message"} of the Error. "bodyLength" in a request sends that many bytes of a pattern: byte i is i % 251.
Task<std::string> perform(std::string script, host::Host& host);

}  // namespace peaqos::probe
