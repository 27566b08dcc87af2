// The activation of many machines at once, of either generation: what the two have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::peaq {

// What has become of a machine.
struct FleetOutcome {
  std::optional<evm::Address> account = {};  // its own; none: it has none but its owner's
  bool complete = false;                     // nothing is left to be done
  bool earlier = false;                      // nothing was left to be done before
  evm::U256 machineId = {};                  // 0: not registered
  evm::U256 tokenId = {};                    // 0: not minted
  std::string hash = {};                     // of the last transaction for it
  std::string problem = {};                  // why it is not complete
  bool pending = false;                      // it may yet become so by itself, or by another run
};

// What is left to be done, and what it comes to. Amounts in wei; fees as the next block would charge.
struct FleetCosts {
  std::size_t due = 0;            // machines that need anything
  std::size_t registrations = 0;  // each with a bond; in the second generation, activations
  std::size_t mints = 0, dids = 0, topUps = 0;
  bool list = false;                    // the operator's own DID changes
  evm::U256 bonds = {}, topUpSum = {};  // of the operator
  evm::U256 machineBonds = {};          // that machines pay themselves
  evm::U256 operatorFees = {}, operatorMaxFees = {};
  evm::U256 machineFees = {};    // of all machines
  evm::U256 machineMaxFee = {};  // of one machine, at most
};

// One call of the operator, among several in a transaction.
struct OperatorCall {
  evm::Address to;
  evm::U256 value = {};
  Bytes data = {};
  std::string function = {};       // empty: a transfer of coins
  Json arguments = Json::array();  // [name, value] pairs
  evm::Address machine = {};       // that it is for
};

// A transaction that is still to be made. Ids that nobody knows yet are null among its arguments.
struct FleetTransaction {
  const char* step;
  evm::Address from, to;
  evm::U256 value = {};
  std::string function = {};
  Json arguments = Json::array();
  std::vector<OperatorCall> calls = {};  // of a batch
  std::uint64_t gas = 0;                 // units, roughly
  evm::U256 fee = {}, maxFee = {};       // wei
};

// What transactions move in tokens.
struct FleetPayment {
  std::string currency;
  unsigned decimals = 18;
  evm::U256 amount = {};  // in the token's smallest unit
};

// Every step reads before it writes: a rerun does only what is missing, whenever the run before it ended.
class Fleet {
 public:
  virtual ~Fleet() = default;

  // Brings to their end what earlier runs left under way, of the operator and of these machines.
  virtual Task<void> settleEarlier() = 0;

  // Reads everything, and judges every machine and the operator before anything is spent. Throws Error: Network,
  // "INSUFFICIENT_FUNDS" of the operator among it; Configuration for the contracts; Input "BAD_FIELD" for a top-up that
  // would not do.
  virtual Task<void> survey() = 0;
  virtual FleetCosts costs() const = 0;

  // What would be sent after survey(), and what that moves beside coins.
  virtual std::vector<FleetTransaction> planned() const = 0;
  virtual std::vector<FleetPayment> payments() const { return {}; }

  // Does what is left. What keeps one machine from completion stops no other. Returns what stopped the run, if
  // anything did; the rest is pending then.
  virtual Task<std::optional<Error>> run() = 0;

  // What is known of each machine, in their order: after survey() a `problem` where it cannot be activated, after run()
  // what has become of it.
  virtual std::vector<FleetOutcome> outcomes() const = 0;
  virtual std::uint64_t chainId() const = 0;
  virtual std::uint64_t transactions() const = 0;
  virtual evm::U256 fees() const = 0;             // wei, of those that the node reported
  virtual evm::U256 operatorBalance() const = 0;  // wei
};

}  // namespace peaqos::peaq
