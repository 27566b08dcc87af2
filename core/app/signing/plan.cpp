// SPDX-License-Identifier: Apache-2.0
#include "app/signing/plan.hpp"

#include <algorithm>
#include <utility>

namespace peaqos::app {
namespace {

// [[name, value], ...] as [{name, value}, ...].
Json named(const Json& pairs) {
  Json out = Json::array();
  for (const Json& pair : pairs) out.push_back({{"name", pair[0]}, {"value", pair[1]}});
  return out;
}

Json callsOf(const PlannedTransaction& transaction) {
  Json out = Json::array();
  for (Json call : transaction.calls) {
    call["arguments"] = named(call["arguments"]);
    out.push_back(std::move(call));
  }
  return out;
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json transactionJson(const PlannedTransaction& transaction) {
  return {{"step", transaction.step},
          {"chain_id", transaction.chainId},
          {"from", evm::toChecksum(transaction.from)},
          {"to", evm::toChecksum(transaction.to)},
          {"contract", textOrNull(transaction.contract)},
          {"function", transaction.function},
          {"arguments", named(transaction.arguments)},
          {"calls", callsOf(transaction)},
          {"calls_left_out", transaction.callsLeftOut},
          {"currency", transaction.currency},
          {"value", transaction.value.toDecimal()},
          {"fee", transaction.fee.toDecimal()},
          {"max_fee", transaction.maxFee.toDecimal()},
          {"gas", transaction.gas},
          {"estimated", transaction.estimated}};
}

Json sumJson(const PlannedSum& sum) {
  return {{"decimals", sum.decimals},
          {"value", sum.value.toDecimal()},
          {"fee", sum.fee.toDecimal()},
          {"max_fee", sum.maxFee.toDecimal()},
          {"total", (sum.value + sum.fee).toDecimal()},
          {"max_total", (sum.value + sum.maxFee).toDecimal()}};
}

void add(std::vector<PlannedSum>& sums, const PlannedSum& more) {
  auto sum = std::ranges::find(sums, more.currency, &PlannedSum::currency);
  if (sum == sums.end()) {
    sums.push_back(more);
    return;
  }
  sum->value = sum->value + more.value;
  sum->fee = sum->fee + more.fee;
  sum->maxFee = sum->maxFee + more.maxFee;
}

}  // namespace

void Plan::read(std::string name, std::string subject, Json value) {
  reads.push_back({.name = std::move(name), .subject = std::move(subject), .value = std::move(value)});
}

void Plan::act(std::string name, Json facts) {
  actions.push_back({.name = std::move(name), .facts = std::move(facts)});
}

std::vector<PlannedSum> Plan::sums() const {
  std::vector<PlannedSum> sums = payments;
  for (const PlannedTransaction& each : transactions) {
    add(sums, {.currency = each.currency, .value = each.value, .fee = each.fee, .maxFee = each.maxFee});
  }
  return sums;
}

PlannedTransaction plannedTransaction(const evm::Intent& intent, const evm::RehearsedTransaction& rehearsed,
                                      const evm::Address& from, const Plan& plan, const peaq::Contracts& contracts,
                                      std::string_view currency) {
  return {.step = intent.step,
          .chainId = plan.chainId.value_or(0),
          .currency = std::string(currency),
          .from = from,
          .to = intent.to,
          .contract = std::string(peaq::contractName(contracts, intent.to)),
          .function = intent.function,
          .arguments = intent.arguments,
          .value = intent.value,
          .fee = rehearsed.fee,
          .maxFee = evm::feeOf(rehearsed.transaction),
          .gas = rehearsed.gas};
}

Json toJson(const Plan& plan) {
  Json reads = Json::array(), transactions = Json::array(), actions = Json::array(), sums = Json::object();
  for (const PlannedRead& read : plan.reads) {
    reads.push_back({{"name", read.name}, {"subject", read.subject}, {"value", read.value}});
  }
  for (const PlannedTransaction& each : plan.transactions) transactions.push_back(transactionJson(each));
  for (const PlannedAction& action : plan.actions) {
    actions.push_back({{"name", action.name}, {"facts", action.facts}});
  }
  for (const PlannedSum& sum : plan.sums()) sums[sum.currency] = sumJson(sum);
  return {{"plan",
           {{"command", plan.command},
            {"chain_id", plan.chainId ? Json(*plan.chainId) : Json(nullptr)},
            {"signer", plan.signer ? Json(evm::toChecksum(*plan.signer)) : Json(nullptr)},
            {"reads", std::move(reads)},
            {"transactions", std::move(transactions)},
            {"actions", std::move(actions)},
            {"sums", std::move(sums)}}}};
}

}  // namespace peaqos::app
