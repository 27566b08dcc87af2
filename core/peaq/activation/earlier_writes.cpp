// What a killed or timed-out run left under way is brought to its end before anything new is decided.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "peaq/activation/work.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::string_view kSteps[] = {"register", "mint_nft", "machine_did", "proxy_did"};

// In a pending row `address` is who signed; in a closed one it is the machine.
Json closingFacts(Json facts, const std::string& signer, const std::optional<evm::U256>& machineId) {
  facts["address"] = facts.value("machine", signer);
  facts.erase("machine");
  if (machineId) facts["machine_id"] = evm::toJson(*machineId);
  return facts;
}

Task<void> settle(const ActivationWork& work, evm::Signer& signer, ledger::Row row) {
  Json facts = row.facts;
  std::optional<evm::Mined> mined;
  try {
    mined = co_await work.context.outbox.settle(std::move(row), &signer);
  } catch (const evm::RevertError&) {
    co_return;  // recorded as failed; the chain's state says what is left to do
  }
  if (!mined) co_return;
  const auto machineId = registeredMachineId(mined->receipt, work.context.contracts.identityRegistry);
  co_await work.context.outbox.confirm(*mined,
                                       closingFacts(std::move(facts), evm::toChecksum(signer.address()), machineId));
}

Task<bool> settleOf(const ActivationWork& work, evm::Signer& signer) {
  bool any = false;
  for (ledger::Row& row : co_await work.context.outbox.openRows(signer.address())) {
    if (std::ranges::find(kSteps, row.step) == std::end(kSteps)) continue;
    any = true;
    work.report(0, "earlier_write", "note", {{"step", row.step}, {"tx_hash", row.transaction->hash}});
    co_await settle(work, signer, std::move(row));
  }
  co_return any;
}

}  // namespace

Task<bool> settleEarlierWrites(const ActivationWork& work) {
  const bool ofOperator = co_await settleOf(work, work.context.signer);
  const bool ofMachine = work.proxy() && co_await settleOf(work, *work.context.machineSigner);
  co_return ofOperator || ofMachine;
}

}  // namespace peaqos::peaq
