// SPDX-License-Identifier: Apache-2.0
#include "market/payments.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/orders.hpp"
#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

// Rails of the kind "wallet" are paid by a transfer of tokens, where that is offered.
Json railType(const Json& recommendation) {
  const Json& rail = recommendation["default_rail"];
  const Json& supported = recommendation["supported_rails"];
  const Json transfer = "wdk-usdt-transfer";
  return rail == "wallet" && std::ranges::find(supported, transfer) != supported.end() ? transfer : rail;
}

std::string needed(const std::string& value, const char* what) {
  if (!value.empty()) return value;
  throw networkError("BAD_PAYMENT", std::string("the payment names no ") + what, "Try again later");
}

Json proofBody(const PaymentTerms& terms, const PaymentProof& proof) {
  Json body{{"verificationMode", "recorded"},
            {"chain", proof.chain},
            {"token", proof.token},
            {"payerAddress", needed(terms.payer, "payer")},
            {"payeeAddress", needed(terms.payee, "payee")},
            {"amount", terms.amount.is_null() ? "0" : plainDecimal(terms.amount).value_or(dumpJson(terms.amount))}};
  body[isSolana(proof.chain) ? "transactionSignature" : "transactionHash"] = proof.transaction;
  if (!terms.tokenAddress.empty()) body["tokenAddress"] = terms.tokenAddress;
  if (!terms.tokenMint.empty()) body["tokenMint"] = terms.tokenMint;
  if (proof.decimals && proof.units) {
    body["tokenDecimals"] = *proof.decimals;
    body["rawAmount"] = proof.units->toDecimal();
  }
  return body;
}

}  // namespace

Task<Json> createIntent(OrchestrationApi& api, Json order) {
  constexpr std::pair<const char*, const char*> kMembers[] = {{"chain", "chain"},
                                                              {"token", "token"},
                                                              {"token_address", "tokenAddress"},
                                                              {"token_mint", "tokenMint"},
                                                              {"wallet_address", "walletAddress"},
                                                              {"payer_address", "payerAddress"},
                                                              {"payee_address", "payeeAddress"}};
  const Json& recommendation = order["payment"];
  Json rail{{"type", railType(recommendation)}};
  for (const auto& [name, wire] : kMembers) {
    if (!recommendation[name].is_null()) rail[wire] = recommendation[name];
  }
  co_return co_await api.item({"POST", orderPath(order["id"].get<std::string>()) + "/payment-intent", Asker::Agent,
                               Json{{"rail", std::move(rail)}}},
                              paymentFields());
}

Task<Json> reportPayment(OrchestrationApi& api, std::string orderId, PaymentTerms terms, PaymentProof proof) {
  if (!terms.isEscrow) {
    co_return co_await api.item({"POST", orderPath(orderId) + "/payment-proof", Asker::Agent, proofBody(terms, proof)},
                                paymentFields());
  }
  Json body{{"transactionHash", proof.transaction},
            {"chain", needed(terms.chain, "chain")},
            {"escrowAddress", needed(terms.escrow, "escrow contract")}};
  co_return co_await api.item({"POST", orderPath(orderId) + "/payment/escrow-lock", Asker::Agent, std::move(body)},
                              paymentFields());
}

}  // namespace peaqos::market
