// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/activation_state.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "evm/units.hpp"
#include "peaq/contracts.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/preflight.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::RpcReply;
using evm::U256;

// Reads beside those of the preflight.
enum Read : std::size_t {
  kComputedId,
  kOwner,
  kController,
  kSubscription,
  kHome,
  kBond,
  kCredit,
  kToken,
  kBalance,
  kGasPrice,
  kAllowance,
  kTokenBalance,
  kEstimate,
  kUsdtToken,
};

[[noreturn]] void throwRevert(evm::Revert revert, const std::string& what) {
  throw errorFrom(evm::RevertError(std::move(revert), std::nullopt), what);
}

// A number that a contract may refuse to give, in words that users know.
U256 amountFrom(const RpcReply& reply, const std::string& what) {
  if (auto revert = revertOf(reply)) throwRevert(std::move(*revert), what);
  return numberFrom(reply, what);
}

bool isAbsent(const RpcReply& reply) {
  const auto revert = revertOf(reply);
  return revert && revert->name == "ERC721NonexistentToken";
}

// What the token itself says when too little is allowed: in its own words or not at all, never as an error of the
// protocol.
bool isTokensWord(const evm::Revert& revert) {
  return revert.name.empty() || revert.name == "SafeERC20FailedOperation" || revert.name == "FailedCall";
}

U256 creditOf(const U256& pending, const U256& bond) { return std::min(pending, bond); }

class Reading {
 public:
  Reading(const ActivationRequest& request, const ActivationContext& context, U256 machineId)
      : request_(request), context_(context), machineId_(machineId), scope_{.economic = true, .machineId = machineId} {}

  Task<ActivationState> run() {
    std::vector<evm::RpcCall> calls = preflightCalls(roles(), scope_);
    const std::size_t own = calls.size();
    std::ranges::move(ownCalls(), std::back_inserter(calls));
    const auto replies = co_await context_.rpc.read(std::move(calls));
    state_.chainId = checkPreflight(replies, roles(), context_.deployment.record, scope_);
    const auto reads = std::span(replies).subspan(own);
    checkComputedId(reads[kComputedId], machineId_);
    readMachine(reads);
    if (state_.owner) co_return std::move(state_);
    readQuote(reads);
    readMoney(reads);
    if (request_.rail == Rail::Usdt) {
      co_await readUsdt(reads[kUsdtToken]);
    } else if (isOnePurse(state_.quote)) {
      takeToken(reads[kAllowance], reads[kTokenBalance]);
    } else {
      co_await readToken(state_.quote.token);
    }
    readEstimate(reads[kEstimate]);
    co_return std::move(state_);
  }

 private:
  const Roles& roles() const { return context_.roles; }
  evm::Address owner() const { return context_.signer.address(); }

  std::vector<evm::RpcCall> ownCalls() const {
    const ActivationCall& call = request_.call;
    std::vector<evm::RpcCall> calls(kEstimate);
    calls[kComputedId] = readCall(roles().machineRegistry, registry::kComputeTokenId,
                                  {std::string_view(call.machineType), call.credentialSubject});
    calls[kOwner] = readCall(roles().machineRegistry, registry::kOwnerOf, {machineId_});
    calls[kController] = readCall(roles().machineRegistry, registry::kControllerOf, {machineId_});
    calls[kSubscription] = readCall(roles().machineSubscription, subscription::kSubscriptions, {machineId_});
    calls[kHome] = readCall(roles().crossChainMirror, mirror::kIsHomedLocally, {machineId_});
    calls[kBond] = readCall(roles().machineSubscription, subscription::kRequiredPeaqAmount,
                            {static_cast<std::uint64_t>(call.tier)});
    calls[kCredit] = readCall(roles().machineSubscription, subscription::kPendingVoucherCredit, {owner()});
    calls[kToken] = readCall(roles().infoDesk, info_desk::kPeaqToken);
    calls[kBalance] = evm::balanceCall(owner());
    calls[kGasPrice] = {"eth_gasPrice"};
    // Asked about before the InfoDesk has answered that this is the token, and asked again where it is another.
    calls[kAllowance] = allowanceCall(expectedPeaqToken());
    calls[kTokenBalance] = readCall(expectedPeaqToken(), token::kBalanceOf, {owner()});
    calls.push_back(estimateCall(call, roles(), owner()));
    if (request_.rail == Rail::Usdt) calls.push_back(readCall(roles().provisionPool, pool::kUsdtToken));
    return calls;
  }

  evm::RpcCall allowanceCall(const evm::Address& token) const {
    return readCall(token, token::kAllowance, {owner(), spenderOf(request_.rail, roles())});
  }

  void readMachine(std::span<const RpcReply> reads) {
    if (isAbsent(reads[kOwner])) return;
    state_.owner = addressFrom(reads[kOwner], "the machine's owner");
    state_.controller = addressFrom(reads[kController], "the machine's controller");
    const auto found = subscriptionFrom(evm::dataOf(reads[kSubscription], "the machine's subscription"));
    if (!found) throw networkError("BAD_RPC_ANSWER", "the node's answer for the subscription has an unexpected form");
    state_.subscription = *found;
    state_.homedLocally = flagFrom(reads[kHome], "the machine's home chain");
  }

  void readQuote(std::span<const RpcReply> reads) {
    Quote& quote = state_.quote;
    quote.bond = amountFrom(reads[kBond], "the bond of tier " + std::string(name(request_.call.tier)));
    quote.credit = creditOf(amountFrom(reads[kCredit], "the voucher credit"), quote.bond);
    quote.net = quote.bond - quote.credit;
    quote.token = addressFrom(reads[kToken], "the address of the PEAQ token");
    if (quote.token == evm::Address{}) {
      throw configurationError("ADDRESSES_UNSET", "the InfoDesk names no PEAQ token; nothing was sent",
                               "Check PEAQOS_DEPLOYMENT_ID");
    }
  }

  void readMoney(std::span<const RpcReply> reads) {
    state_.balance = evm::quantityOf(reads[kBalance], "the balance of " + evm::toChecksum(owner()));
    state_.gasPrice = evm::quantityOf(reads[kGasPrice], "the gas price");
  }

  void takeToken(const RpcReply& allowance, const RpcReply& balance) {
    state_.allowance = numberFrom(allowance, "the allowance");
    state_.payable = numberFrom(balance, "the token balance of " + evm::toChecksum(owner()));
  }

  Task<void> readToken(evm::Address token) {
    const auto replies =
        co_await context_.rpc.read({allowanceCall(token), readCall(token, token::kBalanceOf, {owner()})});
    takeToken(replies[0], replies[1]);
  }

  Task<void> readUsdt(RpcReply tokenReply) {
    const evm::Address usdt = revertOf(tokenReply) ? evm::Address{} : addressFrom(tokenReply, "the address of USDT");
    if (usdt == evm::Address{}) throwRevert({.name = "UsdtTokenNotSet", .reason = {}}, "the quote in USDT");
    const auto replies =
        co_await context_.rpc.read({allowanceCall(usdt), readCall(usdt, token::kBalanceOf, {owner()}),
                                    readCall(roles().provisionPool, pool::kQuoteUsdtForPeaq, {state_.quote.net})});
    takeToken(replies[0], replies[1]);
    const U256 quoted = amountFrom(replies[2], "the quote in USDT");
    const auto maximum = usdtMaximum(quoted, request_.slippageBps);
    if (!maximum) {
      throw networkError("MAX_USDT_EXCEEDED", "the pool asks for " + quoted.toDecimal() + " units of USDT",
                         "Pay in PEAQ: --payment peaq");
    }
    state_.quote.usdt = {.token = usdt, .quoted = quoted, .maximum = *maximum};
  }

  // What the contracts have against the activation is said before an approval is paid for.
  void readEstimate(const RpcReply& reply) {
    if (auto objection = objectionFrom(reply)) throw Error(std::move(*objection));
    if (std::holds_alternative<Json>(reply) && request_.rail == Rail::Peaq) {
      state_.gas = evm::uint64Of(reply, "the gas estimate");
    }
  }

  const ActivationRequest& request_;
  const ActivationContext& context_;
  const U256 machineId_;
  const PreflightScope scope_;
  ActivationState state_;
};

std::string coinsOf(const U256& wei) { return evm::formatUnitsUp(wei, 18, 6) + " PEAQ"; }

void checkMoved(const U256& now, const U256& accepted, const std::string& was, const std::string& is) {
  if (now <= accepted) return;
  throw networkError("QUOTE_MOVED", "the price rose from " + was + " to " + is + " meanwhile; no bond was paid",
                     "Run the command again to see and accept the new price");
}

}  // namespace

const evm::Address& spenderOf(Rail rail, const Roles& roles) {
  return rail == Rail::Usdt ? roles.provisionPool : roles.machineSubscription;
}

const U256& priceOf(const Quote& quote) { return quote.usdt ? quote.usdt->maximum : quote.net; }

const evm::Address& paymentTokenOf(const Quote& quote) { return quote.usdt ? quote.usdt->token : quote.token; }

bool isOnePurse(const Quote& quote) { return !quote.usdt && quote.token == expectedPeaqToken(); }

void checkComputedId(const RpcReply& reply, const U256& machineId) {
  const U256 computed = numberFrom(reply, "computeTokenId()");
  if (computed == machineId) return;
  throw inputError("MACHINE_ID_MISMATCH",
                   "the machine's ID is " + machineId.toDecimal() +
                       " by its type and credential subject, but the MachineRegistry computes " + computed.toDecimal() +
                       "; nothing was sent",
                   "The contracts follow another rule than this release: look for a newer one");
}

evm::RpcCall estimateCall(const ActivationCall& call, const Roles& roles, const evm::Address& owner) {
  return {"eth_estimateGas", Json::array({Json{{"from", evm::toChecksum(owner)},
                                               {"to", evm::toChecksum(roles.machineStateAndSync)},
                                               {"data", toHex0x(activateMachineCalldata(call))}},
                                          "latest"})};
}

std::optional<Error> objectionFrom(const RpcReply& estimate) {
  const auto revert = revertOf(estimate);
  if (!revert || isTokensWord(*revert)) return std::nullopt;
  return errorFrom(evm::RevertError(*revert, std::nullopt), "activation");
}

Bytes calldataOf(const ActivationRequest& request, const Quote& quote) {
  return quote.usdt ? activateMachineWithUsdtCalldata(request.call, quote.usdt->maximum)
                    : activateMachineCalldata(request.call);
}

Task<ActivationState> readActivationState(const ActivationRequest& request, const ActivationContext& context,
                                          U256 machineId) {
  Reading reading(request, context, machineId);
  co_return co_await reading.run();
}

evm::Preflight quoteAgain(const ActivationRequest& request, const ActivationContext& context, Quote accepted) {
  const Roles& roles = context.roles;
  evm::Preflight preflight{
      .calls = {evm::chainIdCall(),
                readCall(roles.machineSubscription, subscription::kRequiredPeaqAmount,
                         {static_cast<std::uint64_t>(request.call.tier)}),
                readCall(roles.machineSubscription, subscription::kPendingVoucherCredit, {context.signer.address()})}};
  if (accepted.usdt) {
    preflight.calls.push_back(readCall(roles.provisionPool, pool::kQuoteUsdtForPeaq, {accepted.net}));
  }
  preflight.check = [accepted](std::span<const RpcReply> replies, const Json&) {
    const U256 bond = amountFrom(replies[1], "the bond"),
               credit = creditOf(amountFrom(replies[2], "the voucher credit"), bond);
    checkMoved(bond - credit, accepted.net, coinsOf(accepted.net), coinsOf(bond - credit));
    if (accepted.usdt) {
      const U256 quoted = amountFrom(replies[3], "the quote in USDT");
      checkMoved(quoted, accepted.usdt->maximum, accepted.usdt->maximum.toDecimal() + " units of USDT",
                 quoted.toDecimal());
    }
    return evm::uint64Of(replies[0], "the chain id");
  };
  return preflight;
}

}  // namespace peaqos::peaq::v2
