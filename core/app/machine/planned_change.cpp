// SPDX-License-Identifier: Apache-2.0
#include "app/machine/planned_change.hpp"

#include "evm/preparation.hpp"
#include "peaq/decoded_call.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::app {

PlannedTransaction plannedChange(const Rehearsed& rehearsed, const peaq::v2::Change& change, const char* step,
                                 const Plan& plan, const std::string& what) {
  if (const auto* reverted = std::get_if<evm::RevertError>(&rehearsed)) throw peaq::v2::errorFrom(*reverted, what);
  if (const auto* error = std::get_if<Error>(&rehearsed)) throw Error(*error);
  const auto& made = std::get<evm::RehearsedTransaction>(rehearsed);
  return {.step = step,
          .chainId = plan.chainId.value_or(0),
          .from = plan.signer.value_or(evm::Address{}),
          .to = change.contract,
          .contract = std::string(change.contractName),
          .function = std::string(change.method),
          .arguments = peaq::decodeCall(change.data).arguments,
          .fee = made.fee,
          .maxFee = evm::feeOf(made.transaction),
          .gas = made.gas};
}

void readOpenRows(const ledger::Ledger::View& view, const evm::Address& account, std::string_view step, Plan& plan) {
  for (const ledger::Row& row : view.open) {
    if (row.step != step || evm::parseAddress(row.transaction->account) != account) continue;
    plan.read("earlier_write", row.transaction->hash, {{"step", row.step}, {"status", "pending"}});
  }
}

}  // namespace peaqos::app
