// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation/attribute_writes.hpp"

#include <utility>

#include "peaq/batch.hpp"

namespace peaqos::peaq {
namespace {

Task<void> skip(const ActivationWork& work, const AttributeTask& task, const char* recoveredFrom, const char* state) {
  Json row = task.row;
  row["recovered_from"] = recoveredFrom;
  co_await work.record(task.step, ledger::Status::Skipped, std::move(row));
  work.report(kDidStep, task.step, state);
}

Task<void> written(const ActivationWork& work, const AttributeTask& task, const std::vector<AttributeWrite>& writes,
                   evm::Mined mined) {
  Json row = task.row;
  row[task.count] = writes.size();
  co_await work.context.outbox.confirm(mined, std::move(row));
  Json updated = Json::array();
  for (const AttributeWrite& write : writes) {
    if (write.change == AttributeChange::Update) updated.push_back(write.attribute.name);
  }
  work.report(kDidStep, task.step, "confirmed",
              {{"attributes", writes.size()},
               {"updated", std::move(updated)},
               {"tx_hash", toHex0x(mined.receipt.transaction)}});
}

}  // namespace

Json namedWrites(const std::vector<AttributeWrite>& writes) {
  Json out = Json::array();
  for (const auto& [change, attribute] : writes) {
    out.push_back(
        {(change == AttributeChange::Add ? "add " : "update ") + std::string(attribute.name), attribute.value});
  }
  return out;
}

Task<void> writeAttributes(const ActivationWork& work, AttributeTask task, MachineAttributes present) {
  auto writes = task.missing(present);
  if (writes.empty()) {
    co_await skip(work, task, "AttributeAlreadyOnChain", "skipped");
    co_return;
  }
  for (bool first = true;; first = false) {
    std::optional<evm::RevertError> reverted;
    try {
      evm::Intent intent{.step = task.step,
                         .to = work.context.contracts.batchPrecompile,
                         .value = {},
                         .data = writeAttributesCalldata(work.context.contracts, task.subject, writes),
                         .facts = task.row,
                         .function = std::string(kBatchAll),
                         .arguments = namedWrites(writes)};
      evm::Mined mined = co_await work.send(std::move(intent), task.signer);
      co_await written(work, task, writes, std::move(mined));
      co_return;
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    const auto replies = co_await work.context.rpc.read(work.attributeCalls(task.subject, task.names));
    auto left = task.missing(work.attributesFrom(replies, task.subject, task.names));
    if (left.empty()) {
      co_await skip(work, task, "AlreadyExists", "recovered");
      co_return;
    }
    if (!first || left.size() == writes.size()) co_await work.fail(task.step, task.what, *reverted, task.row);
    writes = std::move(left);
  }
}

}  // namespace peaqos::peaq
