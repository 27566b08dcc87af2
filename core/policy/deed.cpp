// SPDX-License-Identifier: Apache-2.0
#include "policy/deed.hpp"

#include <algorithm>
#include <utility>

#include "evm/preparation.hpp"
#include "market/chains.hpp"
#include "peaq/decoded_call.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/known_tokens.hpp"

namespace peaqos::policy {
namespace {

using evm::Address;
using evm::U256;

constexpr char kPeaq[] = "PEAQ";
constexpr std::uint64_t kChainsOfOtherCoins[] = {1, 10, 56, 137, 8453, 42161};

U256 largest() { return U256() - U256(1); }

// Adds what calls do to a deed.
class Account {
 public:
  Account(const Rules& rules, std::uint64_t chainId, Deed& deed) : rules_(rules), chainId_(chainId), deed_(deed) {}

  void add(const Address& from, const Address& to, const U256& value, const peaq::DecodedCall& call) {
    deed_.contracts.push_back(to);
    if (value != U256()) {
      deed_.recipients.push_back(to);
      spend(coinOf(chainId_), {}, value);
    }
    if (call.payment) {
      deed_.recipients.push_back(call.payment->recipient);
      pay(to, call.payment->units);
    }
    if (call.taker) deed_.recipients.push_back(*call.taker);
    if (call.everyMachine) deed_.machines.push_back({.name = "every machine of " + evm::toChecksum(from)});
    if (call.machineId || call.machine) deed_.machines.push_back({.id = call.machineId, .account = call.machine});
    if (call.ofCaller) deed_.machines.push_back({.account = from});
    if (call.plain) deed_.machines.push_back({.account = to});
    if (call.function.empty() && !call.plain) deed_.unreadable = true;
    for (const peaq::DecodedCall& inner : call.calls) add(from, inner.to, inner.value, inner);
  }

 private:
  // Tokens that are machines are no money, and PEAQ as a token is the coin.
  void pay(const Address& token, const U256& units) {
    if (peaq::v2::isMachineRegistry(chainId_, token)) {
      deed_.machines.push_back({.id = units});
    } else if (token == peaq::v2::expectedPeaqToken() && coinOf(chainId_) == kPeaq) {
      spend(kPeaq, {}, units);
    } else {
      spend({}, token, units);
    }
  }

  // Of a coin, or of a token's contract.
  void spend(const std::string& coin, const Address& token, const U256& units) {
    for (const Currency& currency : rules_.amounts.value_or(std::vector<Currency>())) {
      if (!coin.empty() && currency.tokens.empty() && currency.name == coin) return count(currency.name, units);
      for (const Token& known : currency.tokens) {
        if (coin.empty() && known.chainId == chainId_ && known.address == token) {
          return count(currency.name, scaled(units, known.decimals));
        }
      }
    }
    deed_.unnamed.push_back(
        !coin.empty() ? coin : "the token " + evm::toChecksum(token) + " on chain " + std::to_string(chainId_));
  }

  void count(const std::string& currency, const U256& units) {
    U256& total = deed_.spending.amounts[currency];
    total = sum(total, units);
  }

  const Rules& rules_;
  const std::uint64_t chainId_;
  Deed& deed_;
};

}  // namespace

U256 sum(const U256& a, const U256& b) {
  const U256 total = a + b;
  return total < a ? largest() : total;
}

U256 scaled(U256 units, unsigned decimals) {
  const U256 most = largest().divideBySmall(10).quotient;
  for (; decimals < kDecimals; ++decimals) {
    if (units > most) return largest();
    units = units * U256(10);
  }
  return units;
}

std::string coinOf(std::uint64_t chainId) {
  const bool other = std::ranges::find(kChainsOfOtherCoins, chainId) != std::end(kChainsOfOtherCoins);
  return other ? market::nativeCurrency(chainId) : kPeaq;
}

std::vector<std::string> coinNames() {
  std::vector<std::string> names{kPeaq};
  for (const std::uint64_t chain : kChainsOfOtherCoins) {
    if (std::string name = coinOf(chain); std::ranges::find(names, name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

Deed deedOf(const Rules& rules, const evm::Proposal& proposal) {
  const evm::Transaction& transaction = proposal.transaction;
  Deed deed{.operation = operationOf(proposal.step)};
  deed.spending.coin = coinOf(transaction.chainId);
  deed.spending.fee = evm::feeOf(transaction);
  const peaq::DecodedCall call = peaq::decodeCall(transaction.data);
  Account(rules, transaction.chainId, deed).add(proposal.from, transaction.to, transaction.value, call);
  if (proposal.step == "approve_token") deed.orOperation = "activate";
  if (deed.operation == "scale order") deed.machines.push_back({.name = proposal.machine});
  return deed;
}

Spending spendingOf(const Rules& rules, const evm::Transaction& transaction) {
  return deedOf(rules, {.step = {}, .machine = {}, .from = {}, .transaction = transaction}).spending;
}

}  // namespace peaqos::policy
