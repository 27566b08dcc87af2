// What commands about machines of the second generation begin with: a deployment, a node, and who signs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "app/signing/session.hpp"
#include "evm/outbox.hpp"
#include "evm/rpc.hpp"
#include "peaq/networks.hpp"
#include "peaq/v2/machine_state.hpp"
#include "peaq/v2/roles.hpp"

namespace peaqos::app {

// A machine's id as a user writes it: its decimal digits, or its DID. Throws Error (Input) "BAD_MACHINE_ID"; `name`
// is what the field is called.
evm::U256 checkMachineId(const std::string& text, const std::string& name);

// "0x" and 40 digits. Throws Error (Input) "BAD_FIELD".
evm::Address checkAddress(const std::string& text, const std::string& name);

class MachineWork {
 public:
  // Opens the configuration; needs no key. Settings that name a deployment of the first generation are an Error
  // (Configuration) "OTHER_GENERATION"; with `Settings::OfEither` the second one of the same network is taken.
  enum class Settings : std::uint8_t { OfSecond, OfEither };
  static Task<std::unique_ptr<MachineWork>> open(Caller caller, Settings settings = Settings::OfSecond);

  // Who signs; opened at the first call.
  Task<evm::Signer*> signer();

  // Reads of any number.
  Task<std::vector<evm::RpcReply>> read(std::vector<evm::RpcCall> calls);

  // The machines as the chain has them now, and its id. Throws Error: Configuration for a node of another chain, or one
  // without these contracts; Network.
  struct Seen {
    std::uint64_t chainId = 0;
    std::vector<peaq::v2::MachineState> machines = {};
  };
  Task<Seen> look(std::vector<evm::U256> ids);

  void say(std::string name, std::string state, Json facts);

  Caller caller;

 private:
  explicit MachineWork(Caller caller) : caller(std::move(caller)) {}

  std::unique_ptr<evm::Signer> signer_;

 public:
  // In the order in which they come to be: each refers to those before it.
  std::unique_ptr<Session> session;
  peaq::DeploymentRecord record = {};
  peaq::v2::Roles roles = {};
  std::optional<evm::RpcClient> rpc;
  std::optional<ledger::Ledger> ledger;
  std::optional<evm::Outbox> outbox;
};

}  // namespace peaqos::app
