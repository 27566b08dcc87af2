// SPDX-License-Identifier: Apache-2.0
#include "market/payment_terms.hpp"

#include "market/chains.hpp"

namespace peaqos::market {
namespace {

std::string textOf(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string() ? member->get<std::string>() : std::string();
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

PaymentTerms::PaymentTerms(const Json& payment)
    : amount(payment.at("amount")), currency(textOf(payment, "currency")), metadata(payment.at("rail").at("metadata")) {
  const Json& rail = payment.at("rail");
  const std::string type = textOf(rail, "rail_type");
  chain = toCaip2(textOf(rail, "chain"));
  token = textOf(rail, "token");
  tokenAddress = textOf(rail, "token_address");
  tokenMint = textOf(rail, "token_mint");
  payer = textOf(rail, "payer_address");
  payee = textOf(rail, "payee_address");
  escrow = textOf(rail, "escrow_address");
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
