// SPDX-License-Identifier: Apache-2.0
#include "app/machine/activation_terms.hpp"

#include <iterator>

#include "app/settings/whoami.hpp"
#include "app/signing/session.hpp"
#include "peaq/contracts.hpp"
#include "peaq/deployment.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::app {
namespace {

namespace v2 = peaq::v2;

struct NamedField {
  const char* name;
  bool required;
};

constexpr NamedField kFirstFields[] = {
    {"for", false}, {"machineKey", false}, {"docUrl", true}, {"dataApi", true}, {"visibility", false}};
constexpr NamedField kSecondFields[] = {
    {"for", false},    {"machineKey", false}, {"machineType", true}, {"credentialSubjectHex", false}, {"tier", false},
    {"docUrl", false}, {"dataApi", false},    {"visibility", false}, {"didDocument", false}};
constexpr const char* kFirstSteps[] = {"balance", "two_factor", "fund", "register", "mint", "machine_did"};
constexpr const char* kSecondSteps[] = {"balance", "two_factor", "fund", "approve_token", "activate"};

template <std::size_t size>
Json fieldsOf(const NamedField (&fields)[size]) {
  Json list = Json::array();
  for (const NamedField& field : fields) list.push_back({{"name", field.name}, {"required", field.required}});
  return list;
}

Task<Json> readTiers(evm::RpcClient& rpc, v2::Roles roles) {
  std::vector<evm::RpcCall> calls;
  for (std::uint64_t tier = 0; tier < std::size(v2::kTiers); ++tier) {
    calls.push_back(v2::readCall(roles.machineSubscription, v2::subscription::kRequiredPeaqAmount, {tier}));
  }
  const auto replies = co_await rpc.read(std::move(calls));
  Json tiers = Json::array();
  for (std::size_t tier = 0; tier < std::size(v2::kTiers); ++tier) {
    const bool unpriced = v2::revertOf(replies[tier]).has_value();
    tiers.push_back({{"name", v2::kTiers[tier]},
                     {"bondWei", unpriced ? Json(nullptr)
                                          : Json(peaq::numberFrom(replies[tier], "the price of a bond").toDecimal())}});
  }
  co_return tiers;
}

}  // namespace

Task<Json> activationTerms(Caller caller) {
  const auto session = co_await Session::open(caller);
  evm::RpcClient rpc = session->rpc();
  const peaq::Deployment deployment = co_await peaq::findDeployment(session->configuration.deployment(), rpc);
  const bool second = deployment.record.generation == peaq::Generation::Second;
  Json terms{{"deployment", toJson(deployment)},
             {"currency", deployment.record.currency},
             {"steps", second ? Json(kSecondSteps) : Json(kFirstSteps)},
             {"fields", second ? fieldsOf(kSecondFields) : fieldsOf(kFirstFields)},
             {"tiers", Json::array()}};
  if (second) terms["tiers"] = co_await readTiers(rpc, session->configuration.roles(deployment.record));
  co_return terms;
}

}  // namespace peaqos::app
