// What a transaction is meant to do, and what became of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/error.hpp"
#include "base/json.hpp"
#include "evm/address.hpp"
#include "evm/receipt.hpp"
#include "evm/revert.hpp"
#include "evm/u256.hpp"

namespace peaqos::evm {

struct Intent {
  std::string step;  // of its ledger rows, e.g. "register"
  Address to;
  U256 value;                      // wei
  Bytes data;                      // calldata
  Bytes rehearsal = {};            // calldata to simulate and price in place of `data`, where `data` hides failures
  Json facts = Json::object();     // what identifies it to a reader of the ledger
  std::uint64_t laterGas = 0;      // gas units that later steps will need: the balance must cover them as well
  U256 reserve = {};               // wei that the balance must cover besides: what the call moves by itself
  std::string function = {};       // what `data` calls, e.g. "mint(uint256,address)", for whoever approves it
  Json arguments = Json::array();  // of that function, as [name, value] pairs in its order
  std::string identity = {};       // tells it from an intent with the same bytes, e.g. the id of the order it pays
};

// The hash by which equal intents are recognised: over chain, sender, recipient, value, calldata and identity.
std::string intentHash(const Intent& intent, std::uint64_t chainId, const Address& from);

// A contract refused the transaction, in its simulation or on the chain. `code` is the revert's name, or TX_REVERTED.
struct RevertError : Error {
  RevertError(Revert revert, std::optional<Hash256> transaction);
  Revert revert;
  std::optional<Hash256> transaction;  // the mined transaction; none when only the simulation ran
};

// A transaction in a block that succeeded. Its ledger row is still open: Outbox::confirm() or Outbox::fail() closes it,
// once the caller knows what to record.
struct Mined {
  Receipt receipt;
  std::string step;
  Json facts;             // of the intent, with `tx_hash`
  bool earlier = false;   // it was sent by an earlier run, or by one beside this
  bool recorded = false;  // its row is closed already: the run beside this did it
};

}  // namespace peaqos::evm
