// SPDX-License-Identifier: Apache-2.0
#include "app/migrate/plan_migration.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "app/machine/identity.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/contracts.hpp"
#include "peaq/did.hpp"
#include "peaq/machine_attributes.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/did_file.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/preflight.hpp"

namespace peaqos::app {
namespace {

namespace v2 = peaq::v2;

struct Wanted {
  evm::Address account;  // of the machine of the first generation
  std::string type;
  Bytes subject = {};
  v2::Tier tier = v2::Tier::Entry;
  evm::U256 id = {};
};

Wanted check(const MigrationRequest& request, const Caller& caller) {
  const std::string did = peaq::checkDid(request.did);
  Wanted wanted{.account = *evm::parseAddress(did.substr(peaq::kDidMethod.size())),
                .type = checkMachineType(request.machineType, caller.fieldName("machine-type"))};
  wanted.subject = request.credentialSubject
                       ? checkCredentialSubject(*request.credentialSubject, caller.fieldName("credential-subject-hex"))
                       : Bytes(wanted.account.bytes.begin(), wanted.account.bytes.end());
  const auto tier = v2::parseTier(request.tier);
  if (!tier) {
    throw inputError("BAD_FIELD", caller.fieldName("tier") + " is '" + printable(request.tier) + "'",
                     "Use entry, basic or pro");
  }
  wanted.tier = *tier;
  wanted.id = v2::machineIdOf(wanted.type, wanted.subject);
  return wanted;
}

// The precompile that keeps the first generation's DIDs.
peaq::Contracts didContracts(const MachineWork& work) {
  const auto set = work.session->configuration.look("DID_REGISTRY_ADDRESS");
  const auto first = *peaq::findNetwork(work.record.name);
  const std::string text = set ? set->value : std::string(first.contracts.didRegistry);
  peaq::Contracts contracts;
  contracts.didRegistry = checkAddress(text, "DID_REGISTRY_ADDRESS");
  return contracts;
}

using Attributes = std::map<std::string, std::string>;

Json textOrNull(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? Json(nullptr) : Json(found->second);
}

// The key that signs for the machine, and what its old DID said.
v2::DidDocument documentOf(const Wanted& wanted, const Attributes& attributes) {
  v2::DidDocument document;
  document.controller = wanted.account;
  document.verificationMethods.push_back({.id = "#key-1",
                                          .methodType = "EcdsaSecp256k1RecoveryMethod2020",
                                          .controller = wanted.account,
                                          .publicKeyMultibase = evm::toChecksum(wanted.account)});
  document.authentication.emplace_back(0);
  const struct {
    const char *attribute, *id, *type;
  } kServices[] = {{"documentation_url", "#documentation", "Documentation"},
                   {"data_api", "#data-api", "DataApi"},
                   {"data_visibility", "#data-visibility", "DataVisibility"}};
  for (const auto& service : kServices) {
    const auto found = attributes.find(service.attribute);
    if (found == attributes.end() || found->second.empty()) continue;
    document.serviceEndpoints.push_back(
        {.id = service.id, .serviceType = service.type, .serviceEndpoint = found->second});
  }
  return document;
}

Json commandOf(const Wanted& wanted, const MigrationRequest& request) {
  return Json::array({"peaqos", "activate", "--machine-type", wanted.type, "--credential-subject-hex",
                      toHex0x(wanted.subject), "--manufacturer", evm::toChecksum(wanted.account), "--tier",
                      name(wanted.tier), "--did-document", request.file});
}

Json notCarriedOver(const Attributes& attributes) {
  Json list = Json::array({"The bond of the first generation stays where it is: nothing pays it back or counts it here",
                           "The machine's NFT and its events stay with the old ID; the rating begins anew",
                           "The old DID stays as it is, and points at nothing new"});
  if (attributes.contains("operator")) {
    list.push_back(
        "The operator has no rights in the new machine: make it the controller with "
        "peaqos machine did set-controller");
  }
  return list;
}

}  // namespace

Task<Json> planMigration(MigrationRequest request, Caller caller) {
  const Wanted wanted = check(request, caller);
  const auto work = co_await MachineWork::open(std::move(caller), MachineWork::Settings::OfEither);
  const peaq::Contracts contracts = didContracts(*work);
  std::vector<evm::RpcCall> calls = v2::preflightCalls(work->roles, {.economic = true});
  const std::size_t checks = calls.size();
  std::ranges::move(v2::purseCalls(work->roles, wanted.account), std::back_inserter(calls));
  const std::size_t purse = calls.size();
  for (const std::string_view attribute : peaq::kMachineAttributes) {
    calls.push_back(peaq::readAttributeCall(contracts, wanted.account, attribute));
  }
  calls.push_back(
      v2::readCall(work->roles.machineSubscription, v2::subscription::kPendingVoucherCredit, {wanted.account}));
  std::ranges::move(v2::stateCalls(work->roles, wanted.id), std::back_inserter(calls));
  const auto replies = co_await work->read(std::move(calls));
  const std::uint64_t chainId =
      v2::checkPreflight(std::span(replies).first(checks), work->roles, work->record, {.economic = true});
  Attributes attributes;
  std::size_t at = purse;
  for (const std::string_view attribute : peaq::kMachineAttributes) {
    const auto value = peaq::attributeFrom(replies[at++], attribute, wanted.account);
    if (value) attributes[std::string(attribute)] = *value;
  }
  if (!attributes.contains("machineId")) {
    throw networkError("MACHINE_NOT_FOUND", "no machine of the first generation has the DID " + printable(request.did),
                       "Check the DID and PEAQOS_NETWORK");
  }
  const evm::U256 voucher = peaq::numberFrom(replies[at++], "the voucher of " + evm::toChecksum(wanted.account));
  const v2::MachineState present = v2::stateFrom(std::span(replies).subspan(at, v2::kStateCalls), wanted.id);
  const v2::Purse prices = v2::purseFrom(std::span(replies).subspan(checks, purse - checks), wanted.account);
  const evm::U256 bond = prices.bondOf(static_cast<std::uint64_t>(wanted.tier));
  const evm::U256 credit = voucher < bond ? voucher : bond;
  co_return Json{{"deployment_id", work->record.id},
                 {"chain_id", std::to_string(chainId)},
                 {"from",
                  {{"did", request.did},
                   {"machine_id", textOrNull(attributes, "machineId")},
                   {"operator", textOrNull(attributes, "operator")},
                   {"documentation_url", textOrNull(attributes, "documentation_url")},
                   {"data_api", textOrNull(attributes, "data_api")},
                   {"data_visibility", textOrNull(attributes, "data_visibility")}}},
                 {"machine_id", wanted.id.toDecimal()},
                 {"did", v2::machineDid(wanted.id)},
                 {"machine_type", wanted.type},
                 {"credential_subject", toHex0x(wanted.subject)},
                 {"already_active", present.owner.has_value()},
                 {"tier", name(wanted.tier)},
                 {"bond_amount", bond.toDecimal()},
                 {"voucher_credit", credit.toDecimal()},
                 {"net_peaq_amount", (bond - credit).toDecimal()},
                 {"did_document", v2::didFileOf(documentOf(wanted, attributes))},
                 {"command", commandOf(wanted, request)},
                 {"not_carried_over", notCarriedOver(attributes)}};
}

}  // namespace peaqos::app
