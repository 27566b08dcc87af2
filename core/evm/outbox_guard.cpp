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

std::vector<Proposal> Outbox::proposalsOf(const std::vector<Ready>& ready, const std::string& signedAs) const {
  std::vector<Proposal> proposals;
  for (const Ready& each : ready) {
    proposals.push_back(proposalOf(each.intent, each.transaction, settings_.chainId, each.from));
    if (!signedAs.empty()) proposals.back().insteadOf.push_back(signedAs);
  }
  return proposals;
}

// The person is asked without a lane; what others spend meanwhile is counted by admit().
Task<void> Outbox::consider(std::vector<Ready>& ready, std::span<Outcome> outcomes, std::string signedAs) {
  if (!tools_.guard) co_return;
  std::vector<Proposal> proposals = proposalsOf(ready, signedAs);
  std::vector<std::optional<Error>> refusals;
  for (Proposal& proposal : proposals) refusals.push_back(co_await tools_.guard->consider(std::move(proposal)));
  dropRefused(ready, outcomes, refusals);
}

Task<std::unique_ptr<host::FileLock>> Outbox::admit(std::vector<Ready>& ready, std::span<Outcome> outcomes,
                                                    bool considered, std::string signedAs) {
  if (!tools_.guard) co_return nullptr;
  Guard::Admission admission = co_await tools_.guard->admit(proposalsOf(ready, signedAs), considered);
  dropRefused(ready, outcomes, admission.refusals);
  co_return std::move(admission.held);
}

void Outbox::dropRefused(std::vector<Ready>& ready, std::span<Outcome> outcomes,
                         std::vector<std::optional<Error>>& refusals) {
  std::vector<Ready> left;
  for (std::size_t i = 0; i < ready.size(); ++i) {
    if (refusals[i]) {
      outcomes[ready[i].index] = std::move(*refusals[i]);
    } else {
      left.push_back(std::move(ready[i]));
    }
  }
  ready = std::move(left);
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
