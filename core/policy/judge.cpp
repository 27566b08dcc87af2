// SPDX-License-Identifier: Apache-2.0
#include "policy/judge.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/read_transaction.hpp"
#include "market/amounts.hpp"

namespace peaqos::policy {
namespace {

using evm::Address;
using evm::U256;

constexpr std::int64_t kSecond = 1'000'000;
constexpr char kShow[] = "`peaqos policy show` tells what is spent";

std::string named(const std::vector<Address>& addresses) {
  std::vector<std::string> names;
  for (const Address& address : addresses) names.push_back(evm::toChecksum(address));
  return names.empty() ? "none" : join(names, ", ");
}

std::string named(const Machine& machine) {
  if (!machine.name.empty()) return printable(machine.name);
  std::vector<std::string> names;
  if (machine.id) names.push_back(machine.id->toDecimal());
  if (machine.account) names.push_back(evm::toChecksum(*machine.account));
  return join(names, " of ");
}

bool matches(const Machine& rule, const Machine& machine) {
  return (rule.id && rule.id == machine.id) || (rule.account && rule.account == machine.account) ||
         (!rule.name.empty() && rule.name == machine.name);
}

U256 part(const Spent& spent, const std::string& name, bool fees) {
  if (fees) return spent.spending.coin == name ? spent.spending.fee : U256();
  const auto found = spent.spending.amounts.find(name);
  return found == spent.spending.amounts.end() ? U256() : found->second;
}

// A row's time, a whole second later at most. One that cannot be read counts as if it were now, and so never ends.
std::optional<std::int64_t> microseconds(const std::string& ts) {
  const ParsedTime time = parseTime(ts);
  return time.problem == TimeProblem::None ? std::optional((time.seconds + 1) * kSecond) : std::nullopt;
}

// What the row of its end makes of a transaction's spending.
void settle(Spending& spending, const ledger::Row& end) {
  const auto said = [&](const char* name) { return findMember(end.facts, name) != nullptr; };
  if (end.status == ledger::Status::Failed && (said("replaced_by") || said("rejected"))) {
    spending = {};
    return;
  }
  if (end.status == ledger::Status::Failed && said("reverted")) spending.amounts.clear();
  if (const auto fee = U256::fromDecimal(textOrEmpty(end.facts, "fee_wei"))) spending.fee = *fee;
}

std::string until(const Hours& hours, std::int64_t now) {
  const std::int64_t day = now / kDay * kDay;
  std::int64_t start = day + static_cast<std::int64_t>(hours.from) * 60 * kSecond;
  if (start <= now) start += kDay;
  return formatTime(start / kSecond);
}

}  // namespace

std::string amountText(const U256& units, const std::string& currency) {
  return market::exactAmount(units, kDecimals) + " " + printable(currency);
}

std::string timeText(int minutes) {
  const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

std::vector<Spent> spentBy(const Rules& rules, const std::vector<ledger::Signed>& transactions,
                           const std::vector<std::string>& without) {
  std::vector<Spent> out;
  for (const ledger::Signed& each : transactions) {
    if (std::ranges::find(without, each.hash) != without.end()) continue;
    const auto bytes = fromHex(each.raw);
    const auto read = bytes ? evm::readSigned(*bytes) : std::nullopt;
    if (!read) {
      throw inputError("BAD_JOURNAL_ROW", "peaqos.log holds signed bytes that cannot be read: " + printable(each.hash),
                       "Look the transaction up in an explorer; then move peaqos.log away, or mend the row");
    }
    const auto last = microseconds(each.last);
    Spent spent{.last = last.value_or(0), .open = each.open || !last, .spending = spendingOf(rules, read->transaction)};
    if (each.end) settle(spent.spending, *each.end);
    out.push_back(std::move(spent));
  }
  return out;
}

Error Judge::refused(const std::string& problem, std::string hint) const {
  return inputError("POLICY_REFUSED", "the policy '" + file_ + "' refuses it: " + problem, std::move(hint));
}

U256 Judge::spent(const std::string& name, bool fees, std::int64_t window) const {
  U256 total;
  for (const Spent& each : spent_) {
    if (each.open || each.last > now_ - window) total = sum(total, part(each, name, fees));
  }
  return total;
}

std::optional<Error> Judge::refusal(const Deed& deed) const {
  if (auto problem = ofOperation(deed)) return problem;
  if (auto problem = ofHours()) return problem;
  if (auto problem = ofAddresses(deed)) return problem;
  if (auto problem = ofMachines(deed)) return problem;
  if (auto problem = ofAmounts(deed)) return problem;
  return ofFees(deed);
}

Judge::Problem Judge::ofOperation(const Deed& deed) const {
  if (!rules_.operations || std::ranges::find(*rules_.operations, deed.operation) != rules_.operations->end()) {
    return std::nullopt;
  }
  const std::string allowed = rules_.operations->empty() ? "nothing" : join(*rules_.operations, ", ");
  return refused("operations does not name '" + deed.operation + "'", "It allows: " + allowed);
}

Judge::Problem Judge::ofHours() const {
  if (!rules_.hours) return std::nullopt;
  const auto [from, to] = *rules_.hours;
  const int minute = static_cast<int>(now_ % kDay / (60 * kSecond));
  const bool within = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (within) return std::nullopt;
  return refused("hours is from " + timeText(from) + " to " + timeText(to) + " UTC, and it is " + timeText(minute),
                 "Run the command again from " + until(*rules_.hours, now_) + " on");
}

Judge::Problem Judge::ofAddresses(const Deed& deed) const {
  const auto check = [&](const char* rule, const std::optional<std::vector<Address>>& allowed,
                         const std::vector<Address>& wanted) -> Problem {
    for (const Address& address : wanted) {
      if (!allowed || std::ranges::find(*allowed, address) != allowed->end()) continue;
      return refused(std::string(rule) + " does not name " + evm::toChecksum(address), "It allows: " + named(*allowed));
    }
    return std::nullopt;
  };
  if (auto problem = check("contracts", rules_.contracts, deed.contracts)) return problem;
  return check("recipients", rules_.recipients, deed.recipients);
}

Judge::Problem Judge::ofMachines(const Deed& deed) const {
  if (!rules_.machines) return std::nullopt;
  std::vector<std::string> names;
  for (const Machine& machine : *rules_.machines) names.push_back(named(machine));
  const std::string hint = "It allows: " + (names.empty() ? std::string("none") : join(names, ", "));
  for (const Machine& machine : deed.machines) {
    if (std::ranges::none_of(*rules_.machines, [&](const Machine& rule) { return matches(rule, machine); })) {
      return refused("machines does not name " + named(machine), hint);
    }
  }
  if (deed.ofUnknownMachine) return refused("machines is set, and the call does not tell which machine it is of", hint);
  return std::nullopt;
}

Judge::Problem Judge::ofAmounts(const Deed& deed) const {
  if (!rules_.amounts) return std::nullopt;
  if (!deed.unnamed.empty()) {
    std::vector<std::string> names;
    for (const Currency& currency : *rules_.amounts) names.push_back(printable(currency.name));
    return refused("amounts does not name " + printable(deed.unnamed[0]),
                   "It allows: " + (names.empty() ? "none" : join(names, ", ")));
  }
  for (const Currency& currency : *rules_.amounts) {
    const auto amount = deed.spending.amounts.find(currency.name);
    if (amount == deed.spending.amounts.end()) continue;
    if (auto problem = ofLimits("amounts." + printable(currency.name), currency, false, amount->second)) return problem;
  }
  return std::nullopt;
}

Judge::Problem Judge::ofFees(const Deed& deed) const {
  if (!rules_.fees || deed.spending.coin.empty()) return std::nullopt;
  const std::string& coin = deed.spending.coin;
  const auto currency = std::ranges::find(*rules_.fees, coin, &Currency::name);
  if (currency == rules_.fees->end()) {
    return refused("fees does not name " + coin, "Name it there to allow fees of that coin");
  }
  return ofLimits("fees." + printable(coin), *currency, true, deed.spending.fee);
}

Judge::Problem Judge::ofLimits(const std::string& rule, const Currency& currency, bool fees, const U256& amount) const {
  const Limits& limits = currency.limits;
  if (limits.perTransaction && amount > *limits.perTransaction) {
    return refused(rule + ".perTransaction is " + amountText(*limits.perTransaction, currency.name) + ", and this " +
                       (fees ? "may cost " : "spends ") + amountText(amount, currency.name),
                   "At most " + amountText(*limits.perTransaction, currency.name) + " at once is allowed");
  }
  if (limits.perHour) {
    if (auto problem = ofWindow(rule + ".perHour", currency, fees, amount, *limits.perHour, kHour)) return problem;
  }
  if (limits.perDay) return ofWindow(rule + ".perDay", currency, fees, amount, *limits.perDay, kDay);
  return std::nullopt;
}

Judge::Problem Judge::ofWindow(const std::string& rule, const Currency& currency, bool fees, const U256& amount,
                               const U256& limit, std::int64_t window) const {
  const U256 before = spent(currency.name, fees, window);
  if (sum(before, amount) <= limit) return std::nullopt;
  const U256 room = before < limit ? limit - before : U256();
  std::string problem = rule + " is " + amountText(limit, currency.name) + ", " + amountText(before, currency.name) +
                        " of it spent or under way, and this " + (fees ? "may cost " : "spends ") +
                        amountText(amount, currency.name);
  const std::string now = amountText(room, currency.name) + " is allowed now";
  const std::string later =
      amount > limit ? "more than " + amountText(limit, currency.name) + " never is"
                     : amountText(amount, currency.name) + " " + whenFree(currency.name, fees, limit - amount, window);
  return refused(problem, now + ", " + later + "; " + kShow);
}

// When no more than `room` of a window is spent any more.
std::string Judge::whenFree(const std::string& name, bool fees, const U256& room, std::int64_t window) const {
  std::vector<std::pair<std::int64_t, U256>> ended;
  U256 total;
  for (const Spent& each : spent_) {
    const U256 units = part(each, name, fees);
    if (units == U256() || (!each.open && each.last <= now_ - window)) continue;
    total = sum(total, units);
    if (!each.open) ended.emplace_back(each.last + window, units);
  }
  std::ranges::sort(ended);
  for (const auto& [time, units] : ended) {
    total = total - units;
    if (total <= room) return "from " + formatTime(time / kSecond) + " on";
  }
  return "once what is under way has ended";
}

std::optional<std::string> Judge::consent(const Deed& deed) const {
  for (const Currency& currency : rules_.amounts.value_or(std::vector<Currency>())) {
    const auto amount = deed.spending.amounts.find(currency.name);
    if (amount == deed.spending.amounts.end() || !currency.limits.askAbove) continue;
    if (amount->second <= *currency.limits.askAbove) continue;
    return "it spends " + amountText(amount->second, currency.name) + ", above amounts." + printable(currency.name) +
           ".askAbove of " + amountText(*currency.limits.askAbove, currency.name);
  }
  for (const Currency& currency : rules_.fees.value_or(std::vector<Currency>())) {
    if (currency.name != deed.spending.coin || !currency.limits.askAbove) continue;
    if (deed.spending.fee <= *currency.limits.askAbove) continue;
    return "its fee may come to " + amountText(deed.spending.fee, currency.name) + ", above fees." +
           printable(currency.name) + ".askAbove of " + amountText(*currency.limits.askAbove, currency.name);
  }
  return std::nullopt;
}

}  // namespace peaqos::policy
