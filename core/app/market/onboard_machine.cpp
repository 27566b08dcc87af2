// SPDX-License-Identifier: Apache-2.0
#include "app/market/onboard_machine.hpp"

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
#include "market/machines.hpp"
#include "peaq/did.hpp"

namespace peaqos::app {
namespace {

constexpr int kOnboardingSteps = 4;

void requireIdentity(const std::string& reference, const std::string& field) {
  constexpr std::string_view kNumber = "peaqos:machine:";
  const std::string_view text = reference;
  if (text.starts_with(peaq::kDidMethod) && evm::parseAddress(text.substr(peaq::kDidMethod.size()))) return;
  if (text.starts_with(kNumber) && text.size() > kNumber.size()) return;
  throw inputError("BAD_FIELD", field + " is '" + printable(reference) + "'",
                   "Give did:peaq:0x and 40 hexadecimal digits, or peaqos:machine: and the machine's ID");
}

void check(const OnboardRequest& request, const Caller& caller) {
  requiredText(request.identityRef, caller.fieldName("identity-ref"));
  requiredText(request.displayName, caller.fieldName("display-name"));
  requiredText(request.ownerId, caller.fieldName("owner-id"));
  requiredText(request.machineType, caller.fieldName("machine-type"));
  requiredText(request.runtimeProfile, caller.fieldName("runtime-profile"));
  requireIdentity(request.identityRef, caller.fieldName("identity-ref"));
  if (request.signatureFile && request.identityKey) {
    throw inputError("BAD_FIELD",
                     caller.fieldName("identity-signature-file") + " and " + caller.fieldName("identity-key-file") +
                         " exclude each other",
                     "Give one of them");
  }
}

Json summaryOf(const OnboardRequest& request) {
  return {{"identity_ref", request.identityRef},
          {"display_name", request.displayName},
          {"owner_id", request.ownerId},
          {"machine_type", request.machineType},
          {"runtime_profile", request.runtimeProfile},
          {"capabilities", request.capabilities},
          {"skill_keys", request.skillKeys},
          {"labels", request.labels}};
}

Json bodyOf(const OnboardRequest& request, Json proof) {
  Json body{{"displayName", request.displayName}, {"ownerId", request.ownerId},
            {"machineType", request.machineType}, {"runtimeProfile", request.runtimeProfile},
            {"identityRef", request.identityRef}, {"identityProof", std::move(proof)}};
  if (!request.capabilities.empty()) body["capabilities"] = request.capabilities;
  if (!request.labels.empty()) body["labels"] = request.labels;
  if (!request.skillKeys.empty()) body["skillKeys"] = request.skillKeys;
  return body;
}

struct Signature {
  std::string text;
  evm::Address signer;
};

Signature checkedSignature(const std::string& message, std::string text, const std::string& source) {
  if (const auto signer = evm::messageSigner(message, text)) return {std::move(text), *signer};
  throw inputError("BAD_SIGNATURE", source + " holds no signature",
                   "Give the EIP-191 signature of the challenge: 65 bytes, as 0x and 130 hexadecimal digits");
}

std::unique_ptr<evm::Signer> keyGiven(const OnboardRequest& request) {
  if (!request.identityKey) return nullptr;
  try {
    return signerFrom(request.identityKey->expose(), request.identityKeySource);
  } catch (const Error& error) {
    throw inputError(error.code, error.message, error.hint);
  }
}

// Who signs: the key that was given, else the wallet of the settings. Nobody when a file or the person has the
// signature.
Task<std::unique_ptr<evm::Signer>> signerFor(const OnboardRequest& request, std::unique_ptr<evm::Signer> key,
                                             Session& session, Caller caller) {
  if (key || request.signatureFile) co_return key;
  if (session.configuration.owsWallet()) {
    auto wallet = co_await session.signer();
    co_await wallet->unlock();
    co_return wallet;
  }
  if (request.unattended) {
    throw inputError("SIGNATURE_REQUIRED", "the identity challenge must be signed: give " +
                                               caller.fieldName("identity-key-file") + " or " +
                                               caller.fieldName("identity-signature-file"));
  }
  co_return nullptr;
}

Task<Signature> signWith(evm::Signer& signer, std::string message) {
  const evm::MessageSignature signature = co_await signer.signMessage(std::move(message));
  co_return Signature{toHex0x(signature), signer.address()};
}

// `signer`: the key or wallet that signs; none: a file, or the person, gives a signature.
Task<Signature> signatureOf(std::string message, OnboardRequest& request, evm::Signer* signer, Caller caller) {
  if (signer) {
    const Signature made = co_await signWith(*signer, message);
    tellStep(caller, {}, "identity_signature", "signed",
             {{"file", request.identityKey ? request.identityKeyFile : std::string()},
              {"signer", evm::toChecksum(made.signer)}});
    co_return made;
  }
  if (request.signatureFile) {
    const std::string field = caller.fieldName("identity-signature-file");
    co_return checkedSignature(message, co_await awaitSignatureFile(*request.signatureFile, field, caller),
                               field + " file '" + printable(*request.signatureFile) + "'");
  }
  host::Question question{
      .name = "signature",
      .text = "Paste the EIP-191 signature",
      .instead = "Give " + caller.fieldName("identity-signature-file") + " or " + caller.fieldName("identity-key-file"),
      .facts = {{"message", message}}};
  std::string text = co_await host::ask(caller.conversation, std::move(question), [&](const std::string& given) {
    return evm::messageSigner(message, given) ? std::string()
                                              : std::string("That is no signature: 65 bytes, as 0x and 130 digits");
  });
  co_return checkedSignature(message, std::move(text), "the answer");
}

void requireController(const Json& challenge, const evm::Address& signer) {
  std::vector<std::string> expected;
  for (const Json& controller : challenge["controller_addresses"]) {
    const std::string text = controller.is_string() ? controller.get<std::string>() : dumpJson(controller);
    if (evm::parseAddress(text) == signer) return;
    expected.push_back(printable(text));
  }
  throw networkError("WRONG_SIGNER",
                     "the challenge was signed by " + evm::toChecksum(signer) + ", which does not control the identity",
                     expected.empty() ? "The Machine Market names no controller of it"
                                      : "Sign it with the key of " + join(expected, " or "));
}

Task<Json> activated(market::OrchestrationApi& api, std::string id) {
  std::optional<Error> failure;
  try {
    co_return co_await market::activateMachine(api, id);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    failure = error;
  }
  throw networkError(
      failure->code, "machine '" + printable(id) + "' is registered, but not active: " + failure->message,
      (failure->hint.empty() ? "" : failure->hint + ". ") + "Its state: peaqos scale machine status " + printable(id));
}

}  // namespace

Task<std::optional<Json>> onboardMachine(OnboardRequest request, Caller caller) {
  check(request, caller);
  blindKeys(caller.host.random);
  auto key = keyGiven(request);
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  const auto signer = co_await signerFor(request, std::move(key), *session, caller);

  tellStep(caller, {1, kOnboardingSteps}, "identity_challenge", "started");
  const Json challenge = co_await market::identityChallenge(api, request.identityRef);
  tellStep(caller, {2, kOnboardingSteps}, "identity_signature", "started");
  tellStep(caller, {}, "challenge", "issued",
           {{"kind", "identity"},
            {"message", challenge["message"]},
            {"identity_ref", challenge["identity_ref"]},
            {"method", challenge["verification_method"]},
            {"controllers", challenge["controller_addresses"]}});
  const Signature signature =
      co_await signatureOf(challenge["message"].get<std::string>(), request, signer.get(), caller);
  requireController(challenge, signature.signer);

  if (!request.yes) {
    tellStep(caller, {}, "onboarding_summary", "shown", summaryOf(request));
    host::Question question{.name = "confirm_onboarding",
                            .text = "Proceed with registration?",
                            .instead = "Use " + caller.fieldName("yes"),
                            .facts = summaryOf(request)};
    if (!co_await host::confirm(caller.conversation, std::move(question))) co_return std::nullopt;
  }
  tellStep(caller, {3, kOnboardingSteps}, "machine_registration", "started");
  Json machine = co_await market::registerMachine(
      api, bodyOf(request, {{"challengeId", challenge["challenge_id"]}, {"signature", signature.text}}));
  if (request.skipActivate) co_return machine;
  tellStep(caller, {4, kOnboardingSteps}, "machine_activation", "started");
  co_return co_await activated(api, machine["id"].get<std::string>());
}

}  // namespace peaqos::app
