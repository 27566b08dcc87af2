// SPDX-License-Identifier: Apache-2.0
#include "app/machine/change_machine.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/machine/planned_change.hpp"
#include "app/machine/work.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/offline.hpp"
#include "base/error.hpp"
#include "peaq/decoded_call.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/preflight.hpp"

namespace peaqos::app {
namespace {

using peaq::v2::Change;
using peaq::v2::MachineState;

// The chain at one moment: what a Situation refers to.
struct Sight {
  std::uint64_t chainId = 0;
  std::optional<MachineState> machine;
  std::vector<evm::RpcReply> replies;
};

class MachineChange {
 public:
  MachineChange(MachineWork& work, const Wish& wish, evm::Signer& signer) : work_(work), wish_(wish), signer_(signer) {}

  Task<Json> run(Consent consent, std::string since) {
    co_await settleEarlier();
    const Sight before = co_await lookFirst();
    const Situation now = situation(before);
    if (wish_.fulfilled(now)) {
      const Change change = wish_.change(now);
      co_return result(change, before, "confirmed", "ALREADY_CONFIRMED", wish_.outcome(now, now));
    }
    wish_.check(now);
    const Change change = wish_.change(now);
    co_await agree(work_.caller, consent, titleOf(change), planOf(now), "Sign and send this change?");
    if (consent == Consent::PlanOnly) co_return result(change, before, "preview", "PREVIEW", wish_.plan(now));
    const evm::Mined mined = co_await send(change, std::move(since));
    if (!peaq::v2::proves(mined.receipt, change)) co_await refuseUnproven(mined);
    const Sight after = co_await lookUntilFulfilled(mined, before);
    if (!mined.recorded) co_await work_.outbox->confirm(mined, factsOf());
    Json out = result(change, before, "confirmed", "CONFIRMED", wish_.outcome(now, situation(after)));
    out["transaction_hash"] = toHex0x(mined.receipt.transaction);
    co_return out;
  }

  Task<Plan> plan(std::string command) {
    const Sight now = co_await lookFirst();
    Plan plan{.command = std::move(command), .chainId = now.chainId, .signer = signer_.address()};
    readOpenRows(co_await work_.ledger->view(), signer_.address(), kMachineActionStep, plan);
    plan.read("deployment", std::string(work_.record.id), "generation 2");
    const Situation seen = situation(now);
    const bool done = wish_.fulfilled(seen);
    plan.read(done ? "is_so_already" : "change", machineText(),
              toJson(done ? wish_.outcome(seen, seen) : wish_.plan(seen)));
    if (done) co_return plan;
    wish_.check(seen);
    const Change change = wish_.change(seen);
    const evm::Rehearsal rehearsal = co_await work_.outbox->rehearse({intentOf(change)}, signer_.address());
    plan.transactions.push_back(
        plannedChange(rehearsal.transactions[0], change, kMachineActionStep, plan, std::string(wish_.action())));
    plan.transactions.back().currency = work_.record.currency;
    co_return plan;
  }

  Task<evm::Transaction> prepare() {
    const Sight sight = co_await lookFirst();
    const Situation now = situation(sight);
    if (wish_.fulfilled(now)) {
      throw inputError("ALREADY_CONFIRMED", "the chain shows this already: there is nothing to sign, and no file");
    }
    wish_.check(now);
    std::optional<evm::RevertError> reverted;
    try {
      co_return co_await work_.outbox->prepare(intentOf(wish_.change(now)), signer_.address());
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    throw peaq::v2::errorFrom(*reverted, std::string(wish_.action()));
  }

 private:
  Situation situation(const Sight& sight) const {
    return {.roles = work_.roles,
            .signer = signer_.address(),
            .machine = sight.machine ? &*sight.machine : nullptr,
            .replies = sight.replies};
  }

  // What an earlier run left under way for this machine ends first, whatever it was meant to do: only then does the
  // chain show what is. It is no answer to the wish of today.
  Task<void> settleEarlier() {
    for (ledger::Row& row : (co_await work_.ledger->view()).open) {
      const bool ours = row.step == kMachineActionStep &&
                        evm::parseAddress(row.transaction->account) == signer_.address() &&
                        textOrEmpty(row.facts, "machine_id") == machineText() &&
                        (work_.record.chainId == 0 || row.transaction->chainId == work_.record.chainId);
      if (!ours) continue;
      work_.say("earlier_write", "note", {{"step", row.step}, {"tx_hash", row.transaction->hash}});
      work_.outbox->useChain(row.transaction->chainId);
      co_await settle(std::move(row));
    }
  }

  Task<void> settle(ledger::Row row) {
    Json facts = row.facts;
    try {
      const auto mined = co_await work_.outbox->settle(std::move(row), &signer_);
      if (mined) co_await work_.outbox->confirm(*mined, std::move(facts));
    } catch (const evm::RevertError&) {
      // Its row is closed: it changed nothing.
    }
  }

  // With everything that must be right before something is signed; the machine is there.
  Task<Sight> lookFirst() {
    Sight sight = co_await look(true);
    work_.outbox->useChain(sight.chainId);
    if (sight.machine && !sight.machine->owner) throw peaq::v2::absence(*sight.machine);
    co_return sight;
  }

  // `first`: with everything that must be right before something is signed.
  Task<Sight> look(bool first) {
    std::vector<evm::RpcCall> calls;
    if (first) calls = peaq::v2::preflightCalls(work_.roles, {});
    const std::size_t checks = calls.size();
    if (wish_.machine())
      std::ranges::move(peaq::v2::stateCalls(work_.roles, *wish_.machine()), std::back_inserter(calls));
    const std::size_t own = calls.size();
    std::ranges::move(wish_.reads(work_.roles, signer_.address()), std::back_inserter(calls));
    std::vector<evm::RpcReply> replies = co_await work_.read(std::move(calls));
    Sight sight;
    if (first) {
      sight.chainId = peaq::v2::checkPreflight(std::span(replies).first(checks), work_.roles, work_.record, {});
    }
    if (wish_.machine()) {
      sight.machine = peaq::v2::stateFrom(std::span(replies).subspan(checks, own - checks), *wish_.machine());
    }
    replies.erase(replies.begin(), replies.begin() + static_cast<std::ptrdiff_t>(own));
    sight.replies = std::move(replies);
    co_return sight;
  }

  Task<Sight> lookUntilFulfilled(evm::Mined mined, const Sight& before) {
    for (int looks = 1;; ++looks) {
      Sight after = co_await look(false);
      after.chainId = before.chainId;
      const bool here = !after.machine || after.machine->owner;
      if (here && wish_.fulfilled(situation(after))) co_return after;
      if (looks == peaq::v2::kLooks) break;
      co_await work_.caller.host.clock.sleep(peaq::v2::kBetweenLooks);
    }
    co_await work_.outbox->confirm(mined, factsOf());
    throw networkError("STATE_MISMATCH",
                       "transaction " + toHex0x(mined.receipt.transaction) +
                           " made the change, but the chain shows another state by now",
                       "Look at the machine: somebody else may have changed it");
  }

  Task<void> refuseUnproven(evm::Mined mined) {
    co_await work_.outbox->fail(mined, factsOf(), "its event is missing");
    throw networkError(
        "EVENT_MISMATCH",
        "transaction " + toHex0x(mined.receipt.transaction) + " was mined without the event of this change",
        "Look at the machine, and check PEAQOS_DEPLOYMENT_ID");
  }

  evm::Intent intentOf(const Change& change) const {
    return {.step = kMachineActionStep,
            .to = change.contract,
            .value = {},
            .data = change.data,
            .facts = factsOf(),
            .function = std::string(change.method),
            .arguments = peaq::decodeCall(change.data).arguments};
  }

  Task<evm::Mined> send(Change change, std::string since) {
    evm::Intent intent = intentOf(change);
    std::optional<evm::RevertError> reverted;
    try {
      co_return co_await work_.outbox->send(
          std::move(intent), signer_, {}, {.joinEqual = true, .equalSince = std::move(since), .resendReplaced = true});
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    throw peaq::v2::errorFrom(*reverted, std::string(wish_.action()));
  }

  std::string machineText() const { return wish_.machine() ? wish_.machine()->toDecimal() : std::string(); }

  Json factsOf() const {
    Json facts{{"action", wish_.action()}, {"deployment", work_.record.id}};
    if (wish_.machine()) facts["machine_id"] = machineText();
    if (const Json subject = wish_.subject(); !subject.is_null()) facts["subject"] = subject;
    return facts;
  }

  std::string titleOf(const Change& change) const {
    return std::string(peaq::v2::bareName(change.method)) + " of " + std::string(change.contractName) +
           (wish_.machine() ? ", machine " + machineText() : "");
  }

  Rows planOf(const Situation& now) const {
    Rows rows = wish_.plan(now);
    rows.emplace_back("Signer", evm::toChecksum(now.signer));
    rows.emplace_back("Deployment", std::string(work_.record.id));
    return rows;
  }

  Json result(const Change& change, const Sight& sight, std::string_view status, std::string_view code,
              const Rows& details) const {
    Json out{{"status", status},
             {"error_code", code},
             {"action", wish_.action()},
             {"deployment_id", work_.record.id},
             {"chain_id", std::to_string(sight.chainId)},
             {"contract", evm::toChecksum(change.contract)},
             {"method", code == "PREVIEW" ? change.method : peaq::v2::bareName(change.method)}};
    if (wish_.machine())
      out["machine_id"] = machineText();
    else
      out["operator"] = wish_.subject();
    out["phase"] = "action";
    out["details"] = toJson(details);
    return out;
  }

  MachineWork& work_;
  const Wish& wish_;
  evm::Signer& signer_;
};

}  // namespace

Task<Json> changeMachine(std::unique_ptr<Wish> wish, Consent consent, Caller caller) {
  const auto work = co_await MachineWork::open(std::move(caller));
  evm::Signer* signer = co_await work->signer();
  const std::string machine = wish->machine() ? wish->machine()->toDecimal() : std::string("all");
  const IntentLock lock = co_await lockIntent(work->caller, work->session->configuration,
                                              "machine " + machine + " " + evm::toChecksum(signer->address()));
  MachineChange change(*work, *wish, *signer);
  co_return co_await change.run(consent, lock.since);
}

Task<Json> writeUnsignedChange(std::unique_ptr<Wish> wish, std::string file, Caller caller) {
  const auto work = co_await MachineWork::open(std::move(caller));
  evm::Signer* signer = co_await work->signer();
  MachineChange change(*work, *wish, *signer);
  UnsignedTransaction prepared{.from = signer->address(), .transaction = co_await change.prepare()};
  co_return co_await writeUnsigned(std::move(prepared), std::move(file), work->caller);
}

Task<Plan> planChange(std::unique_ptr<Wish> wish, std::string command, Caller caller) {
  const auto work = co_await MachineWork::open(std::move(caller));
  evm::Signer* signer = co_await work->signer();
  MachineChange change(*work, *wish, *signer);
  co_return co_await change.plan(std::move(command));
}

}  // namespace peaqos::app
