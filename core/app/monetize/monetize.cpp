// SPDX-License-Identifier: Apache-2.0
#include "app/monetize/monetize.hpp"

#include <chrono>
#include <utility>

#include "app/machine/rights.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/monetization.hpp"

namespace peaqos::app {
namespace {

// The API, once it is known to be the deployment's.
struct Monetization {
  peaq::v2::MonetizationApi api;
  std::uint64_t chainId = 0;
};

// The chain of a development deployment is known to its node alone.
Task<std::uint64_t> chainOf(MachineWork& work) {
  if (work.record.chainId != 0) co_return work.record.chainId;
  const auto replies = co_await work.read({evm::chainIdCall()});
  co_return evm::uint64Of(replies[0], "the chain id");
}

Task<Monetization> openMonetization(MachineWork& work) {
  if (work.record.monetizationVersion.empty()) {
    throw configurationError("MONETIZATION_API_INCOMPATIBLE",
                             "deployment " + std::string(work.record.id) + " has no monetisation; nothing was signed",
                             "Check PEAQOS_DEPLOYMENT_ID");
  }
  Monetization out{.api = {work.session->http, work.session->mcrUrl(peaq::Generation::Second)},
                   .chainId = co_await chainOf(work)};
  co_await out.api.check({.version = std::string(work.record.monetizationVersion),
                          .chainId = out.chainId,
                          .registry = work.roles.machineRegistry});
  co_return out;
}

std::string_view wordOf(bool optIn) { return optIn ? "OPTED_IN" : "OPTED_OUT"; }

// Signs with the time of now, and sends.
Task<Json> choose(Monetization& monetization, MachineWork& work, evm::Signer& signer, evm::U256 id, bool optIn) {
  const peaq::v2::Choice choice{.registry = work.roles.machineRegistry,
                                .chainId = monetization.chainId,
                                .machineId = id,
                                .optedIn = optIn,
                                .timestamp = static_cast<std::uint64_t>(work.caller.host.clock.now() / 1'000'000)};
  const evm::MessageSignature signature = co_await signer.signMessage(messageOf(choice));
  co_return co_await monetization.api.choose(choice, signature);
}

// The answer, or the error where another try may help.
struct Attempt {
  Json status = {};
  std::optional<Error> unavailable = {};
};

Task<Attempt> tryOnce(Monetization& monetization, MachineWork& work, evm::Signer& signer, evm::U256 id, bool optIn) {
  try {
    co_return Attempt{.status = co_await choose(monetization, work, signer, id, optIn)};
  } catch (const Error& error) {
    if (error.code != "MACHINE_UNAVAILABLE") throw;
    co_return Attempt{.status = {}, .unavailable = error};
  }
}

Rows planRows(const Json& profile, const Json& status, const MonetizeRequest& request, const evm::Address& signer,
              const MachineWork& work) {
  const Json& machine = profile["peaqos"];
  return {{"Machine", textOrEmpty(status, "machine_id")},
          {"Type", textOrEmpty(machine, "machine_type")},
          {"Owner", textOrEmpty(machine, "owner")},
          {"Controller", textOrEmpty(machine, "controller")},
          {"Rating", textOrEmpty(machine, "mcr")},
          {"Monetisation now", textOrEmpty(status, "status")},
          {"Afterwards", std::string(wordOf(request.optIn))},
          {"Signer", evm::toChecksum(signer)},
          {"Deployment", std::string(work.record.id)}};
}

}  // namespace

Task<Json> monetizationStatus(std::string machine, Caller caller) {
  const evm::U256 id = checkMachineId(machine, caller.argumentName("machine-id"));
  const auto work = co_await MachineWork::open(std::move(caller));
  Monetization monetization = co_await openMonetization(*work);
  co_return co_await monetization.api.status(id);
}

Task<Json> monetize(MonetizeRequest request, Caller caller) {
  const evm::U256 id = checkMachineId(request.machine, caller.argumentName("machine-id"));
  const auto work = co_await MachineWork::open(std::move(caller));
  Monetization monetization = co_await openMonetization(*work);
  Json status = co_await monetization.api.status(id);
  if (textOrEmpty(status, "status") == wordOf(request.optIn)) co_return status;
  evm::Signer* signer = co_await work->signer();
  const Json profile = co_await work->session->mcrApi(peaq::Generation::Second).profile(peaq::v2::machineDid(id));
  co_await agree(work->caller, request.consent, request.optIn ? "Opt-in to monetisation" : "Opt-out of monetisation",
                 planRows(profile, status, request, signer->address(), *work), "Sign and send this choice?");
  if (request.consent == Consent::PlanOnly) co_return status;
  co_await signer->unlock();
  // Somebody may have thought for long: what is there already is not signed for.
  status = co_await monetization.api.status(id);
  if (textOrEmpty(status, "status") == wordOf(request.optIn)) co_return status;
  for (int tries = 0;; ++tries) {
    Attempt attempt = co_await tryOnce(monetization, *work, *signer, id, request.optIn);
    if (!attempt.unavailable) co_return std::move(attempt.status);
    if (tries == request.retries) throw Error(*attempt.unavailable);
    co_await work->caller.host.clock.sleep(std::chrono::seconds(request.retryDelaySeconds));
  }
}

}  // namespace peaqos::app
