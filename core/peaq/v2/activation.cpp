// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/activation.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"
#include "peaq/contracts.hpp"
#include "peaq/funding.hpp"
#include "peaq/v2/activation_intents.hpp"
#include "peaq/v2/activation_proof.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::U256;

constexpr int kSteps = 5;
enum Step : int { kApproveStep = kFundStep + 1, kActivateStep };

class Work {
 public:
  Work(ActivationRequest request, ActivationContext context)
      : request_(std::move(request)),
        context_(std::move(context)),
        owner_(context_.signer.address()),
        machineId_(machineIdOf(request_.call.machineType, request_.call.credentialSubject)) {}

  Task<Activation> run() {
    ActivationState state = co_await read();
    if (!request_.dryRun) {
      co_await context_.ledger.open();
      if (co_await settleEarlier()) state = co_await read();
    }
    if (state.owner) co_return alreadyActive(state);
    if (request_.dryRun) co_return plan(state);
    co_await fund(state);
    checkMoney(state);
    co_await consent(state);
    co_await context_.signer.unlock();
    co_return co_await send(std::move(state));
  }

 private:
  const ActivationCall& call() const { return request_.call; }
  const evm::Address& controller() const { return request_.call.document.controller; }
  Task<ActivationState> read() {
    ActivationState state = co_await readActivationState(request_, context_, machineId_);
    context_.outbox.useChain(state.chainId);
    co_return state;
  }

  void report(int step, const char* name, const char* state, Json facts = Json::object()) {
    context_.conversation.progress(
        {.step = step, .steps = kSteps, .name = name, .state = state, .facts = std::move(facts)});
  }

  // --- What is there already

  Activation described(const ActivationState& state, ActivationStatus status) const {
    return {.status = status,
            .deployment = context_.deployment,
            .chainId = state.chainId,
            .machineStateAndSync = context_.roles.machineStateAndSync,
            .machineId = machineId_,
            .machineType = call().machineType,
            .manufacturer = call().manufacturer,
            .tier = call().tier,
            .owner = owner_,
            .controller = controller(),
            .rail = request_.rail,
            .slippageBps = request_.slippageBps};
  }

  // What an earlier run of this machine's left under way is brought to its end.
  Task<bool> settleEarlier() {
    bool any = false;
    for (ledger::Row& row : co_await context_.outbox.openRows(owner_)) {
      if (row.step != kApproveRow && row.step != kActivateRow) continue;
      if (textOrEmpty(row.facts, "machine_id") != machineId_.toDecimal()) continue;
      any = true;
      report(0, "earlier_write", "note", {{"step", row.step}, {"tx_hash", row.transaction->hash}});
      co_await settle(std::move(row));
    }
    co_return any;
  }

  Task<void> settle(ledger::Row row) {
    Json facts = row.facts;
    try {
      const auto mined = co_await context_.outbox.settle(std::move(row), &context_.signer);
      if (mined) co_await context_.outbox.confirm(*mined, std::move(facts));
    } catch (const evm::RevertError&) {
      // Recorded as failed; the chain's state says what is left to do.
    }
  }

  Activation alreadyActive(const ActivationState& state) {
    if (auto conflict = conflictOf(state, call(), owner_)) throw Error(std::move(*conflict));
    Activation done = described(state, ActivationStatus::AlreadyActive);
    done.subscription = state.subscription;
    done.homedLocally = state.homedLocally;
    report(kActivateStep, "activate", "skipped", {{"machine_id", machineId_.toDecimal()}});
    return done;
  }

  // --- Money

  bool approvalRequired(const ActivationState& state) const {
    return priceOf(state.quote) > U256() && state.allowance < priceOf(state.quote);
  }

  // Fees, at most: what the node suggests, and a fifth.
  U256 feesOf(const ActivationState& state) const {
    const std::uint64_t gas = (state.gas == 0 ? kActivateGas : state.gas) + (approvalRequired(state) ? kApproveGas : 0);
    return state.gasPrice * U256(evm::withMargin(gas));
  }

  void checkMoney(const ActivationState& state) const {
    const std::string who = evm::toChecksum(owner_);
    const U256 price = priceOf(state.quote), fees = feesOf(state);
    if (state.quote.usdt && state.payable < price) {
      throw networkError("INSUFFICIENT_USDT",
                         who + " holds " + state.payable.toDecimal() + " units of USDT and needs " + price.toDecimal() +
                             "; nothing was sent",
                         "Send it more, or pay in PEAQ: --payment peaq");
    }
    const U256 needed = state.quote.usdt ? fees : price + fees;
    const bool short_ =
        isOnePurse(state.quote) ? state.balance < needed : state.balance < fees || state.payable < price;
    if (!short_) return;
    const U256 held =
        isOnePurse(state.quote) || state.quote.usdt ? state.balance : std::min(state.balance, state.payable);
    throw networkError(
        "INSUFFICIENT_PEAQ",
        who + " holds " + evm::formatUnits(held, 18, 4) + " PEAQ and needs " + evm::formatUnitsUp(needed, 18, 4) +
            " PEAQ: " +
            (state.quote.usdt ? std::string("for fees")
                              : evm::formatUnitsUp(price, 18, 4) + " for the bond and at most " +
                                    evm::formatUnitsUp(fees, 18, 4) + " for fees") +
            "; nothing was sent",
        held < needed ? "Send it at least " + evm::formatUnitsUp(needed - held, 18, 4) + " PEAQ more" : "Send it more");
  }

  Task<void> fund(ActivationState& state) {
    std::vector<FundedWallet> wallets{{"Owner", owner_, &state.balance}};
    co_await fundWallets({.rpc = context_.rpc,
                          .ledger = context_.ledger,
                          .http = context_.http,
                          .clock = context_.clock,
                          .random = context_.random,
                          .conversation = context_.conversation,
                          .network = context_.deployment.record,
                          .gasStationUrl = context_.gasStationUrl,
                          .owner = owner_,
                          .steps = kSteps},
                         std::move(wallets), request_.skipFunding, false);
    if (isOnePurse(state.quote)) state.payable = state.balance;
  }

  // --- The plan and consent

  Activation plan(const ActivationState& state) const {
    Activation planned = described(state, ActivationStatus::Preview);
    planned.quote = state.quote;
    planned.balance = state.balance;
    planned.fees = feesOf(state);
    planned.approvalRequired = approvalRequired(state);
    return planned;
  }

  Task<void> consent(const ActivationState& state) {
    Json facts = toJson(plan(state));
    facts["deployment"] = context_.deployment.description();
    facts["subject_bytes"] = call().credentialSubject.size();
    report(0, "activation_plan", "shown", facts);
    if (request_.consented) co_return;
    host::Question question{.name = "confirm_activation",
                            .text = "Activate this machine?",
                            .instead = "Use --yes",
                            .facts = std::move(facts)};
    if (co_await host::confirm(context_.conversation, std::move(question))) co_return;
    throw inputError("NOT_CONFIRMED", "the activation was not confirmed, and nothing was sent");
  }

  // --- Sending

  evm::Intent approval(const ActivationState& state) const {
    const U256& amount = priceOf(state.quote);
    evm::Intent intent =
        approvalIntent(paymentTokenOf(state.quote), spenderOf(request_.rail, context_.roles), amount,
                       {{"machine_id", machineId_.toDecimal()}, {"deployment", context_.deployment.record.id}});
    intent.laterGas = kActivateGas;
    if (isOnePurse(state.quote)) intent.reserve = amount;
    return intent;
  }

  evm::Intent activation(const ActivationState& state) const {
    return activationIntent(request_, state.quote, context_, owner_);
  }

  Task<Activation> send(ActivationState state) {
    std::optional<evm::RevertError> reverted;
    try {
      const evm::Mined mined = co_await (approvalRequired(state) ? sendWithApproval(state) : sendAlone(state));
      co_return co_await proved(state, mined);
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    if (reverted->code == "AlreadyActivated" || reverted->code == "ERC721InvalidSender") {
      // Somebody was faster, maybe another run of this very command.
      const ActivationState now = co_await read();
      if (now.owner) co_return alreadyActive(now);
    }
    Error error = errorFrom(*reverted, "activation");
    if (reverted->revert.name.empty() && lowerCase(reverted->revert.reason).find("allowance") != std::string::npos) {
      error.code = "ALLOWANCE_INSUFFICIENT";
    }
    throw Error(std::move(error));
  }

  Task<evm::Mined> sendAlone(const ActivationState& state) {
    report(kApproveStep, "approve_token", "omitted", {{"reason", "enough is approved already"}});
    report(kActivateStep, "activate", "started");
    co_return co_await context_.outbox.send(activation(state), context_.signer,
                                            quoteAgain(request_, context_, state.quote), {.resendReplaced = true});
  }

  Task<evm::Mined> sendWithApproval(const ActivationState& state) {
    report(kApproveStep, "approve_token", "started");
    report(kActivateStep, "activate", "started");
    evm::Intent first = approval(state);
    Json approved = first.facts;
    evm::Outbox::Both both = co_await context_.outbox.sendBoth(std::move(first), activation(state), context_.signer,
                                                               quoteAgain(request_, context_, state.quote));
    if (const auto* refused = std::get_if<evm::RevertError>(&both.first)) {
      Error error = errorFrom(*refused, "the approval of the token");
      error.code = "APPROVAL_FAILED";
      throw Error(std::move(error));
    }
    if (const auto* error = std::get_if<Error>(&both.first)) throw Error(*error);
    const evm::Mined& mined = std::get<evm::Mined>(both.first);
    approved["tx_hash"] = toHex0x(mined.receipt.transaction);
    report(kApproveStep, "approve_token", "confirmed", approved);
    co_await context_.outbox.confirm(mined, std::move(approved));
    if (both.stopped) std::rethrow_exception(both.stopped);
    if (const auto* refused = std::get_if<evm::RevertError>(&both.second)) throw evm::RevertError(*refused);
    if (const auto* error = std::get_if<Error>(&both.second)) throw Error(*error);
    co_return std::get<evm::Mined>(std::move(both.second));
  }

  // --- Proof

  Task<Activation> proved(const ActivationState& state, const evm::Mined& mined) {
    const std::string hash = toHex0x(mined.receipt.transaction);
    std::string problem;
    const auto proof = proofFrom(mined.receipt, context_.roles,
                                 {.machineId = machineId_,
                                  .owner = owner_,
                                  .controller = controller(),
                                  .machineType = call().machineType,
                                  .tier = call().tier},
                                 problem);
    if (!proof) {
      co_await context_.outbox.fail(mined, mined.facts, "the receipt does not prove it: " + problem);
      throw networkError("EVENT_MISMATCH",
                         "transaction " + hash + " was mined, but does not prove the activation: " + problem,
                         "Look at the machine: peaqos machine status " + machineId_.toDecimal());
    }
    co_await context_.outbox.confirm(mined, mined.facts);
    Activation done = described(state, ActivationStatus::Activated);
    done.quote = state.quote;
    done.quote->bond = proof->bond;
    done.quote->credit = proof->credit;
    done.quote->net = proof->bond - std::min(proof->credit, proof->bond);
    done.usdtPaid = proof->usdtPaid;
    done.transaction = mined.receipt.transaction;
    const ActivationState now = co_await read();
    const auto conflicts = now.owner ? differencesOf(now, call(), owner_) : std::vector<std::string>{"nobody owns it"};
    const bool samePeriod = now.subscription.periodStart == proof->periodStart;
    if (!conflicts.empty() || !samePeriod) {
      throw networkError("STATE_MISMATCH",
                         "transaction " + hash + " was mined, but the machine is not as it says: " +
                             (conflicts.empty() ? "its period began at another time" : join(conflicts, "; ")),
                         "Look at the machine: peaqos machine status " + machineId_.toDecimal());
    }
    done.subscription = now.subscription;
    done.homedLocally = now.homedLocally;
    report(kActivateStep, "activate", "confirmed", {{"machine_id", machineId_.toDecimal()}, {"tx_hash", hash}});
    co_return done;
  }

  const ActivationRequest request_;
  ActivationContext context_;
  const evm::Address owner_;
  const U256 machineId_;
};

const char* name(ActivationStatus status) {
  switch (status) {
    case ActivationStatus::Preview: return "preview";
    case ActivationStatus::Activated: return "activated";
    case ActivationStatus::AlreadyActive: return "already_active";
  }
  return "preview";
}

void addQuote(Json& json, const Activation& activation) {
  if (!activation.quote) return;
  const Quote& quote = *activation.quote;
  json["peaq_token"] = evm::toChecksum(quote.token);
  json["bond_amount"] = quote.bond.toDecimal();
  json["voucher_credit"] = quote.credit.toDecimal();
  json["net_peaq_amount"] = quote.net.toDecimal();
}

}  // namespace

Json toJson(const Activation& activation) {
  Json json{{"status", name(activation.status)},
            {"mode", activation.owner == activation.controller ? "self-owned" : "machine-owned/operator-controlled"},
            {"deployment_id", activation.deployment.record.id},
            {"chain_id", std::to_string(activation.chainId)},
            {"machine_state_and_sync", evm::toChecksum(activation.machineStateAndSync)},
            {"machine_id", activation.machineId.toDecimal()},
            {"machine_type", activation.machineType},
            {"manufacturer", evm::toChecksum(activation.manufacturer)},
            {"tier", name(activation.tier)},
            {"owner", evm::toChecksum(activation.owner)},
            {"controller", evm::toChecksum(activation.controller)}};
  addQuote(json, activation);
  if (activation.balance) json["balance"] = activation.balance->toDecimal();
  if (activation.approvalRequired) json["approval_required"] = *activation.approvalRequired;
  if (activation.rail == Rail::Usdt) {
    json["payment"] = "usdt";
    json["slippage_bps"] = std::to_string(activation.slippageBps);
    if (activation.quote && activation.quote->usdt) {
      json["usdt_token"] = evm::toChecksum(activation.quote->usdt->token);
      json["quoted_usdt_amount"] = activation.quote->usdt->quoted.toDecimal();
      json["max_usdt_amount"] = activation.quote->usdt->maximum.toDecimal();
    }
    if (activation.usdtPaid) json["usdt_amount"] = activation.usdtPaid->toDecimal();
  }
  if (activation.fees) json["fees"] = activation.fees->toDecimal();
  if (activation.transaction) json["transaction_hash"] = toHex0x(*activation.transaction);
  if (activation.subscription) {
    json["period_start"] = std::to_string(activation.subscription->periodStart);
    json["period_end"] = std::to_string(activation.subscription->periodEnd);
  }
  if (activation.homedLocally) json["is_homed_locally"] = *activation.homedLocally;
  return json;
}

Task<Activation> activate(ActivationRequest request, ActivationContext context) {
  Work work(std::move(request), std::move(context));
  co_return co_await work.run();
}

}  // namespace peaqos::peaq::v2
