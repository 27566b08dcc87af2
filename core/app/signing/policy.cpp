// SPDX-License-Identifier: Apache-2.0
#include "app/signing/policy.hpp"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/fees.hpp"
#include "market/amounts.hpp"
#include "peaq/did.hpp"

namespace peaqos::app {
namespace {

using evm::U256;
using policy::Guard;

constexpr char kLater[] = "each transaction is judged again before it is signed";

Json limitJson(const policy::Judge& judge, const policy::Currency& currency, const char* window, bool fees,
               const U256& limit, std::int64_t length) {
  const U256 spent = judge.spent(currency.name, fees, length);
  const auto text = [](const U256& units) { return market::exactAmount(units, policy::kDecimals); };
  return {{"rule", std::string(fees ? "fees." : "amounts.") + currency.name + "." + window},
          {"currency", currency.name},
          {"limit", text(limit)},
          {"spent", text(spent)},
          {"left", text(spent < limit ? limit - spent : U256())}};
}

void addLimits(Json& out, const policy::Judge& judge, const std::optional<std::vector<policy::Currency>>& currencies,
               bool fees) {
  if (!currencies) return;
  for (const policy::Currency& currency : *currencies) {
    const policy::Limits& limits = currency.limits;
    if (limits.perHour) {
      out.push_back(limitJson(judge, currency, "perHour", fees, *limits.perHour, policy::kHour));
    }
    if (limits.perDay) out.push_back(limitJson(judge, currency, "perDay", fees, *limits.perDay, policy::kDay));
  }
}

struct Judged {
  std::string step;
  Guard::Verdict verdict;
};

const char* word(const Guard::Verdict& verdict) {
  return verdict.refusal ? "refused" : verdict.consent ? "person" : "allowed";
}

Json transactionJson(const Judged& each) {
  Json out{{"step", each.step}, {"verdict", word(each.verdict)}, {"reason", nullptr}, {"hint", nullptr}};
  if (each.verdict.refusal) {
    out["reason"] = each.verdict.refusal->message;
    out["hint"] = each.verdict.refusal->hint;
  } else if (each.verdict.consent) {
    out["reason"] = *each.verdict.consent;
    out["hint"] = "A person is asked on a terminal";
  }
  return out;
}

Json report(const std::optional<Guard::Standing>& standing, const std::vector<Judged>& judged, Json note) {
  std::string verdict = "allowed";
  Json transactions = Json::array();
  for (const Judged& each : judged) {
    transactions.push_back(transactionJson(each));
    const std::string one = word(each.verdict);
    if (one == "refused" || (one == "person" && verdict == "allowed")) verdict = one;
  }
  return {{"file", standing ? Json(standing->policy.path) : Json(nullptr)},
          {"verdict", verdict},
          {"transactions", std::move(transactions)},
          {"note", std::move(note)}};
}

Task<Json> judged(Guard& guard, std::vector<evm::Proposal> proposals) {
  std::vector<Judged> out;
  for (const evm::Proposal& proposal : proposals) out.push_back({.step = proposal.step, .verdict = {}});
  auto verdicts = co_await guard.verdicts(std::move(proposals));
  for (std::size_t i = 0; i < out.size(); ++i) out[i].verdict = std::move(verdicts[i]);
  co_return report(co_await guard.standing(), out, nullptr);
}

Task<Json> judgedBeforehand(Guard& guard, std::string step, policy::Deed deed, std::string note) {
  std::vector<Judged> one;
  one.push_back({.step = std::move(step), .verdict = co_await guard.verdict(std::move(deed))});
  co_return report(co_await guard.standing(), one, std::move(note));
}

// A step of an activation as it will be signed, as far as the rules can tell: values of attributes do not matter to
// them, nor does the machine's ID, since its account is known.
evm::Proposal proposalOf(const ActivationToPlan& found, const peaq::PlannedStep& step, const evm::Prices& prices,
                         std::uint64_t chainId) {
  const auto& [plan, contracts] = found;
  const evm::Address payer = step.byMachine ? plan.machine : plan.operatorAddress;
  evm::Proposal proposal{.step = std::string(step.name), .machine = {}, .from = payer, .transaction = {}};
  proposal.transaction.chainId = chainId;
  proposal.transaction.maxFeePerGas = prices.maxFee;
  proposal.transaction.gasLimit = evm::withMargin(step.gas);
  proposal.transaction.value = step.value;
  if (step.name == "register") {
    proposal.transaction.to = contracts.identityRegistry;
    proposal.transaction.data = plan.proxy ? peaq::registerForCalldata(plan.machine) : peaq::registerCalldata();
  } else if (step.name == "mint") {
    proposal.step = "mint_nft";
    proposal.transaction.to = contracts.machineNft;
    proposal.transaction.data = peaq::mintCalldata({}, plan.machine);
  } else {
    const std::vector<peaq::AttributeWrite> writes{{peaq::AttributeChange::Add, {"documentation", ""}}};
    const evm::Address subject = step.name == "machine_did" ? plan.machine : plan.operatorAddress;
    proposal.transaction.to = contracts.batchPrecompile;
    proposal.transaction.data = peaq::writeAttributesCalldata(contracts, subject, writes);
  }
  return proposal;
}

}  // namespace

Task<std::string> checkPolicy(Caller caller) {
  const Configuration configuration = co_await loadConfiguration(caller);
  const policy::Place place = configuration.policyPlace();
  const auto found = co_await policy::readPolicy(caller.host, caller.conversation, place);
  if (found) co_return found->path;
  throw configurationError("NO_POLICY", "there is no policy: neither PEAQOS_POLICY nor a file '" + place.path + "'",
                           "Without one everything is allowed; docs/security.md has an example");
}

Task<Json> showPolicy(Caller caller) {
  const auto session = co_await Session::open(caller);
  ledger::Ledger ledger = session->ledger();
  auto standing = co_await session->guard(ledger).standing();
  Json limits = Json::array();
  if (!standing) co_return Json{{"file", nullptr}, {"rules", nullptr}, {"limits", std::move(limits)}};
  const policy::Rules& rules = standing->policy.rules;
  const policy::Judge judge(rules, standing->policy.path, standing->now, std::move(standing->spent));
  addLimits(limits, judge, rules.amounts, false);
  addLimits(limits, judge, rules.fees, true);
  co_return Json{
      {"file", standing->policy.path}, {"rules", std::move(standing->policy.document)}, {"limits", std::move(limits)}};
}

Task<Json> testEventPolicy(SubmitEventRequest request, Caller caller) {
  const auto session = co_await Session::open(caller);
  UnsignedTransaction prepared = co_await prepareEvent(std::move(request), caller, *session);
  ledger::Ledger ledger = session->ledger();
  std::vector<evm::Proposal> one;
  one.push_back(
      {.step = kSubmitEventStep, .machine = {}, .from = prepared.from, .transaction = std::move(prepared.transaction)});
  co_return co_await judged(session->guard(ledger), std::move(one));
}

Task<Json> testActivationPolicy(PlanActivationRequest request, Caller caller) {
  const auto session = co_await Session::open(caller);
  const ActivationToPlan found = co_await readActivationPlan(std::move(request), caller, *session);
  evm::RpcClient rpc = session->rpc();
  const evm::Prices prices = co_await evm::readPrices(rpc);
  const auto replies = co_await rpc.read({evm::chainIdCall()});
  const std::uint64_t chainId = evm::uint64Of(replies[0], "the chain id");
  std::vector<evm::Proposal> proposals;
  for (const peaq::PlannedStep& step : found.plan.steps) {
    if (step.due && step.gas > 0) proposals.push_back(proposalOf(found, step, prices, chainId));
  }
  ledger::Ledger ledger = session->ledger();
  co_return co_await judged(session->guard(ledger), std::move(proposals));
}

Task<Json> testEventsPolicy(Caller caller) {
  const auto session = co_await Session::open(caller);
  ledger::Ledger ledger = session->ledger();
  policy::Deed deed{.operation = "qualify events"};
  deed.contracts.push_back(session->configuration.contracts().eventRegistry);
  co_return co_await judgedBeforehand(
      session->guard(ledger), "submit_events", std::move(deed),
      std::string("the file's machines and fees are not known before its events are sent: ") + kLater);
}

Task<Json> testOrderPolicy(std::string machineId, Caller caller) {
  const auto session = co_await Session::open(caller);
  ledger::Ledger ledger = session->ledger();
  policy::Deed deed{.operation = "scale order", .machines = {{.name = std::move(machineId)}}};
  co_return co_await judgedBeforehand(
      session->guard(ledger), "order_payment", std::move(deed),
      std::string("the price and who is paid are not known before the order is placed: ") + kLater);
}

}  // namespace peaqos::app
