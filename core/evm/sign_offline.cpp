// SPDX-License-Identifier: Apache-2.0
#include "evm/sign_offline.hpp"

#include <utility>

namespace peaqos::evm {

Task<SignedTransaction> signOffline(ledger::Ledger& ledger, Guard& guard, Proposal proposal, Signer& signer) {
  if (auto refusal = co_await guard.consider(proposal)) throw Error(std::move(*refusal));
  co_await signer.unlock();
  std::vector<Proposal> one;
  one.push_back(proposal);
  const Guard::Admission admission = co_await guard.admit(std::move(one), /*considered=*/true);
  if (admission.refusals[0]) throw Error(*admission.refusals[0]);
  SignedTransaction bytes = co_await signer.sign(proposal.transaction);
  Json facts{{"address", toChecksum(signer.address())},  {"chain_id", proposal.transaction.chainId},
             {"nonce", proposal.transaction.nonce},      {"for", proposal.step},
             {ledger::kSignedHash, toHex0x(bytes.hash)}, {ledger::kSignedBytes, toHex0x(bytes.raw)}};
  co_await ledger.append({.step = kSignedStep, .status = ledger::Status::Confirmed, .facts = std::move(facts)});
  co_return bytes;
}

}  // namespace peaqos::evm
