// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/bond.hpp"

#include <iterator>

#include "base/error.hpp"
#include "evm/units.hpp"
#include "peaq/contracts.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::size_t kTierCount = std::size(kTiers);

// A price; nothing where the contract answers that there is none.
std::optional<evm::U256> priceFrom(const evm::RpcReply& reply) {
  const auto revert = revertOf(reply);
  if (revert && revert->name == "PriceNotAvailable") return std::nullopt;
  if (revert) throw errorFrom(evm::RevertError(*revert, std::nullopt), "the price of a bond");
  return numberFrom(reply, "the price of a bond");
}

}  // namespace

const evm::Address& expectedPeaqToken() {
  static const evm::Address token = evm::parseAddress("0x0000000000000000000000000000000000000809").value();
  return token;
}

std::vector<evm::RpcCall> tokenCalls(const evm::Address& token, const evm::Address& payer,
                                     const evm::Address& spender) {
  return {readCall(token, token::kBalanceOf, {payer}), readCall(token, token::kAllowance, {payer, spender})};
}

void takeToken(std::span<const evm::RpcReply> replies, evm::U256& balance, evm::U256& allowance) {
  balance = numberFrom(replies[0], "the payer's balance of the token");
  allowance = numberFrom(replies[1], "the payer's allowance of the token");
}

std::vector<evm::RpcCall> purseCalls(const Roles& roles, const evm::Address& payer) {
  std::vector<evm::RpcCall> calls{readCall(roles.infoDesk, info_desk::kPeaqToken),
                                  readCall(roles.infoDesk, info_desk::kSubscriptionPeriodLength),
                                  readCall(roles.machineStateAndSync, state::kIsTechnicalPausedGlobal),
                                  readCall(roles.provisionPool, pool::kUsdtToken), evm::balanceCall(payer)};
  for (std::uint64_t tier = 0; tier < kTierCount; ++tier) {
    calls.push_back(readCall(roles.machineSubscription, subscription::kRequiredPeaqAmount, {tier}));
  }
  for (evm::RpcCall& call : tokenCalls(expectedPeaqToken(), payer, roles.machineSubscription)) {
    calls.push_back(std::move(call));
  }
  return calls;
}

Purse purseFrom(std::span<const evm::RpcReply> replies, const evm::Address& payer) {
  Purse purse{.payer = payer, .bonds = {}, .peaqToken = addressFrom(replies[0], "the PEAQ token")};
  const auto length = numberFrom(replies[1], "the length of a period").toUint64();
  if (!length)
    throw networkError("BAD_RPC_ANSWER", "the length of a period is beyond all reason", "Check PEAQOS_RPC_URL");
  purse.periodLength = *length;
  purse.technicallyPaused = flagFrom(replies[2], "isTechnicalPausedGlobal");
  purse.usdtToken = addressFrom(replies[3], "the USDT token");
  purse.native = evm::quantityOf(replies[4], "the balance of " + evm::toChecksum(payer));
  for (std::size_t tier = 0; tier < kTierCount; ++tier) purse.bonds.push_back(priceFrom(replies[5 + tier]));
  if (purse.peaqToken == expectedPeaqToken()) {
    takeToken(replies.subspan(5 + kTierCount, 2), purse.balance, purse.allowance);
  }
  return purse;
}

evm::U256 Purse::bondOf(std::uint64_t tier) const {
  if (tier >= bonds.size()) {
    throw inputError("INVALID_TIER", "tier " + std::to_string(tier) + " is not known", "Use entry, basic or pro");
  }
  if (const auto& bond = bonds[static_cast<std::size_t>(tier)]) return *bond;
  throw networkError(
      "ORACLE_UNPRICED",
      "the protocol has no price of PEAQ at the moment, so that no bond can be computed; nothing was sent",
      "Run the command again later");
}

void checkPriceAgain(const evm::RpcReply& reply, const evm::U256& agreed) {
  if (const auto revert = revertOf(reply)) {
    throw errorFrom(evm::RevertError(*revert, std::nullopt), "the price of a bond");
  }
  const evm::U256 price = numberFrom(reply, "the price of a bond");
  if (price <= agreed) return;
  throw networkError("QUOTE_MOVED",
                     "the bond has become dearer since it was agreed to: " + peaqText(price) + " instead of " +
                         peaqText(agreed) + "; nothing more was sent",
                     "Run the command again to see the new price");
}

void refuseTechnicalPause(const Purse& purse) {
  if (!purse.technicallyPaused) return;
  throw networkError("TECHNICALLY_PAUSED", "the protocol is paused for technical reasons; nothing was sent",
                     "Wait until it works again, then run the command again");
}

std::string peaqText(const evm::U256& wei) { return evm::formatUnitsUp(wei, 18, 4) + " PEAQ"; }

}  // namespace peaqos::peaq::v2
