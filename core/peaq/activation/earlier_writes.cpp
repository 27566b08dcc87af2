// What a killed or timed-out run left under way is brought to its end before anything new is decided.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "peaq/activation/work.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::string_view kJournalSteps[] = {"register", "mint_nft", "machine_did", "proxy_did"};

Task<void> settle(const ActivationWork& work, std::string step, Json row) {
  Json facts = row;
  for (const char* member : {"raw_tx", "nonce", "intent", "chain_id", "ts", "status", "step"}) facts.erase(member);
  std::optional<evm::Receipt> receipt;
  try {
    receipt = co_await work.sender().settle(std::move(row));
  } catch (const evm::RevertError&) {
    co_return;  // journalled as failed; the chain's state says what is left to do
  }
  if (!receipt) co_return;
  if (facts.contains("machine")) {
    facts["address"] = facts["machine"];
    facts.erase("machine");
  }
  if (const auto id = registeredMachineId(*receipt, work.context.contracts.identityRegistry)) {
    facts["machine_id"] = evm::toJson(*id);
  }
  co_await work.context.journal.append(std::move(step), "confirmed", std::move(facts));
}

}  // namespace

Task<bool> settleEarlierWrites(const ActivationWork& work) {
  bool any = false;
  for (Json& row : co_await work.context.journal.unresolved()) {
    const auto step = row.value("step", std::string());
    const auto address = row.value("address", std::string());
    if (std::ranges::find(kJournalSteps, step) == std::end(kJournalSteps)) continue;
    if (address != evm::toChecksum(work.operatorAddress) && address != evm::toChecksum(work.machine)) continue;
    if (findMember(row, "chain_id") == nullptr || toUint64(row["chain_id"]) != work.chainId) continue;
    any = true;
    work.report(0, "earlier_write", "note", {{"step", step}, {"tx_hash", row.value("tx_hash", std::string())}});
    co_await settle(work, step, std::move(row));
  }
  co_return any;
}

}  // namespace peaqos::peaq
