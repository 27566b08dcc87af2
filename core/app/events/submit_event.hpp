// submitEvent: a revenue or activity event for a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/signing/offline.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/event.hpp"

namespace peaqos::app {

// The step of events in peaqos.log.
constexpr char kSubmitEventStep[] = "submit_event";

// The fields as a user writes them; what they accept is in docs/protocol.md#events.
struct SubmitEventRequest {
  std::string machineId;  // decimal, above 0
  std::string type;       // revenue or activity
  std::string value;      // decimal, minor units
  std::string ts;         // Unix seconds or ISO 8601 with a zone
  std::optional<std::string> currency;
  std::string trust = "self";
  std::string sourceChain = "same";
  std::optional<std::string> sourceTx;
  std::optional<Bytes> rawData;                    // hashed, not sent
  Bytes metadata;                                  // sent as they are
  std::optional<std::string> dataHash = {};        // in place of rawData: its keccak-256
  std::optional<std::string> idempotencyKey = {};  // an event with a key that the ledger knows is not sent again
};

struct SubmittedEvent {
  peaq::Event event;
  Hash256 transaction{};
  bool earlier = false;  // it was submitted by an earlier run, or by an equal one beside this
  bool second = false;   // of a machine of the second generation
};

// Checks every field, simulates, and sends the event; one equal to an event of peaqos.log that is still under way is
// looked up instead, and so is one whose idempotency key the ledger knows. One equal to an event confirmed within the
// last hour is sent, with Progress "earlier_write", "equal". Throws Error: Input for a field, Configuration, Network
// for a refusal of the contract or the node.
Task<SubmittedEvent> submitEvent(SubmitEventRequest request, Caller caller);

class Session;

// What submitEvent() would sign now: nothing is asked, signed or recorded. Throws as it does before it signs.
Task<UnsignedTransaction> prepareEvent(SubmitEventRequest request, Caller caller, Session& session);

// Writes what submitEvent() would sign now into a new file, for signFile(). Gives what writeUnsigned() gives. Throws as
// prepareEvent(); Error (Input) "KEY_USED".
Task<Json> writeUnsignedEvent(SubmitEventRequest request, std::string file, Caller caller);

// What submitEvent() would do, from reads alone. Throws as it does before it sends anything.
Task<Plan> planEvent(SubmitEventRequest request, Caller caller);

// {machineId, type, value, trust, txHash, dataHash, earlier}; id and value are texts for the second generation.
Json toJson(const SubmittedEvent& result);

}  // namespace peaqos::app
