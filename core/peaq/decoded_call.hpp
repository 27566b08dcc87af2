// What calldata does, read back from its bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::peaq {

struct DecodedCall {
  std::string function = {};       // its signature; empty for a call that is not known
  Json arguments = Json::array();  // [name, value] pairs in the function's order
  std::optional<evm::U256> machineId = {};
  std::optional<evm::Address> machine = {};  // the machine's account
  bool plain = false;                        // there is no calldata: it hands over coins alone
  bool ofCaller = false;                     // the machine is whoever calls
  bool everyMachine = false;                 // it is about all machines of whoever calls
  std::optional<evm::Address> taker = {};    // who gets a machine, or may take it from now on

  // Units of the called contract's token that somebody gets, or may take from now on.
  struct Payment {
    evm::Address recipient;
    evm::U256 units;
  };
  std::optional<Payment> payment = {};
  std::vector<DecodedCall> calls = {};  // that a batch makes
  evm::Address to = {};                 // of a batch's call: whom it calls
  evm::U256 value = {};                 // of a batch's call, in wei
};

// Knows the calls that the toolkit makes and those that hand out tokens. Only bytes that are exactly what encoding the
// arguments anew gives are taken for one of them.
DecodedCall decodeCall(BytesView data);

}  // namespace peaqos::peaq
