// The outbox and its guard: nothing that it forbids is signed.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "evm/outbox.hpp"

namespace peaqos::evm {
namespace {

Proposal proposalOf(const Intent& intent, Transaction transaction, std::uint64_t chainId, const Address& from) {
  transaction.chainId = chainId;
  return {.step = intent.step,
          .machine = textOrEmpty(intent.facts, "machine_id"),
          .from = from,
          .transaction = std::move(transaction)};
}

}  // namespace

Task<bool> Outbox::guardAsks() { co_return tools_.guard&& co_await tools_.guard->asks(); }

// The person is asked without a lane; what others spend meanwhile is counted by admit().
Task<void> Outbox::consider(std::vector<Ready>& ready, std::span<Outcome> outcomes, Address from) {
  if (!tools_.guard) co_return;
  std::vector<Ready> left;
  for (Ready& each : ready) {
    auto refusal = co_await tools_.guard->consider(proposalOf(each.intent, each.transaction, settings_.chainId, from));
    if (refusal) {
      outcomes[each.index] = std::move(*refusal);
    } else {
      left.push_back(std::move(each));
    }
  }
  ready = std::move(left);
}

Task<std::unique_ptr<host::FileLock>> Outbox::admit(std::vector<Ready>& ready, std::span<Outcome> outcomes,
                                                    Address from, bool considered) {
  if (!tools_.guard) co_return nullptr;
  std::vector<Proposal> proposals;
  for (const Ready& each : ready) {
    proposals.push_back(proposalOf(each.intent, each.transaction, settings_.chainId, from));
  }
  Guard::Admission admission = co_await tools_.guard->admit(std::move(proposals), considered);
  std::vector<Ready> left;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (admission.refusals[i]) {
      outcomes[ready[i].index] = std::move(*admission.refusals[i]);
    } else {
      left.push_back(std::move(ready[i]));
    }
  }
  ready = std::move(left);
  co_return std::move(admission.held);
}

// A version with higher fees, which may be mined in place of what was admitted. Nobody is asked: a policy that wants a
// person's word for such fees leaves the transaction as it is.
Task<Outbox::Leave> Outbox::leaveToReplace(const Flight& flight, const Transaction& dearer, Address from) {
  if (!tools_.guard) co_return Leave{};
  Proposal proposal{.step = flight.step,
                    .machine = textOrEmpty(flight.facts, "machine_id"),
                    .from = from,
                    .transaction = dearer,
                    .insteadOf = flight.row.replaces};
  proposal.insteadOf.push_back(flight.row.hash);
  std::vector<Proposal> one;
  one.push_back(std::move(proposal));
  Guard::Admission admission = co_await tools_.guard->admit(std::move(one), /*considered=*/false);
  co_return Leave{.given = !admission.refusals[0], .held = std::move(admission.held)};
}

}  // namespace peaqos::evm
