// Following what changes: events, balances, machines and orders, a line for each change (docs/commands.md#watching).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct WatchOptions {
  std::optional<std::string> cursor = {};   // path of the file from which a later run goes on
  std::optional<std::uint64_t> count = {};  // ends once so many lines were written
  bool once = false;                        // looks once, and ends
  bool webhook = false;                     // posts to PEAQOS_WEBHOOK_URL
};

// Takes the lines that belong together: those of one block, or of one look. What it throws ends the watch.
using LineSink = std::function<void(const std::vector<Json>& lines)>;

// Every line has `id` and `type`. Each of these goes on until `options` end it, or the user does, which is Error
// (Interrupted). Network errors end it only before the first look has succeeded; later they are told as Progress
// "watch", "trouble", and it looks again, less often.

struct WatchEventsRequest {
  std::vector<std::string> machineIds = {};  // none, and no operator: of all machines
  std::optional<std::string> operatorDid = {};
  std::optional<std::uint64_t> since = {};  // the first block, where no cursor says it; none: the next one
  WatchOptions options = {};
};

// "event": an EventSubmitted log. "retraction": the line with the id `retracts` holds no more, since its block is not
// on the chain.
Task<void> watchEvents(WatchEventsRequest request, LineSink sink, Caller caller);

struct WatchBalanceRequest {
  std::string address;  // or a DID of one
  std::optional<std::uint64_t> since = {};
  WatchOptions options = {};
};

// "balance": of the chain's coin, in wei, in a block in which it was seen to differ; "retraction" as above.
Task<void> watchBalance(WatchBalanceRequest request, LineSink sink, Caller caller);

struct WatchMachinesRequest {
  std::string operatorDid;
  WatchOptions options = {};
};

// "machine": what the MCR API says of a machine of the operator, when it is first seen and whenever it differs.
Task<void> watchMachines(WatchMachinesRequest request, LineSink sink, Caller caller);

struct WatchOrdersRequest {
  std::string machineId;  // of the Machine Market
  WatchOptions options = {};
};

// "order": an order of the machine, when it is first seen and whenever its status differs.
Task<void> watchOrders(WatchOrdersRequest request, LineSink sink, Caller caller);

}  // namespace peaqos::app
