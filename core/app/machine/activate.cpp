// SPDX-License-Identifier: Apache-2.0
#include "app/machine/activate.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "app/signing/intent_lock.hpp"
#include "app/signing/key_signer.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/did.hpp"

namespace peaqos::app {
namespace {

// What a DID attribute can hold: printable ASCII of limited length (docs/protocol.md#attribute-values).
void checkAttribute(const std::string& value, const std::string& field) {
  if (value.empty()) {
    throw inputError("MISSING_FIELD", field + " is empty", "Give a URL such as https://example.com/docs");
  }
  const bool ascii = std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7F; });
  if (!ascii) {
    throw inputError("BAD_FIELD", field + " holds a blank or a character outside ASCII: '" + printable(value) + "'",
                     "Percent-encode it");
  }
  if (value.size() > peaq::kLongestValue) {
    throw inputError("BAD_FIELD",
                     field + " has " + std::to_string(value.size()) + " bytes; a DID attribute holds " +
                         std::to_string(peaq::kLongestValue),
                     "Give a shorter URL");
  }
}

// The machine's signer in proxy mode; null in self mode.
std::unique_ptr<evm::Signer> machineSigner(ActivateRequest& request, const Caller& caller) {
  const std::string forName = caller.fieldName("for");
  const std::string keyName = caller.fieldName("machine-key");
  if (!request.machine && !request.machineKey) return nullptr;
  if (!request.machine || !request.machineKey) {
    throw inputError(
        "MISSING_FIELD",
        forName + " and " + keyName + " go together, and " + (request.machine ? keyName : forName) + " is missing",
        "Give both for a machine that you operate, or neither for your own");
  }
  const auto address = evm::parseAddress(*request.machine);
  if (!address) {
    throw inputError("BAD_FIELD", "Invalid " + forName + " address: '" + printable(*request.machine) + "'",
                     "Give 0x and 40 hexadecimal digits");
  }
  auto signer = signerFrom(request.machineKey->expose(), request.machineKeySource);
  if (signer->address() != *address) {
    throw configurationError("MACHINE_KEY_MISMATCH",
                             request.machineKeySource + " holds the key of " + evm::toChecksum(signer->address()) +
                                 ", but " + forName + " is " + evm::toChecksum(*address),
                             "Give the key that belongs to the machine's address");
  }
  return signer;
}

}  // namespace

void checkActivation(const ActivateRequest& request, const Caller& caller) {
  constexpr std::array<std::string_view, 3> kVisibilities = {"public", "private", "onchain"};
  checkAttribute(request.docUrl, caller.fieldName("doc-url"));
  checkAttribute(request.dataApi, caller.fieldName("data-api"));
  if (request.visibility && std::ranges::find(kVisibilities, *request.visibility) == kVisibilities.end()) {
    throw inputError("BAD_FIELD", caller.fieldName("visibility") + " is '" + printable(*request.visibility) + "'",
                     "Use public, private or onchain");
  }
}

Task<peaq::ActivationResult> activate(ActivateRequest request, Caller caller) {
  checkActivation(request, caller);
  blindKeys(caller.host.random);
  const std::unique_ptr<evm::Signer> machine = machineSigner(request, caller);
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  if (machine && machine->address() == signer->address()) {
    throw inputError("BAD_FIELD", caller.fieldName("for") + " is the operator's own address",
                     "Leave out " + caller.fieldName("for") + " and " + caller.fieldName("machine-key"));
  }
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  evm::Outbox outbox = session->outbox(rpc, ledger);
  // One activation at a time of each operator: its DID lists all of its machines.
  const IntentLock lock = co_await lockIntent(caller, configuration, "activate " + evm::toChecksum(signer->address()));
  peaq::ActivationContext context = session->activationContext(rpc, ledger, outbox, *signer, machine.get());
  context.beforeBond = std::move(request.beforeBond);
  co_return co_await peaq::activate({.docUrl = std::move(request.docUrl),
                                     .dataApi = std::move(request.dataApi),
                                     .visibility = std::move(request.visibility),
                                     .skipFunding = request.skipFunding},
                                    std::move(context));
}

Json toJson(const peaq::ActivationResult& result) {
  Json out{{"machineId", evm::toJson(result.machineId)},
           {"tokenId", evm::toJson(result.tokenId)},
           {"machineDid", peaq::didOf(result.machine)}};
  if (result.proxyOperator) {
    out["machineAddress"] = evm::toChecksum(result.machine);
    out["operatorDid"] = peaq::didOf(*result.proxyOperator);
  }
  return out;
}

}  // namespace peaqos::app
