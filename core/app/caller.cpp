// SPDX-License-Identifier: Apache-2.0
#include "app/caller.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"

namespace peaqos::app {

namespace {

struct Renamed {
  std::string_view flag;
  std::string_view member;
};

// Flags whose members are not simply their names in camel case. A signature that a flag reads from a file is a
// program's answer to a question.
constexpr Renamed kRenamed[] = {{"agent-key-file", "agentKey"},
                                {"agent-signature-file", "onQuestion"},
                                {"daily-limit", "dailySpendLimit"},
                                {"identity-key-file", "identityKey"},
                                {"identity-signature-file", "onQuestion"},
                                {"pairing-token-file", "pairingToken"},
                                {"per-tx-limit", "perTransactionLimit"}};

std::string memberName(std::string_view flag) {
  const auto renamed = std::ranges::find(kRenamed, flag, &Renamed::flag);
  if (renamed != std::end(kRenamed)) return std::string(renamed->member);
  std::string member;
  bool capital = false;
  for (const char c : flag) {
    if (c == '-') {
      capital = true;
      continue;
    }
    member += capital ? static_cast<char>(c - 'a' + 'A') : c;
    capital = false;
  }
  return member;
}

std::string columnName(std::string_view flag) {
  std::string column(flag);
  std::ranges::replace(column, '-', '_');
  return column;
}

}  // namespace

std::string Caller::fieldName(std::string_view flag) const {
  switch (naming) {
    case Naming::Flags: return "--" + std::string(flag);
    case Naming::Columns: return columnName(flag);
    case Naming::Members: break;
  }
  return memberName(flag);
}

std::string withMemberNames(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  std::string out;
  while (true) {
    const std::size_t dashes = text.find("--");
    out += text.substr(0, dashes);
    if (dashes == std::string_view::npos) return out;
    text.remove_prefix(dashes + 2);
    std::string_view flag = text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"));
    const bool begins = !flag.empty() && kLetters.find(flag[0]) != std::string_view::npos;
    if (!begins) {
      out += "--";
      continue;
    }
    while (flag.ends_with('-')) flag.remove_suffix(1);
    out += memberName(flag);
    text.remove_prefix(flag.size());
  }
}

std::string Caller::argumentName(std::string_view flag) const {
  if (naming != Naming::Flags) return fieldName(flag);
  std::string name;
  for (const char c : flag) name += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
  return name;
}

void Caller::overrideMaxFee(std::string coins) {
  if (!evm::parseUnits(coins, 18)) {
    throw inputError("BAD_FIELD", fieldName("max-fee") + " is not an amount: '" + printable(coins) + "'",
                     "Give the most that one transaction's fee may come to, in the chain's coin, such as 1 or 0.25");
  }
  overrides["PEAQOS_MAX_FEE"] = std::move(coins);
}

}  // namespace peaqos::app
