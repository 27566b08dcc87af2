// SPDX-License-Identifier: Apache-2.0
#include "app/market/pair_agent.hpp"

#include <memory>
#include <utility>

#include "app/market/market_files.hpp"
#include "app/market/steps.hpp"
#include "app/signing/key_signer.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/message_signer.hpp"
#include "host/conversation.hpp"
#include "market/amounts.hpp"

namespace peaqos::app {
namespace {

constexpr int kPairingSteps = 3;

Json policyOf(const PairRequest& request, const Caller& caller) {
  Json policy{{"allowedSkillKeys", request.allowedSkills},
              {"deniedSkillKeys", request.deniedSkills},
              {"allowedServiceIds", request.allowedServices},
              {"deniedServiceIds", request.deniedServices}};
  if (request.perTransactionLimit) {
    policy["perTransactionLimit"] = market::userNumber(*request.perTransactionLimit, caller.fieldName("per-tx-limit"));
  }
  if (request.dailySpendLimit) {
    policy["dailySpendLimit"] = market::userNumber(*request.dailySpendLimit, caller.fieldName("daily-limit"));
  }
  if (request.currency) policy["currency"] = *request.currency;
  return policy;
}

void showChallenge(const Caller& caller, const Json& challenge) {
  tellStep(caller, {}, "challenge", "issued",
           {{"kind", "pairing"},
            {"message", challenge["message"]},
            {"agent_address", challenge["agent_address"]},
            {"method", challenge["verification_method"]}});
}

Task<std::string> askForSignature(const Json& challenge, Caller caller) {
  const std::string message = challenge["message"].get<std::string>();
  host::Question question{.name = "signature",
                          .text = "Paste the EIP-191 signature",
                          .instead = "Give " + caller.fieldName("agent-signature-file"),
                          .facts = {{"message", message}, {"agent_address", challenge["agent_address"]}}};
  co_return co_await host::ask(caller.conversation, std::move(question), [&](const std::string& given) {
    return evm::messageSigner(message, given) ? std::string()
                                              : std::string("That is no signature: 65 bytes, as 0x and 130 digits");
  });
}

// The server decides; but who signed with another key hears it before it is tried.
void warnOfOtherSigner(const Caller& caller, const Json& challenge, const std::string& signature,
                       const std::string& agentAddress) {
  const auto signer = evm::messageSigner(challenge["message"].get<std::string>(), signature);
  if (signer && signer == evm::parseAddress(agentAddress)) return;
  tellStep(caller, {}, "signature", "doubtful",
           {{"signer", signer ? Json(evm::toChecksum(*signer)) : Json(nullptr)}, {"agent_address", agentAddress}});
}

// The agent's key, whose address is the agent's; null where a signature comes in another way.
std::unique_ptr<evm::Signer> agentSigner(const AgentProof& proof, market::Agent& agent, const Caller& caller) {
  if (proof.key && proof.signatureFile) {
    throw inputError(
        "BAD_FIELD",
        caller.fieldName("agent-signature-file") + " and " + caller.fieldName("agent-key-file") + " exclude each other",
        "Give one of the two");
  }
  if (proof.unattended && !proof.key && !proof.signatureFile) {
    throw inputError("SIGNATURE_REQUIRED",
                     caller.fieldName("json") + " needs " + caller.fieldName("agent-signature-file") + " or " +
                         caller.fieldName("agent-key-file") + ": nobody can be asked for the signature");
  }
  if (!proof.key) return nullptr;
  blindKeys(caller.host.random);
  std::unique_ptr<evm::Signer> signer;
  try {
    signer = signerFrom(proof.key->expose(), proof.keySource);
  } catch (const Error& error) {
    throw inputError(error.code, error.message, error.hint);  // no setting, but a file that was handed over
  }
  const std::string address = evm::toChecksum(signer->address());
  if (trim(agent.address).empty()) agent.address = address;
  if (evm::parseAddress(agent.address) == signer->address()) return signer;
  throw inputError("AGENT_KEY_MISMATCH",
                   proof.keySource + " holds the key of " + address + ", but " + caller.fieldName("agent-address") +
                       " is " + printable(agent.address),
                   "Give the key of that account, or leave the address out");
}

// What proves that the agent agrees to a challenge.
Task<Json> prove(const Json& challenge, const AgentProof& proof, evm::Signer* signer, const market::Agent& agent,
                 Caller caller) {
  showChallenge(caller, challenge);
  std::string signature;
  if (signer) {
    signature = toHex0x(co_await signer->signMessage(challenge["message"].get<std::string>()));
  } else if (proof.signatureFile) {
    signature = co_await awaitSignatureFile(*proof.signatureFile, caller.fieldName("agent-signature-file"), caller);
  } else {
    signature = co_await askForSignature(challenge, caller);
  }
  warnOfOtherSigner(caller, challenge, signature, agent.address);
  co_return Json{{"challengeId", challenge["challenge_id"]}, {"signature", signature}};
}

}  // namespace

Task<std::optional<Json>> pairAgent(PairRequest request, Caller caller) {
  const std::unique_ptr<evm::Signer> signer = agentSigner(request.proof, request.agent, caller);
  requiredText(request.machineId, caller.fieldName("machine-id"));
  requiredText(request.agent.address, caller.fieldName("agent-address"));
  requiredText(request.agent.provider, caller.fieldName("agent-provider"));
  requiredText(request.agent.role, caller.fieldName("agent-role"));
  market::pathSegment(request.machineId, caller.fieldName("machine-id"));
  const Json policy = policyOf(request, caller);
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();

  tellStep(caller, {1, kPairingSteps}, "pairing_challenge", "started");
  const Json challenge = co_await market::pairingChallenge(api, request.machineId, request.agent);
  tellStep(caller, {2, kPairingSteps}, "agent_signature", "started");
  const Json proof = co_await prove(challenge, request.proof, signer.get(), request.agent, caller);

  if (!request.yes) {
    host::Question question{.name = "confirm_pairing",
                            .text = "Confirm pairing?",
                            .instead = "Use " + caller.fieldName("yes"),
                            .facts = {{"machine_id", request.machineId}, {"agent_address", request.agent.address}}};
    if (!co_await host::confirm(caller.conversation, std::move(question))) co_return std::nullopt;
  }
  tellStep(caller, {3, kPairingSteps}, "pairing_creation", "started");
  Json more{{"agentProof", proof}, {"delegationPolicy", policy}};
  if (request.description) more["description"] = *request.description;
  co_return co_await market::createPairing(api, request.machineId, request.agent, std::move(more));
}

Task<Json> createAgentPairingSession(SessionRequest request, Caller caller) {
  const std::unique_ptr<evm::Signer> signer = agentSigner(request.proof, request.agent, caller);
  market::pathSegment(request.machineId, caller.fieldName("machine-id"));
  market::pathSegment(request.agentPairingId, caller.fieldName("agent-pairing-id"));
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  const Json challenge = co_await market::pairingChallenge(api, request.machineId, request.agent);
  Json proof = co_await prove(challenge, request.proof, signer.get(), request.agent, caller);
  co_return co_await market::createPairingSession(api, request.machineId, request.agentPairingId, std::move(proof));
}

}  // namespace peaqos::app
