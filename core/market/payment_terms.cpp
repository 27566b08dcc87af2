// SPDX-License-Identifier: Apache-2.0
#include "market/payment_terms.hpp"

#include "market/chains.hpp"

namespace peaqos::market {
namespace {

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

PaymentTerms::PaymentTerms(const Json& payment)
    : amount(payment.at("amount")),
      currency(textOrEmpty(payment, "currency")),
      metadata(payment.at("rail").at("metadata")) {
  const Json& rail = payment.at("rail");
  const std::string type = textOrEmpty(rail, "rail_type");
  chain = toCaip2(textOrEmpty(rail, "chain"));
  token = textOrEmpty(rail, "token");
  tokenAddress = textOrEmpty(rail, "token_address");
  tokenMint = textOrEmpty(rail, "token_mint");
  payer = textOrEmpty(rail, "payer_address");
  payee = textOrEmpty(rail, "payee_address");
  escrow = textOrEmpty(rail, "escrow_address");
  isEscrow = type == "escrow" || type == "onchain-escrow";
}

Json PaymentTerms::facts() const {
  return {{"amount", amount},
          {"currency", textOrNull(currency)},
          {"chain", textOrNull(chain)},
          {"token", textOrNull(token)},
          {"token_address", textOrNull(tokenAddress.empty() ? tokenMint : tokenAddress)},
          {"payer", textOrNull(payer)},
          {"recipient", textOrNull(recipient())},
          {"escrow", isEscrow}};
}

bool walletCanPay(const std::string& chain) { return chain.empty() || evmChainId(chain).has_value(); }

}  // namespace peaqos::market
