// SPDX-License-Identifier: Apache-2.0
#include "market/purchase.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"
#include "evm/sender.hpp"
#include "host/conversation.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/executions.hpp"
#include "market/orders.hpp"
#include "market/payments.hpp"
#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

constexpr int kFreeSteps = 2, kPaidSteps = 5;

std::string textOf(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string() ? member->get<std::string>() : std::string();
}

bool isOneOf(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool isPaid(const Json& payment) {
  return isOneOf(textOf(payment, "status"), {"held", "release_pending", "released", "frozen", "refunded"});
}

// Refusals after which the same order can never be executed.
bool endsOrder(const std::string& code) {
  return isOneOf(code, {"QUOTE_EXPIRED", "EXECUTION_UNSUPPORTED", "ORDER_CLOSED", "NOT_FOUND", "AGENT_POLICY_DENIED",
                        "AGENT_SPEND_LIMIT_EXCEEDED", "AGENT_DAILY_LIMIT_EXCEEDED"});
}

// Refusals that speak of the transaction itself: another one may do.
bool disprovesTransaction(const std::string& code) {
  return isOneOf(code, {"PAYMENT_TX_FAILED", "PAYMENT_TRANSFER_NOT_FOUND", "VALIDATION_ERROR"});
}

Json requestBody(const PurchaseRequest& request) {
  Json body{
      {"machineId", request.machineId}, {"agentPairingId", request.agentPairingId}, {"serviceId", request.serviceId}};
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value) body[name] = *value;
  };
  add("searchId", request.searchId);
  add("quoteId", request.quoteId);
  add("operation", request.operation);
  if (!request.input.is_null()) body["input"] = request.input;
  if (!request.budget.is_null()) body["budget"] = request.budget;
  return body;
}

std::string digestOf(const std::string& text) { return toHex0x(crypto::keccak256(asBytes(text))); }

// What tells equal purchases from others: all that is asked for, and where. Credentials are no part of it.
std::string intentOf(const PurchaseRequest& request, const std::string& endpoint) {
  return digestOf(endpoint + "\n" + dumpSorted(requestBody(request)));
}

Json journalFacts(const PurchaseRequest& request) {
  Json facts{{"machine_id", request.machineId},
             {"agent_pairing_id", request.agentPairingId},
             {"service_id", request.serviceId}};
  if (request.searchId) facts["search_id"] = *request.searchId;
  if (request.quoteId) facts["quote_id"] = *request.quoteId;
  if (request.operation) facts["operation"] = *request.operation;
  if (!request.input.is_null()) facts["input_hash"] = digestOf(dumpJson(request.input));
  return facts;
}

// Whether an order of the list is the one that an earlier run asked for. Clocks may differ by some minutes.
bool isThatOrder(const Json& order, const PurchaseRequest& request, const OrderJournal::Unfinished& earlier) {
  constexpr std::int64_t kClockDifference = 600;
  const auto same = [&](const char* name, const std::optional<std::string>& value) {
    return !value || textOf(order, name) == *value;
  };
  const ParsedTime created = parseTime(textOf(order, "created_at"));
  const ParsedTime asked = parseTime(earlier.since);
  const bool later = created.problem != TimeProblem::None || asked.problem != TimeProblem::None ||
                     created.seconds + kClockDifference >= asked.seconds;
  return later && !earlier.ordered.contains(textOf(order, "id")) &&
         isOneOf(textOf(order, "status"), {"created", "payment_pending", "ready"}) &&
         same("service_id", request.serviceId) && same("agent_pairing_id", request.agentPairingId) &&
         same("search_id", request.searchId) && same("quote_id", request.quoteId) &&
         same("operation", request.operation);
}

class Purchase {
 public:
  Purchase(PurchaseRequest request, PurchaseTools tools)
      : request_(std::move(request)),
        tools_(std::move(tools)),
        log_(tools_.journal, intentOf(request_, tools_.api.endpoint()), journalFacts(request_)) {}

  Task<PurchaseResult> run() {
    co_await findOrCreate();
    std::optional<Error> failure;
    try {
      co_return co_await finish();
    } catch (const Error& error) {
      failure = error;
      finalRefusal_ = dynamic_cast<const Refusal*>(&error) && static_cast<const Refusal&>(error).final;
    }
    // Who was asked whether to go on, and did not answer, has been told how to.
    if (failure->kind == ErrorKind::Interrupted || asking_) {
      reportLeftOpen();
      throw *failure;
    }
    co_await forget(*failure);
    throw co_await explained(*failure);
  }

 private:
  std::string id() const { return textOf(order_, "id"); }

  void progress(int step, std::string name, std::string state, Json facts = Json::object()) {
    tools_.conversation.progress(
        {.step = step, .steps = steps_, .name = std::move(name), .state = std::move(state), .facts = std::move(facts)});
  }

  void reportLeftOpen() {
    const bool paid = isPaid(payment_);
    progress(0, "order", "left_open", {{"order_id", id()}, {"status", textOf(order_, "status")}, {"paid", paid}});
  }

  // The order of an earlier run, or a new one.
  Task<void> findOrCreate() {
    if (const auto earlier = co_await log_.unfinished()) {
      if (!earlier->orderId.empty()) {
        co_await findAgain(earlier->orderId);
      } else if (co_await findInList(*earlier)) {
        co_await log_.created(id());
      }
      continued_ = !order_.is_null();
    }
    if (continued_) {
      progress(0, "order", "continued", {{"order_id", id()}, {"status", textOf(order_, "status")}});
      co_return;
    }
    co_await create();
  }

  Task<void> findAgain(std::string orderId) {
    bool unknown = false;
    try {
      order_ = co_await order(tools_.api, orderId);
    } catch (const Refusal& refusal) {
      if (refusal.code != "NOT_FOUND") throw;
      unknown = true;
    }
    if (!unknown) co_return;
    co_await log_.failed(orderId, "NOT_FOUND");
    throw networkError("ORDER_ENDED",
                       "order " + printable(orderId) +
                           " of an earlier run is no longer known to the Machine Market; nothing was ordered",
                       "Run the command again to place a new order");
  }

  Task<bool> findInList(OrderJournal::Unfinished earlier) {
    progress(0, "order", "looking", {{"machine_id", request_.machineId}});
    co_await eachOrderPage(tools_.api, {.machineId = request_.machineId}, [&](Json orders) {
      for (Json& listed : orders) {
        if (isThatOrder(listed, request_, earlier)) order_ = std::move(listed);  // the oldest: the list is newest first
      }
    });
    co_return !order_.is_null();
  }

  Task<void> create() {
    Json body = requestBody(request_);
    if (!request_.credentials.is_null()) body["providerCredentials"] = request_.credentials;
    co_await log_.creating();
    std::optional<Refusal> refused;
    std::optional<Error> lost;
    try {
      order_ = co_await tools_.api.item({"POST", "/market/orders", Asker::Agent, std::move(body)}, orderFields());
    } catch (const Refusal& refusal) {
      refused = refusal;
    } catch (const Error& error) {
      lost = error;
    }
    if (refused && refused->final) {
      co_await log_.failed("", refused->code);
      throw *refused;
    }
    if (refused || lost) {
      Error unknown = refused ? static_cast<const Error&>(*refused) : *lost;
      if (unknown.kind == ErrorKind::Network) {
        unknown.message += "; whether the order came to be is not known";
        unknown.hint = "Run the same command again: it looks for the order before it makes another";
      }
      throw Error(unknown);
    }
    co_await log_.created(id());
  }

  Task<PurchaseResult> finish() {
    const Json& recommendation = order_["payment"];
    bool free = recommendation["default_rail"] == "not-required" && recommendation["required"] != true;
    if (!free) {
      step_ = "payment lookup";
      payment_ = co_await payment(tools_.api, id());
      free = textOf(payment_, "status") == "not_required";
    }
    steps_ = free ? kFreeSteps : kPaidSteps;
    if (!continued_) progress(1, "order_creation", "started");
    if (auto ended = co_await endedMeanwhile()) co_return std::move(*ended);
    if (free) {
      step_ = "execute";
      if (!co_await agreed("Proceed with order execution?", nullptr)) co_return declined();
    } else if (!co_await pay()) {
      co_return declined();
    }
    co_return co_await executeOrder();
  }

  // What became of an order of an earlier run that needs nothing more.
  Task<std::optional<PurchaseResult>> endedMeanwhile() {
    const std::string status = textOf(order_, "status");
    if (!continued_ || isOneOf(status, {"created", "payment_pending", "ready"})) co_return std::nullopt;
    if (isOneOf(status, {"cancelled", "failed", "disputed"})) {
      step_ = "execute";
      throw networkError("ORDER_ENDED", "an earlier run made this order, and meanwhile it has ended as " + status);
    }
    if (status != "executing") co_await log_.finished(id());
    co_return PurchaseResult{.order = order_, .payment = payment_, .execution = nullptr};
  }

  PurchaseResult declined() {
    reportLeftOpen();
    return {.declined = true, .order = order_, .payment = payment_, .execution = nullptr};
  }

  // Without a record, the way to pay tells.
  std::string paymentStatus() const {
    if (!payment_.is_null()) return textOf(payment_, "status");
    return steps_ == kFreeSteps ? "not_required" : "payment_pending";
  }

  // Shows what will happen, and asks. Nobody is asked twice.
  Task<bool> agreed(std::string question, Json due) {
    Json facts{{"order_id", id()},
               {"service", textOf(order_, "skill_key")},
               {"status", textOf(order_, "status")},
               {"payment_status", paymentStatus()}};
    if (!request_.unattended) progress(0, "order_summary", "shown", facts);
    if (!due.is_null()) {
      progress(0, "payment_due", "shown", due);
      facts["payment"] = std::move(due);
    }
    if (request_.unattended) co_return true;
    asking_ = true;
    host::Question asked{.name = "confirm_order",
                         .text = std::move(question),
                         .instead = "Use " + request_.yesName + "; order " + id() + " stays open",
                         .facts = std::move(facts)};
    const bool yes = co_await host::confirm(tools_.conversation, std::move(asked));
    asking_ = false;
    co_return yes;
  }

  // Brings the payment to where the order can be executed; false when the user did not agree.
  Task<bool> pay() {
    if (isPaid(payment_)) {
      step_ = "execute";
      co_return co_await agreed("Proceed with order execution?", nullptr);
    }
    auto earlier = co_await log_.payment(id());
    co_await ensureRecord(earlier.has_value());
    const PaymentTerms terms(payment_);
    step_ = "payment transfer";
    const bool byWallet = tools_.wallet && walletCanPay(terms.chain) && !request_.given;
    if (!byWallet && !request_.given && !earlier) refuseWithoutHash(terms.chain);

    std::optional<TokenTransfer> transfer;
    if (byWallet && !earlier) {
      transfer.emplace(co_await prepareTransfer(tools_.nodes, terms, tools_.wallet->signer.address()));
    }
    Json due = terms.facts();
    due["by"] = byWallet ? "wallet" : request_.given ? "given" : "hand";
    if (transfer) due["exact"] = exactAmount(transfer->units, transfer->decimals);
    if (!co_await agreed("Proceed with payment and order execution?", std::move(due))) co_return false;

    PaymentProof proof{.transaction = {}, .chain = terms.chain, .token = terms.token};
    if (proof.token.empty()) proof.token = terms.currency;
    if (request_.given) {
      proof.transaction = request_.given->transaction;
      proof.chain = toCaip2(request_.given->chain);
      proof.token = request_.given->token;
    } else if (earlier && textOf(*earlier, "status") != "pending") {
      proof.transaction = textOf(*earlier, "tx_hash");
    } else if (earlier && !textOf(*earlier, "raw_tx").empty()) {
      proof.transaction = co_await settleEarlier(std::move(*earlier), terms);
    } else if (earlier) {
      proof.transaction = textOf(*earlier, "tx_hash");
    } else if (transfer) {
      proof.transaction = co_await send(*transfer, terms);
    } else {
      proof.transaction = co_await askForHash(terms.chain);
    }
    co_await report(terms, std::move(proof), byWallet, transfer);
    co_return true;
  }

  // The payment record: a new intent, but for an order whose payment may be under way on the one that there is.
  Task<void> ensureRecord(bool underWay) {
    const bool keep = !payment_.is_null() && (underWay || continued_);
    if (request_.withoutIntent && payment_.is_null()) {
      step_ = "payment lookup";
      throw networkError("NOT_FOUND", "the order has no payment record yet", "Leave --skip-payment out");
    }
    if (request_.withoutIntent || keep) co_return;
    step_ = "payment intent";
    const std::string chain = toCaip2(textOf(order_["payment"], "chain"));
    if (!request_.given && !underWay && !(tools_.wallet && walletCanPay(chain))) {
      step_ = "payment transfer";
      refuseWithoutHash(chain);
      step_ = "payment intent";
    }
    progress(2, "payment_intent", "started");
    payment_ = co_await createIntent(tools_.api, order_);
  }

  // Where nobody can be asked for a transaction, there is no way to pay.
  void refuseWithoutHash(const std::string& chain) const {
    if (!request_.unattended) return;
    const std::string why = walletCanPay(chain) ? "no OWS wallet is set (PEAQOS_OWS_WALLET)"
                                                : "an OWS wallet cannot pay on " + chainLabel(chain);
    throw networkError("PAYMENT_HASH_REQUIRED", why + ", and nobody can be asked for a transaction's hash",
                       "Pay, then give the hash with " + request_.hashName + "; or run without " + request_.yesName);
  }

  Task<std::string> askForHash(std::string chain) {
    progress(3, "payment_transfer", "started");
    host::Question question{.name = "payment_hash",
                            .text = "Hash of the payment's transaction",
                            .instead = "Give it with " + request_.hashName,
                            .facts = {{"order_id", id()}, {"chain", chain}}};
    std::string hash = co_await host::ask(tools_.conversation, std::move(question), [](const std::string& given) {
      return given.empty() ? std::string("Paste the hash of the transaction that paid") : std::string();
    });
    co_return hash;
  }

  evm::Sender senderFor(evm::RpcClient& rpc, std::uint64_t chainId) {
    return {rpc,
            tools_.journal,
            tools_.clock,
            tools_.conversation,
            {.chainId = chainId,
             .receiptTimeout = tools_.nodes.receiptTimeout,
             .errors = {},
             .currency = nativeCurrency(chainId)}};
  }

  Json transferFacts(const TokenTransfer& transfer, const PaymentTerms& terms) const {
    return {{"order_id", id()},
            {"service_id", request_.serviceId},
            {"chain", terms.chain},
            {"token", evm::toChecksum(transfer.token)},
            {"recipient", evm::toChecksum(transfer.recipient)},
            {"amount", exactAmount(transfer.units, transfer.decimals)}};
  }

  // Sends the transfer; its signed bytes are in the journal before they leave.
  Task<std::string> send(TokenTransfer& transfer, const PaymentTerms& terms) {
    progress(3, "payment_transfer", "started");
    progress(0, "payment_transfer", "signing", {{"wallet", tools_.wallet->name}, {"chain", chainLabel(terms.chain)}});
    evm::Sender sender = senderFor(transfer.rpc, transfer.chainId);
    const evm::Intent intent{
        .step = kPaymentStep,
        .to = transfer.token,
        .value = {},
        .data = transferCalldata(transfer.recipient, transfer.units),
        .facts = transferFacts(transfer, terms),
        .function = kTransferFunction,
        .arguments = Json::array({{"to", evm::toChecksum(transfer.recipient)}, {"value", transfer.units.toDecimal()}})};
    const evm::Receipt receipt = co_await sender.send(intent, tools_.wallet->signer);
    co_return co_await transferred(receipt, intent.facts, terms);
  }

  Task<std::string> transferred(const evm::Receipt& receipt, Json facts, const PaymentTerms& terms) {
    std::string hash = toHex0x(receipt.transaction);
    facts["from"] = evm::toChecksum(tools_.wallet ? tools_.wallet->signer.address() : evm::Address{});
    Json shown = facts;
    facts.erase("from");
    co_await log_.paymentDone(id(), hash, std::move(facts));
    shown["tx_hash"] = hash;
    shown["money"] = terms.amount;
    shown["currency"] = terms.facts()["currency"];
    progress(0, "payment_transfer", "confirmed", std::move(shown));
    co_return hash;
  }

  // A transfer that an earlier run signed: it is brought to its end, never made again unless it can no longer happen.
  Task<std::string> settleEarlier(Json row, const PaymentTerms& terms) {
    const std::string hash = textOf(row, "tx_hash");
    const Json* chain = findMember(row, "chain_id");
    const auto chainId = chain ? toUint64(*chain) : std::nullopt;
    if (!chainId) throw inputError("BAD_JOURNAL_ROW", "peaqos.log does not say on which chain " + hash + " was sent");
    progress(0, "earlier_write", "note", {{"step", kPaymentStep}, {"tx_hash", hash}});
    evm::RpcClient rpc = co_await nodeOf(tools_.nodes, *chainId);
    evm::Sender sender = senderFor(rpc, *chainId);
    Json facts = row;
    for (const char* member : {"raw_tx", "nonce", "intent", "chain_id", "ts", "status", "step", "address", "tx_hash"}) {
      facts.erase(member);
    }
    const auto receipt = co_await sender.settle(std::move(row));
    if (receipt) co_return co_await transferred(*receipt, std::move(facts), terms);
    if (!tools_.wallet) co_return co_await askForHash(terms.chain);
    TokenTransfer transfer = co_await prepareTransfer(tools_.nodes, terms, tools_.wallet->signer.address());
    co_return co_await send(transfer, terms);
  }

  // Tells the API of the payment. A transaction that somebody else made is in the journal first.
  Task<void> report(PaymentTerms terms, PaymentProof proof, bool byWallet,
                    const std::optional<TokenTransfer>& transfer) {
    step_ = terms.isEscrow ? "escrow lock" : "payment proof";
    if (!byWallet) co_await log_.paymentGiven(id(), proof.transaction, proof.chain);
    progress(4, terms.isEscrow ? "escrow_lock" : "payment_proof", "started");
    if (proof.chain.empty()) throw networkError("BAD_PAYMENT", "the payment names no chain");
    if (transfer) {
      proof.decimals = transfer->decimals;
      proof.units = transfer->units;
    } else if (!terms.isEscrow) {
      co_await addUnits(terms, proof);
    }
    std::optional<Refusal> refused;
    try {
      payment_ = co_await reportPayment(tools_.api, id(), terms, proof);
    } catch (const Refusal& refusal) {
      refused = refusal;
    }
    if (refused && !byWallet && disprovesTransaction(refused->code)) {
      co_await log_.paymentRefused(id(), proof.transaction, refused->code);
    }
    if (refused) throw *refused;
    if (!byWallet) co_await log_.paymentDone(id(), proof.transaction, {{"chain", proof.chain}});
  }

  // The exact amount, where it can be known: a proof of somebody else's transaction needs no node.
  Task<void> addUnits(const PaymentTerms& terms, PaymentProof& proof) {
    const auto chainId = evmChainId(proof.chain);
    const auto token = evm::parseAddress(terms.tokenAddress);
    if (!chainId || !token) co_return;
    std::optional<unsigned> decimals = decimalsFrom(terms.metadata);
    try {
      if (!decimals) {
        evm::RpcClient rpc = co_await nodeOf(tools_.nodes, *chainId);
        decimals = co_await tokenDecimals(rpc, *token, terms.metadata);
      }
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
    }
    if (!decimals) co_return;
    auto units = unitsFrom(terms.metadata);
    if (!units) units = toUnits(terms.amount, *decimals);
    if (!units) co_return;
    proof.decimals = decimals;
    proof.units = units;
  }

  Task<PurchaseResult> executeOrder() {
    step_ = "execute";
    progress(steps_, "order_execution", "started");
    Json executed = co_await execute(tools_.api, id(), request_.input);
    order_ = std::move(executed["order"]);
    co_await log_.finished(id());
    co_return PurchaseResult{.order = order_, .payment = payment_, .execution = std::move(executed["execution"])};
  }

  // An order that can never be executed must not be continued for ever; but one that money was sent for stays known,
  // unless it has come to its end by itself.
  Task<void> forget(Error failure) {
    bool dead = failure.code == "ORDER_ENDED";
    if (finalRefusal_ && endsOrder(failure.code) && !isPaid(payment_)) dead = !co_await log_.payment(id());
    if (dead) co_await log_.failed(id(), failure.code);
  }

  // What failed, in which state the order is, and how to go on.
  Task<Error> explained(Error failure) {
    std::string status = textOf(order_, "status");
    try {
      const Json now = co_await order(tools_.api, id());
      status = textOf(now, "status");
    } catch (const Error&) {
      // The state that was last seen has to do.
    }
    std::string text =
        "order '" + printable(id()) + "' was created but " + step_ + " failed\n  Current status: " + printable(status);
    const std::string paid = paymentStatus();
    if (step_ != "payment lookup") text += "\n  Payment status: " + printable(paid);
    if (paid == "held") text += "\n  The funds are held until this is resolved.";
    text += "\n  " + failure.code + ": " + failure.message;
    if (!failure.hint.empty()) text += "\n  " + failure.hint + ".";
    text += "\n  Check: peaqos scale order status " + printable(id());
    co_return networkError(failure.code, std::move(text));
  }

  PurchaseRequest request_;
  PurchaseTools tools_;
  OrderJournal log_;
  Json order_ = nullptr;
  Json payment_ = nullptr;
  int steps_ = kPaidSteps;
  bool continued_ = false;
  bool asking_ = false;        // a question whether to go on is open
  bool finalRefusal_ = false;  // the API has certainly not done what it was last asked for
  std::string step_ = "payment lookup";
};

}  // namespace

Task<PurchaseResult> purchase(PurchaseRequest request, PurchaseTools tools) {
  Purchase purchase(std::move(request), std::move(tools));
  co_return co_await purchase.run();
}

}  // namespace peaqos::market
