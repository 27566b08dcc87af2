// Step 4: the machine's place in the identity registry, with its bond.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "peaq/activation/work.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

Json registrationFacts(const ActivationWork& work, const U256& machineId) {
  return {{"mode", work.mode()}, {"address", evm::toChecksum(work.machine)}, {"machine_id", evm::toJson(machineId)}};
}

Json facts(const ActivationWork& work, const U256& machineId) {
  return {{"mode", work.mode()}, {"machine", evm::toChecksum(work.machine)}, {"machine_id", evm::toJson(machineId)}};
}

Task<U256> registered(const ActivationWork& work, evm::Mined mined) {
  const std::string hash = toHex0x(mined.receipt.transaction);
  const auto machineId = registeredMachineId(mined.receipt, work.context.contracts.identityRegistry);
  Json entry = registrationFacts(work, machineId.value_or(U256()));
  if (!machineId || *machineId == U256()) {
    co_await work.context.outbox.fail(mined, std::move(entry), "no Registered event in the receipt");
    throw networkError("REGISTERED_EVENT_MISSING", "transaction " + hash + " was mined without a Registered event",
                       "Check IDENTITY_REGISTRY_ADDRESS, then run the command again");
  }
  co_await work.context.outbox.confirm(mined, std::move(entry));
  Json said = facts(work, *machineId);
  said["tx_hash"] = hash;
  work.report(kRegisterStep, "register", "confirmed", std::move(said));
  co_return *machineId;
}

evm::Intent registration(const ActivationWork& work) {
  Json identity{{"mode", work.mode()}};
  if (work.proxy()) identity["machine"] = evm::toChecksum(work.machine);  // `address` of a pending row is who sends
  return {.step = "register",
          .to = work.context.contracts.identityRegistry,
          .value = U256(kBond),
          .data = work.proxy() ? registerForCalldata(work.machine) : registerCalldata(),
          .facts = std::move(identity),
          .laterGas = kMintGas + (work.proxy() ? kProxyDidGas : kMachineDidGas),
          .function = work.proxy() ? "registerFor(address)" : "register()",
          .arguments = work.proxy() ? Json::array({{"machine", evm::toChecksum(work.machine)}}) : Json::array()};
}

}  // namespace

Task<U256> registerMachine(const ActivationWork& work, U256 machineId) {
  work.report(kRegisterStep, "register", "started");
  if (machineId != U256()) {
    work.report(kRegisterStep, "register", "skipped", facts(work, machineId));
    co_await work.record("register", ledger::Status::Skipped, registrationFacts(work, machineId));
    co_return machineId;
  }
  std::optional<evm::RevertError> reverted;
  try {
    evm::Mined mined = co_await work.send(registration(work), work.context.signer);
    co_return co_await registered(work, std::move(mined));
  } catch (const evm::RevertError& error) {
    reverted = error;
  }
  if (reverted->code == "AlreadyRegistered") {
    const auto replies = co_await work.context.rpc.read({work.machineIdCall(work.machine)});
    if (const U256 found = work.machineIdFrom(replies[0], work.machine); found != U256()) {
      work.report(kRegisterStep, "register", "recovered", facts(work, found));
      Json entry = registrationFacts(work, found);
      entry["recovered_from"] = "AlreadyRegistered";
      co_await work.record("register", ledger::Status::Skipped, std::move(entry));
      co_return found;
    }
  }
  co_await work.fail("register", "register", *reverted, registrationFacts(work, U256()));
  co_return U256();
}

}  // namespace peaqos::peaq
