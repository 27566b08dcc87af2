// SPDX-License-Identifier: Apache-2.0
#include "app/signing/offline.hpp"

#include <memory>
#include <utility>

#include "app/events/event_target.hpp"
#include "app/events/known_event.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/offline_call.hpp"
#include "app/signing/session.hpp"
#include "app/signing/transaction_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/sign_offline.hpp"
#include "host/conversation.hpp"

namespace peaqos::app {
namespace {

Json withHash(Json result, const Hash256& hash, bool earlier) {
  result["txHash"] = toHex0x(hash);
  result["earlier"] = earlier;
  return result;
}

}  // namespace

Task<Json> writeUnsigned(UnsignedTransaction prepared, std::string path, Caller caller) {
  peaq::DecodedCall call = peaq::decodeCall(prepared.transaction.data);
  const TransactionFile file{.path = std::move(path),
                             .from = evm::toChecksum(prepared.from),
                             .idempotencyKey = std::move(prepared.idempotencyKey),
                             .transaction = std::move(prepared.transaction),
                             .call = std::move(call)};
  co_await createTransactionFile(file, caller.host.files);
  co_return file.describe(prepared.from);
}

Task<std::optional<Json>> signFile(std::string path, bool yes, Caller caller) {
  TransactionFile file = co_await readTransactionFile(std::move(path), caller.host.files);
  const auto session = co_await Session::open(caller);
  const OfflineCall call = offlineCallOf(file, session->configuration);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  if (evm::parseAddress(file.from) != signer->address()) {
    throw configurationError("WRONG_SIGNER",
                             "file '" + printable(file.path) + "' is to be signed by " + printable(file.from) +
                                 ", and the configured signer is " + evm::toChecksum(signer->address()),
                             "Set PEAQOS_OWS_WALLET or PEAQOS_PRIVATE_KEY to that account");
  }
  Json result = file.describe(signer->address());
  if (file.done) co_return withHash(std::move(result), file.done->hash, true);
  Json facts = result;
  facts["currency"] = session->configuration.network().currency;
  caller.conversation.progress({.name = "offline_transaction", .state = "shown", .facts = facts});
  if (!yes) {
    host::Question question{.name = "sign_offline",
                            .text = "Sign this transaction?",
                            .instead = "Use " + caller.fieldName("yes"),
                            .facts = std::move(facts)};
    if (!co_await host::confirm(caller.conversation, std::move(question))) co_return std::nullopt;
  }
  ledger::Ledger ledger = session->ledger();
  const evm::SignedTransaction bytes = co_await evm::signOffline(
      ledger, session->guard(ledger),
      {.step = call.step, .machine = {}, .from = signer->address(), .transaction = file.transaction}, *signer);
  file.done = evm::readSigned(bytes.raw);
  co_await replaceTransactionFile(file, caller.host.files);
  co_return withHash(std::move(result), bytes.hash, false);
}

Task<Json> sendFile(std::string path, Caller caller) {
  TransactionFile file = co_await readTransactionFile(std::move(path), caller.host.files);
  if (!file.done) {
    throw inputError("NOT_SIGNED", "file '" + printable(file.path) + "' is not signed",
                     "Sign it: peaqos sign " + shellWord(file.path));
  }
  const auto session = co_await Session::open(caller);
  const OfflineCall call = offlineCallOf(file, session->configuration);
  const evm::Address from = file.done->sender;
  const std::string hash = toHex0x(file.done->hash);
  const IntentLock lock = co_await lockIntent(caller, session->configuration, "send " + hash);
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  if (file.idempotencyKey) {
    const auto known = co_await findByKey(ledger, *file.idempotencyKey, from, file.transaction.chainId);
    if (known && !known->pending.transaction->has(hash)) {
      throw inputError("KEY_USED", "the idempotency key of the file was used for another transaction, " +
                                       known->pending.transaction->hash + "; nothing was sent");
    }
  }
  evm::Outbox outbox = session->outbox(rpc, ledger, {}, eventErrors(call.generation));
  outbox.useChain(file.transaction.chainId);
  std::optional<evm::RevertError> reverted;
  try {
    evm::Mined mined = co_await outbox.sendSigned(intentOf(file, call), *file.done);
    const bool earlier = mined.earlier;
    if (!mined.recorded) co_await outbox.confirm(mined, call.facts);
    co_return withHash(file.describe(from), file.done->hash, earlier);
  } catch (const evm::RevertError& error) {
    reverted = error;
  }
  throw errorOf(call, *reverted);
}

}  // namespace peaqos::app
