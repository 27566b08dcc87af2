// SPDX-License-Identifier: Apache-2.0
#include "market/token_transfer.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/abi.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"

namespace peaqos::market {
namespace {

constexpr char kNothingSent[] = "Nothing was sent";

Error badPayment(const std::string& why) { return networkError("BAD_PAYMENT", why, kNothingSent); }

evm::Address addressIn(const std::string& text, const std::string& what) {
  if (const auto address = evm::parseAddress(text)) return *address;
  if (text.empty()) throw badPayment("the payment names no " + what);
  throw badPayment("the payment's " + what + " is no address: '" + printable(text) + "'");
}

unsigned decimalsFromReply(const evm::RpcReply& reply, const evm::Address& token) {
  const std::string what = "the decimals of the token " + evm::toChecksum(token);
  const auto decimals = evm::AbiReader(evm::dataOf(reply, what)).uint256(0);
  const auto small = decimals ? decimals->toUint64() : std::nullopt;
  if (small && *small <= kMostDecimals) return static_cast<unsigned>(*small);
  throw badPayment(evm::toChecksum(token) + " is no ERC-20 token on that chain: it has no decimals");
}

evm::RpcCall decimalsCall(const evm::Address& token) {
  return evm::contractCall(token, evm::encodeCall("decimals()", {}));
}

evm::U256 unitsOf(const PaymentTerms& terms, unsigned decimals) {
  if (const auto units = unitsFrom(terms.metadata)) return *units;
  if (terms.amount.is_null()) throw badPayment("the payment names no amount");
  if (const auto units = toUnits(terms.amount, decimals)) return *units;
  throw badPayment("the payment's amount is no amount: '" + printable(dumpJson(terms.amount)) + "'");
}

}  // namespace

Json TokenTransfer::facts() const {
  return {{"exact", exactAmount(units, decimals)},
          {"decimals", decimals},
          {"balance", exactAmount(balance, decimals)},
          {"balance_after", exactAmount(balance - units, decimals)}};
}

Task<evm::RpcClient> nodeOf(Nodes nodes, std::uint64_t chainId) {
  std::vector<std::string> tried;
  std::vector<std::string> candidates;
  if (nodes.configured) candidates.push_back(*nodes.configured);
  if (const auto builtIn = builtInRpc(chainId); !builtIn.empty()) candidates.emplace_back(builtIn);
  for (const std::string& url : candidates) {
    evm::RpcClient rpc(nodes.http, url);
    try {
      const auto replies = co_await rpc.read({evm::chainIdCall()});
      const std::uint64_t found = evm::uint64Of(replies[0], "the chain id");
      if (found == chainId) co_return rpc;
      tried.push_back(rpc.endpoint() + " serves chain " + std::to_string(found));
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
      tried.push_back(error.message);
    }
  }
  throw networkError("NO_PAYMENT_NODE",
                     "no node of chain " + std::to_string(chainId) + " can be used" +
                         (tried.empty() ? "" : ": " + join(tried, "; ")) + ". " + kNothingSent,
                     "Set PEAQOS_RPC_URL to a node of that chain");
}

Task<unsigned> tokenDecimals(evm::RpcClient& rpc, evm::Address token, Json metadata) {
  if (const auto known = decimalsFrom(metadata)) co_return *known;
  const auto replies = co_await rpc.read({decimalsCall(token)});
  co_return decimalsFromReply(replies[0], token);
}

Task<TokenTransfer> prepareTransfer(Nodes nodes, PaymentTerms terms, evm::Address from) {
  if (terms.chain.empty()) throw badPayment("the payment names no chain");
  const auto chainId = evmChainId(terms.chain);
  if (!chainId) throw badPayment("a wallet can pay on EVM chains only, not on " + printable(terms.chain));
  const evm::Address token = addressIn(terms.tokenAddress, "token contract");
  const evm::Address recipient = addressIn(terms.recipient(), terms.isEscrow ? "escrow contract" : "payee");
  if (!terms.payer.empty() && evm::parseAddress(terms.payer) != from) {
    throw networkError("WRONG_PAYER",
                       "the order is to be paid by " + printable(terms.payer) + ", but the wallet is " +
                           evm::toChecksum(from) + ". " + kNothingSent,
                       "Set PEAQOS_OWS_WALLET to the wallet of that account");
  }
  evm::RpcClient rpc = co_await nodeOf(nodes, *chainId);
  const auto known = decimalsFrom(terms.metadata);
  std::vector<evm::RpcCall> calls{evm::contractCall(token, evm::encodeCall("balanceOf(address)", {from}))};
  if (!known) calls.push_back(decimalsCall(token));
  const auto replies = co_await rpc.read(std::move(calls));
  const auto balance =
      evm::AbiReader(evm::dataOf(replies[0], "the token balance of " + evm::toChecksum(from))).uint256(0);
  if (!balance) throw badPayment(evm::toChecksum(token) + " is no ERC-20 token on that chain: it has no balances");
  const unsigned decimals = known ? *known : decimalsFromReply(replies[1], token);
  const evm::U256 units = unitsOf(terms, decimals);
  if (*balance < units) {
    const std::string symbol = terms.token.empty() ? "of the token" : terms.token;
    throw networkError("INSUFFICIENT_TOKENS",
                       evm::toChecksum(from) + " holds " + exactAmount(*balance, decimals) + " " + symbol +
                           " and needs " + exactAmount(units, decimals) + ". " + kNothingSent,
                       "Send it what is missing, then run the command again");
  }
  co_return TokenTransfer{.chainId = *chainId,
                          .rpc = std::move(rpc),
                          .token = token,
                          .recipient = recipient,
                          .units = units,
                          .balance = *balance,
                          .decimals = decimals};
}

Bytes transferCalldata(const evm::Address& recipient, const evm::U256& units) {
  return evm::encodeCall(kTransferFunction, {recipient, units});
}

}  // namespace peaqos::market
