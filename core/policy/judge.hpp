// Whether a policy allows a transaction, after what has been spent.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "ledger/recent.hpp"
#include "policy/deed.hpp"
#include "policy/rules.hpp"

namespace peaqos::policy {

constexpr std::int64_t kHour = 3'600'000'000, kDay = 24 * kHour;  // microseconds

// A transaction of the ledger. It counts in a window that is open when it was signed, and in every one until as long
// after its end: while it may be under way it is spent.
struct Spent {
  std::int64_t last = 0;  // when its last row was written, microseconds since 1970
  bool open = false;
  Spending spending = {};
};

// What a ledger's transactions have spent: all of what they carry and their highest fee, until a row tells that they
// came to nothing, were reverted, or what their fee was. `without`: hashes that do not count. Throws Error (Input)
// "BAD_JOURNAL_ROW".
std::vector<Spent> spentBy(const Rules& rules, const std::vector<ledger::Signed>& transactions,
                           const std::vector<std::string>& without = {});

class Judge {
 public:
  // `file`: the policy's, for messages. `now`: microseconds since 1970.
  Judge(const Rules& rules, std::string file, std::int64_t now, std::vector<Spent> spent)
      : rules_(rules), file_(std::move(file)), now_(now), spent_(std::move(spent)) {}

  // Why it is not allowed, as Error (Input) "POLICY_REFUSED"; nothing where it is, a person's consent apart.
  std::optional<Error> refusal(const Deed& deed) const;

  // Why a person must agree, as a clause; nothing where nobody must.
  std::optional<std::string> consent(const Deed& deed) const;

  // From now on it counts as spent.
  void add(const Deed& deed) { spent_.push_back({.last = now_, .open = true, .spending = deed.spending}); }

  // What was spent within a window of this length; of a coin as fees, or of a currency.
  evm::U256 spent(const std::string& name, bool fees, std::int64_t window) const;

  Error refused(const std::string& problem, std::string hint) const;

 private:
  using Problem = std::optional<Error>;
  Problem ofOperation(const Deed& deed) const;
  Problem ofHours() const;
  Problem ofAddresses(const Deed& deed) const;
  Problem ofMachines(const Deed& deed) const;
  Problem ofAmounts(const Deed& deed) const;
  Problem ofFees(const Deed& deed) const;
  Problem ofLimits(const std::string& rule, const Currency& currency, bool fees, const evm::U256& amount) const;
  Problem ofWindow(const std::string& rule, const Currency& currency, bool fees, const evm::U256& amount,
                   const evm::U256& limit, std::int64_t window) const;
  std::string whenFree(const std::string& name, bool fees, const evm::U256& room, std::int64_t window) const;

  const Rules& rules_;
  const std::string file_;
  const std::int64_t now_;
  std::vector<Spent> spent_;
};

// An amount with its currency: "1.5 PEAQ".
std::string amountText(const evm::U256& units, const std::string& currency);

// "06:30".
std::string timeText(int minutes);

}  // namespace peaqos::policy
