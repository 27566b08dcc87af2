// SPDX-License-Identifier: Apache-2.0
#include "app/machine/renew_fleet.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "app/failure.hpp"
#include "app/machine/bonds.hpp"
#include "app/machine/change_machine.hpp"
#include "app/machine/fleet_ids.hpp"
#include "app/machine/horizon.hpp"
#include "app/machine/planned_change.hpp"
#include "app/signing/intent_lock.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace peaqos::app {
namespace {

using peaq::v2::MachineState;
using peaq::v2::SubscriptionStatus;

// Only what has a subscription that has not ended for good can be renewed.
bool isDue(const MachineState& machine, std::uint64_t horizon) {
  const bool renewable = machine.owner && machine.status != SubscriptionStatus::NotActivated &&
                         machine.status != SubscriptionStatus::Terminated;
  return renewable && machine.subscription.periodEnd < horizon;
}

std::string statusOf(const Bond& bond) {
  if (bond.refusal) return "cannot";
  if (bond.failure && !bond.transaction) {
    const bool pending = bond.failure->code == "RECEIPT_PENDING" || bond.failure->code == "BROADCAST_UNKNOWN";
    return pending ? "pending" : "failed";
  }
  if (bond.failure) return "failed";
  return bond.transaction ? "renewed" : "due";
}

Json entryOf(const MachineState& machine, const std::string& status) {
  return {{"machine_id", machine.id.toDecimal()},
          {"status", status},
          {"tier", peaq::v2::tierWord(machine.subscription.tier)},
          {"subscription", name(machine.status)},
          {"previous_period_end", std::to_string(machine.subscription.periodEnd)}};
}

Json entryOf(const Bond& bond) {
  Json out = entryOf(bond.machine, statusOf(bond));
  if (bond.after) out["period_end"] = std::to_string(bond.after->subscription.periodEnd);
  if (!bond.refusal) {
    const evm::U256 amount = bond.bonded ? bond.bonded->bond : bond.amount;
    const evm::U256 credit = bond.bonded ? bond.bonded->credit : bond.credit;
    out["bond_amount"] = amount.toDecimal();
    out["credit"] = credit.toDecimal();
    out["net_peaq_amount"] = (amount - credit).toDecimal();
  }
  if (bond.transaction) out["transaction_hash"] = toHex0x(*bond.transaction);
  if (bond.refusal) out["error"] = toJson(*bond.refusal);
  if (bond.failure) out["error"] = toJson(*bond.failure);
  return out;
}

class FleetRenewal {
 public:
  FleetRenewal(MachineWork& work, evm::Signer& signer, RenewFleetRequest request)
      : work_(work), request_(std::move(request)), payer_(work, signer, {.renewal = true}) {}

  Task<Json> run(std::vector<evm::U256> ids, std::uint64_t span) {
    const MachineWork::Seen seen = co_await work_.look(std::move(ids));
    std::vector<evm::U256> due = dueOf(seen, span);
    co_await includeUnsettled(seen, due);
    if (due.empty()) co_return result(seen.chainId);
    co_await payer_.plan(std::move(due));
    leaveOutUnpaid();
    // An earlier run may just have been brought to its end: what it renewed is not due any more.
    if (payer_.dueCount() > 0) {
      co_await agree(work_.caller, request_.consent, "Renewal of " + counted(payer_.dueCount(), "machine"), planRows(),
                     "Pay these bonds?", payment());
      if (request_.consent != Consent::PlanOnly) co_await payer_.pay();
    }
    co_return result(payer_.chainId());
  }

  Task<Plan> plan(std::vector<evm::U256> ids, std::uint64_t span, const evm::Address& payer) {
    const MachineWork::Seen seen = co_await work_.look(std::move(ids));
    std::vector<evm::U256> due = dueOf(seen, span);
    Plan plan{.command = "machine renew", .chainId = seen.chainId, .signer = payer};
    plan.read("machines", "due",
              {{"machines", seen.machines.size()}, {"due", due.size()}, {"due_before", std::to_string(horizon_)}});
    readOpenRows(co_await work_.ledger->view(), payer, kMachineActionStep, plan);
    if (due.empty()) co_return plan;
    co_await payer_.look(std::move(due));
    payer_.describe(plan);
    co_return plan;
  }

 private:
  // The others are kept for the result.
  std::vector<evm::U256> dueOf(const MachineWork::Seen& seen, std::uint64_t span) {
    horizon_ = static_cast<std::uint64_t>(work_.caller.host.clock.now() / 1'000'000) + span;
    std::vector<evm::U256> due;
    for (const MachineState& machine : seen.machines) {
      isDue(machine, horizon_) ? due.push_back(machine.id) : others_.push_back(machine);
    }
    return due;
  }

  // A machine whose renewal an earlier run left under way may look as if it were not due, since it has been mined
  // meanwhile; its row is still to be closed, and it belongs into the result.
  Task<void> includeUnsettled(const MachineWork::Seen& seen, std::vector<evm::U256>& due) {
    for (const ledger::Row& row : (co_await work_.ledger->view()).open) {
      if (textOrEmpty(row.facts, "action") != "subscription_renew") continue;
      const std::string id = textOrEmpty(row.facts, "machine_id");
      const auto found = std::ranges::find(others_, id, [](const MachineState& m) { return m.id.toDecimal(); });
      if (found == others_.end() || row.transaction->chainId != seen.chainId) continue;
      unsettled_.push_back(found->id);
      due.push_back(found->id);
      others_.erase(found);
    }
  }

  // What was not due, and was not renewed either, is not renewed now.
  void leaveOutUnpaid() {
    for (const evm::U256& id : unsettled_) {
      const auto bond = std::ranges::find(payer_.bonds, id, [](const Bond& b) { return b.machine.id; });
      if (bond == payer_.bonds.end() || bond->transaction) continue;
      others_.push_back(bond->machine);
      payer_.bonds.erase(bond);
    }
  }

  Rows planRows() const {
    evm::U256 bonds, credit;
    Rows rows;
    for (const Bond& bond : payer_.bonds) {
      if (!bond.isDue()) continue;
      bonds = bonds + bond.amount;
      credit = credit + bond.credit;
      rows.emplace_back(bond.machine.id.toDecimal(),
                        peaq::v2::peaqText(bond.net()) + ", " + peaq::v2::tierWord(bond.tier) + ", " +
                            std::string(name(bond.machine.status)) + " until " +
                            formatTime(static_cast<std::int64_t>(bond.machine.subscription.periodEnd)));
    }
    rows.emplace_back("Bonds", peaq::v2::peaqText(bonds));
    if (credit != evm::U256()) rows.emplace_back("Bonding reward", peaq::v2::peaqText(credit));
    rows.emplace_back("To pay", peaq::v2::peaqText(payer_.sum()));
    rows.emplace_back("Approval", payer_.approvalDue() ? "of exactly this sum, in a transaction before" : "not needed");
    rows.emplace_back("Fees, about", peaq::v2::peaqText(payer_.fees()));
    rows.emplace_back("Payer", evm::toChecksum(payer_.purse().payer));
    for (const Bond& bond : payer_.bonds) {
      if (bond.refusal) rows.emplace_back("Left out", bond.refusal->message);
    }
    return rows;
  }

  // What a program needs to judge the transactions that follow.
  Json payment() const {
    Json machines = Json::array();
    for (const Bond& bond : payer_.bonds) {
      if (bond.isDue()) machines.push_back(bond.machine.id.toDecimal());
    }
    return {{"machine_ids", std::move(machines)},
            {"payer", evm::toChecksum(payer_.purse().payer)},
            {"net_wei", payer_.sum().toDecimal()},
            {"fee_wei", payer_.fees().toDecimal()}};
  }

  Json result(std::uint64_t chainId) {
    Json machines = Json::array();
    std::size_t renewed = 0, due = 0, missing = 0;
    evm::U256 bonds, credit;
    for (const Bond& bond : payer_.bonds) {
      machines.push_back(entryOf(bond));
      const std::string status = statusOf(bond);
      renewed += status == "renewed" ? 1U : 0U;
      due += status == "due" ? 1U : 0U;
      missing += status == "renewed" || status == "due" ? 0U : 1U;
      if (bond.refusal) continue;
      bonds = bonds + (bond.bonded ? bond.bonded->bond : bond.amount);
      credit = credit + (bond.bonded ? bond.bonded->credit : bond.credit);
    }
    for (const MachineState& machine : others_) {
      const bool runs = machine.owner && machine.status != SubscriptionStatus::NotActivated &&
                        machine.status != SubscriptionStatus::Terminated;
      machines.push_back(entryOf(machine, runs ? "not_due" : "ended"));
    }
    const bool preview = request_.consent == Consent::PlanOnly && due > 0;
    const bool partial = missing > 0 || (!preview && due > 0);
    return {{"status", partial   ? "partial"
                       : preview ? "preview"
                                 : "confirmed"},
            {"deployment_id", work_.record.id},
            {"chain_id", std::to_string(chainId)},
            {"due_before", std::to_string(horizon_)},
            {"machines", std::move(machines)},
            {"totals",
             {{"machines", std::to_string(payer_.bonds.size() + others_.size())},
              {"renewed", std::to_string(renewed)},
              {"due", std::to_string(due)},
              {"bond_amount", bonds.toDecimal()},
              {"credit", credit.toDecimal()},
              {"net_peaq_amount", (bonds - credit).toDecimal()}}}};
  }

  MachineWork& work_;
  RenewFleetRequest request_;
  BondPayer payer_;
  std::uint64_t horizon_ = 0;
  std::vector<MachineState> others_;
  std::vector<evm::U256> unsettled_;
};

std::vector<evm::U256> idsOf(const RenewFleetRequest& request, const Caller& caller) {
  std::vector<evm::U256> ids;
  for (const std::string& machine : request.machines) {
    ids.push_back(checkMachineId(machine, caller.fieldName("machines")));
  }
  return ids;
}

}  // namespace

Task<Json> renewFleet(RenewFleetRequest request, Caller caller) {
  const std::uint64_t span = checkSpan(request.before, caller.fieldName("before"));
  std::vector<evm::U256> ids = idsOf(request, caller);
  const auto work = co_await MachineWork::open(std::move(caller));
  evm::Signer* signer = co_await work->signer();
  if (ids.empty()) ids = co_await fleetIds(*work, request.did);
  const IntentLock lock =
      co_await lockIntent(work->caller, work->session->configuration, "bonds " + evm::toChecksum(signer->address()));
  FleetRenewal renewal(*work, *signer, std::move(request));
  co_return co_await renewal.run(std::move(ids), span);
}

Task<Plan> planRenewFleet(RenewFleetRequest request, Caller caller) {
  const std::uint64_t span = checkSpan(request.before, caller.fieldName("before"));
  std::vector<evm::U256> ids = idsOf(request, caller);
  const auto work = co_await MachineWork::open(std::move(caller));
  evm::Signer* signer = co_await work->signer();
  if (ids.empty()) ids = co_await fleetIds(*work, request.did);
  FleetRenewal renewal(*work, *signer, std::move(request));
  co_return co_await renewal.plan(std::move(ids), span, signer->address());
}

}  // namespace peaqos::app
