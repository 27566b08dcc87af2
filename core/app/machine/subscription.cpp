// SPDX-License-Identifier: Apache-2.0
#include "app/machine/subscription.hpp"

#include <utility>

#include "app/machine/bonds.hpp"
#include "app/machine/change_machine.hpp"
#include "app/machine/planned_change.hpp"
#include "app/machine/rights.hpp"
#include "app/signing/intent_lock.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace peaqos::app {
namespace {

peaq::v2::Tier checkTier(const std::string& word, const std::string& field) {
  if (const auto tier = peaq::v2::parseTier(word)) return *tier;
  throw inputError("BAD_FIELD", field + " is '" + printable(word) + "'", "Use entry, basic or pro");
}

peaq::v2::Payment checkPayment(const SubscriptionRequest& request, const Caller& caller) {
  const std::string slippage = caller.fieldName("slippage-bps");
  if (request.payment == "peaq") {
    if (!request.slippageBps) return {};
    throw inputError("BAD_FIELD", slippage + " goes with " + caller.fieldName("payment") + " usdt alone",
                     "Leave it out");
  }
  if (request.payment != "usdt") {
    throw inputError("BAD_FIELD", caller.fieldName("payment") + " is '" + printable(request.payment) + "'",
                     "Use peaq or usdt");
  }
  constexpr std::uint64_t kMost = 10'000;
  const auto number = request.slippageBps ? evm::U256::fromDecimal(*request.slippageBps) : std::nullopt;
  if (number && *number <= evm::U256(kMost)) return {.inUsdt = true, .slippageBps = *number->toUint64()};
  throw inputError("BAD_FIELD",
                   slippage + (request.slippageBps ? " is '" + printable(*request.slippageBps) + "'" : " is missing"),
                   "Give how far above its quote a payment in USDT may go, in hundredths of a percent: 0 to 10000");
}

std::string timeOr(std::uint64_t seconds) {
  return seconds == 0 ? "none" : formatTime(static_cast<std::int64_t>(seconds));
}

Rows planRows(const BondPayer& payer, const Bond& bond) {
  const peaq::v2::MachineState& machine = bond.machine;
  const bool renewal = payer.request().renewal;
  const std::uint64_t end = machine.subscription.periodEnd + payer.purse().periodLength;
  Rows rows{{"Machine", machine.id.toDecimal()},
            {"Owner", nameOf(*machine.owner)},
            {"Controller", nameOf(machine.controller())},
            {"Payer", evm::toChecksum(payer.purse().payer)},
            {"Tier", peaq::v2::tierWord(bond.tier)},
            {"Subscription", std::string(name(machine.status)) + ", until " + timeOr(machine.subscription.periodEnd)}};
  if (renewal) rows.emplace_back("Will run until", timeOr(end));
  rows.emplace_back("Bond", peaq::v2::peaqText(bond.amount));
  if (bond.credit != evm::U256()) {
    rows.emplace_back(renewal ? "Bonding reward" : "Voucher", peaq::v2::peaqText(bond.credit));
  }
  rows.emplace_back("To pay", peaq::v2::peaqText(bond.net()));
  if (payer.request().payment.inUsdt) {
    rows.emplace_back("Quote in USDT", bond.usdtQuote.toDecimal() + " base units");
    rows.emplace_back("At most", bond.usdtMaximum.toDecimal() + " base units");
  }
  rows.emplace_back("Approval", payer.approvalDue() ? "of exactly this sum, in a transaction before" : "not needed");
  rows.emplace_back("Fees, about", peaq::v2::peaqText(payer.fees()));
  return rows;
}

Json resultOf(const BondPayer& payer, const Bond& bond, const MachineWork& work) {
  const peaq::v2::Change change = payer.changeOf(bond);
  const bool preview = !bond.transaction;
  const peaq::v2::MachineState& shown = bond.after ? *bond.after : bond.machine;
  const evm::U256 amount = bond.bonded ? bond.bonded->bond : bond.amount;
  const evm::U256 credit = bond.bonded ? bond.bonded->credit : bond.credit;
  Json out{{"status", preview ? "preview" : "confirmed"},
           {"error_code", preview ? "PREVIEW" : "CONFIRMED"},
           {"action", payer.action()},
           {"deployment_id", work.record.id},
           {"chain_id", std::to_string(payer.chainId())},
           {"contract", evm::toChecksum(change.contract)},
           {"method", preview ? change.method : peaq::v2::bareName(change.method)},
           {"machine_id", bond.machine.id.toDecimal()}};
  if (bond.transaction) out["transaction_hash"] = toHex0x(*bond.transaction);
  out["phase"] = "action";
  out["owner"] = nameOf(*bond.machine.owner);
  out["payer"] = evm::toChecksum(payer.purse().payer);
  out["controller"] = evm::toChecksum(bond.machine.controller());
  out["tier"] = peaq::v2::tierWord(bond.bonded ? bond.bonded->tier : bond.tier);
  out["bond_amount"] = amount.toDecimal();
  out["credit"] = credit.toDecimal();
  out["net_peaq_amount"] = (amount - credit).toDecimal();
  if (bond.bonded && bond.bonded->usdt) out["usdt_amount"] = bond.bonded->usdt->toDecimal();
  const bool afterwards = bond.earlier && bond.bonded;  // the machine was read when it had been renewed already
  out["previous_period_end"] = std::to_string(afterwards ? bond.bonded->periodEnd - payer.purse().periodLength
                                                         : bond.machine.subscription.periodEnd);
  out["period_end"] = std::to_string(shown.subscription.periodEnd);
  out["bonded_amount"] = shown.subscription.bondedAmount.toDecimal();
  Rows details{{"Tier", textOrEmpty(out, "tier")},
               {"Bond", peaq::v2::peaqText(amount)},
               {payer.request().renewal ? "Bonding reward" : "Voucher", peaq::v2::peaqText(credit)},
               {preview ? "To pay" : "Paid", peaq::v2::peaqText(amount - credit)},
               {"Runs until", timeOr(shown.subscription.periodEnd)},
               {"Bonded", peaq::v2::peaqText(shown.subscription.bondedAmount)}};
  out["details"] = toJson(details);
  return out;
}

struct Subscribing {
  evm::U256 machine;
  BondRequest wanted;
};

Subscribing checkRequest(const SubscriptionRequest& request, const Caller& caller) {
  Subscribing asked{.machine = checkMachineId(request.machine, caller.argumentName("machine-id")),
                    .wanted = {.renewal = request.renewal, .payment = checkPayment(request, caller)}};
  if (request.tier) asked.wanted.tier = checkTier(*request.tier, caller.fieldName("tier"));
  if (!request.renewal && !request.tier) {
    throw inputError("MISSING_FIELD", caller.fieldName("tier") + " is missing", "Use entry, basic or pro");
  }
  return asked;
}

void checkTierChoice(const SubscriptionRequest& request, const MachineWork& work) {
  if (!request.renewal || !request.tier || work.record.renewalTierSelection) return;
  throw configurationError("RENEWAL_TIER_UNSUPPORTED",
                           "renewals of deployment " + std::string(work.record.id) + " keep the machine's tier",
                           "Leave out " + work.caller.fieldName("tier"));
}

}  // namespace

Task<Json> subscribeMachine(SubscriptionRequest request, Caller caller) {
  const Subscribing asked = checkRequest(request, caller);
  const auto work = co_await MachineWork::open(std::move(caller));
  checkTierChoice(request, *work);
  evm::Signer* signer = co_await work->signer();
  // Of all bonds that this signer pays from here: an approval is for the sum of one command.
  const IntentLock lock =
      co_await lockIntent(work->caller, work->session->configuration, "bonds " + evm::toChecksum(signer->address()));
  BondPayer payer(*work, *signer, asked.wanted);
  co_await payer.plan({asked.machine});
  Bond& bond = payer.bonds.front();
  if (bond.refusal) throw Error(*bond.refusal);
  if (!bond.transaction) {
    co_await agree(work->caller, request.consent, std::string(payer.action()), planRows(payer, bond), "Pay this bond?");
    if (request.consent != Consent::PlanOnly) co_await payer.pay();
  }
  if (bond.failure) throw Error(*bond.failure);
  co_return resultOf(payer, bond, *work);
}

Task<Plan> planSubscription(SubscriptionRequest request, Caller caller) {
  const Subscribing asked = checkRequest(request, caller);
  const auto work = co_await MachineWork::open(std::move(caller));
  checkTierChoice(request, *work);
  evm::Signer* signer = co_await work->signer();
  BondPayer payer(*work, *signer, asked.wanted);
  co_await payer.look({asked.machine});
  if (payer.bonds.front().refusal) throw Error(*payer.bonds.front().refusal);
  Plan plan{.command = request.renewal ? "machine subscription renew" : "machine subscription activate",
            .signer = signer->address()};
  readOpenRows(co_await work->ledger->view(), signer->address(), kMachineActionStep, plan);
  payer.describe(plan);
  co_return plan;
}

}  // namespace peaqos::app
