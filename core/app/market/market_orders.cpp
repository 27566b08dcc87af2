// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_orders.hpp"

#include <memory>
#include <utility>

#include "app/market/steps.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "host/conversation.hpp"
#include "market/amounts.hpp"
#include "market/orders.hpp"
#include "market/purchase.hpp"
#include "market/user_json.hpp"

namespace peaqos::app {
namespace {

Json budgetOf(const PlaceOrderRequest& request, const Caller& caller) {
  Json budget = Json::object();
  if (request.budgetAmount) {
    budget["amount"] = market::userNumber(*request.budgetAmount, caller.fieldName("budget-amount"));
  }
  if (request.budgetCurrency) budget["currency"] = *request.budgetCurrency;
  return budget.empty() ? Json(nullptr) : budget;
}

std::optional<market::GivenPayment> givenPayment(const PlaceOrderRequest& request, const Caller& caller) {
  const std::string hash = caller.fieldName("payment-tx-hash"), chain = caller.fieldName("payment-chain"),
                    token = caller.fieldName("payment-token");
  const auto missing = [](const std::string& field, const std::string& needed) {
    return inputError("BAD_FIELD", field + " needs " + needed, "Give all three: transaction, chain and token");
  };
  if (!request.paymentTxHash) {
    if (request.paymentChain) throw missing(chain, hash);
    if (request.paymentToken) throw missing(token, hash);
    if (request.skipPayment) {
      throw inputError("BAD_FIELD", caller.fieldName("skip-payment") + " needs " + hash,
                       "Give the transaction that paid the order");
    }
    return std::nullopt;
  }
  market::GivenPayment given{.transaction = requiredText(*request.paymentTxHash, hash), .chain = {}, .token = {}};
  if (!request.paymentChain || trim(*request.paymentChain).empty()) throw missing(hash, chain);
  if (!request.paymentToken) throw missing(hash, token);
  given.chain = *request.paymentChain;
  given.token = *request.paymentToken;
  return given;
}

market::PurchaseRequest check(const PlaceOrderRequest& request, const Caller& caller) {
  market::PurchaseRequest typed{
      .serviceId = requiredText(request.serviceId, caller.argumentName("service-id")),
      .machineId = requiredText(request.machineId, caller.fieldName("machine-id")),
      .agentPairingId = requiredText(request.agentPairingId, caller.fieldName("agent-pairing-id")),
      .searchId = request.searchId,
      .quoteId = request.quoteId,
      .operation = request.operation,
      .budget = budgetOf(request, caller),
      .withoutIntent = request.skipPayment,
      .unattended = request.yes,
      .yesName = caller.fieldName("yes"),
      .hashName = caller.fieldName("payment-tx-hash")};
  if (request.input) typed.input = market::verbatimUserObject(*request.input, request.inputName);
  if (request.providerCredentials) {
    typed.credentials =
        market::providerCredentials(asText(request.providerCredentials->expose()), request.credentialsName);
  }
  typed.given = givenPayment(request, caller);
  return typed;
}

Json purchaseJson(market::PurchaseResult result) {
  Json out{{"order", std::move(result.order)}};
  if (!result.payment.is_null()) out["payment"] = std::move(result.payment);
  out["execution"] = std::move(result.execution);
  return out;
}

void addTransfer(const market::PurchasePlan::Transfer& transfer, const evm::Address& from, Plan& plan) {
  plan.chainId = transfer.chainId;
  plan.read("token_balance", evm::toChecksum(from), transfer.balance.toDecimal());
  PlannedTransaction planned =
      plannedTransaction(transfer.intent, transfer.rehearsed, from, plan, {}, transfer.currency);
  planned.contract = transfer.token;
  plan.transactions.push_back(std::move(planned));
  plan.payments.push_back(
      {.currency = transfer.token, .decimals = transfer.decimals, .value = transfer.units, .fee = {}, .maxFee = {}});
}

}  // namespace

Task<std::optional<Json>> placeOrder(PlaceOrderRequest request, Caller caller) {
  market::PurchaseRequest typed = check(request, caller);
  const auto session = co_await Session::open(caller);
  auto api = session->wholeMarket(std::move(request.pairingToken));
  api.hideTexts(typed.credentials);
  ledger::Ledger ledger = session->ledger();
  const Configuration& configuration = session->configuration;
  // A wallet is found and unlocked before anything is ordered, so that a wrong passphrase costs nothing.
  std::unique_ptr<evm::Signer> signer;
  if (configuration.owsWallet() && !typed.given) {
    signer = co_await session->signer();
    co_await signer->unlock();
  }
  std::optional<market::Wallet> wallet;
  if (signer) wallet.emplace(*configuration.owsWallet(), *signer);
  const IntentLock lock = co_await lockIntent(caller, configuration, market::intentOf(typed, api.identity()));
  market::PurchaseTools tools{
      .api = api,
      .ledger = ledger,
      .since = lock.since,
      .nodes = {.http = session->http, .configured = configuration.optionalRpcUrl()},
      .outbox = [&](evm::RpcClient& rpc,
                    std::uint64_t chainId) { return session->paymentOutbox(rpc, ledger, chainId); },
      .conversation = caller.conversation,
      .wallet = std::move(wallet)};
  market::PurchaseResult result = co_await market::purchase(std::move(typed), std::move(tools));
  if (result.declined) co_return std::nullopt;
  co_return purchaseJson(std::move(result));
}

Task<Plan> planOrder(PlaceOrderRequest request, Caller caller) {
  market::PurchaseRequest typed = check(request, caller);
  const auto session = co_await Session::open(caller);
  auto api = session->wholeMarket(std::move(request.pairingToken));
  api.hideTexts(typed.credentials);
  ledger::Ledger ledger = session->ledger();
  const Configuration& configuration = session->configuration;
  std::unique_ptr<evm::Signer> signer;
  if (configuration.owsWallet() && !typed.given) signer = co_await session->signer();
  std::optional<market::Wallet> wallet;
  if (signer) wallet.emplace(*configuration.owsWallet(), *signer);
  market::PurchaseTools tools{
      .api = api,
      .ledger = ledger,
      .since = formatMicroseconds(caller.host.clock.now()),
      .nodes = {.http = session->http, .configured = configuration.optionalRpcUrl()},
      .outbox = [&](evm::RpcClient& rpc,
                    std::uint64_t chainId) { return session->paymentOutbox(rpc, ledger, chainId); },
      .conversation = caller.conversation,
      .wallet = std::move(wallet)};
  market::PurchasePlan made = co_await market::planPurchase(std::move(typed), std::move(tools));
  Plan plan{.command = "scale order"};
  if (signer) plan.signer = signer->address();
  if (!made.order.is_null()) {
    const std::string id = textOrEmpty(made.order, "id");
    plan.read("order", id, made.order);
    plan.read("payment", id, made.payment);
  }
  for (auto& each : made.requests) plan.act(std::move(each.name), std::move(each.facts));
  if (made.transfer) addTransfer(*made.transfer, signer->address(), plan);
  co_return plan;
}

Task<Json> confirmOrder(std::string orderId, Secret pairingToken, Caller caller) {
  market::pathSegment(orderId, caller.argumentName("order-id"));
  const auto session = co_await Session::open(caller);
  auto api = session->agentMarket(std::move(pairingToken));
  co_return co_await market::confirmDelivery(api, std::move(orderId));
}

Task<std::optional<Json>> disputeOrder(DisputeRequest request, Caller caller) {
  market::pathSegment(request.orderId, caller.argumentName("order-id"));
  std::string reason = requiredText(request.reason, caller.fieldName("reason"));
  Json evidence = nullptr;
  if (request.evidence) evidence = market::verbatimUserObject(*request.evidence, request.evidenceName);
  const auto session = co_await Session::open(caller);
  auto api = session->agentMarket(std::move(request.pairingToken));
  if (!request.yes) {
    host::Question question{.name = "confirm_dispute",
                            .text = "Raise dispute?",
                            .instead = "Use " + caller.fieldName("yes"),
                            .facts = {{"order_id", request.orderId}, {"reason", reason}}};
    if (!co_await host::confirm(caller.conversation, std::move(question))) co_return std::nullopt;
  }
  co_return co_await market::dispute(api, request.orderId, std::move(reason), std::move(evidence));
}

}  // namespace peaqos::app
