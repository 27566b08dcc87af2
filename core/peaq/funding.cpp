// SPDX-License-Identifier: Apache-2.0
#include "peaq/funding.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/qr_matrix.hpp"
#include "evm/units.hpp"
#include "host/uuid.hpp"
#include "peaq/contracts.hpp"
#include "peaq/gas_station.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;
using std::chrono::milliseconds;

constexpr std::uint64_t kThreshold = kBond / 2;  // wei; the Gas Station's own minimum (docs/protocol.md#funding)
constexpr char kStep[] = "fund";                 // of ledger rows
constexpr milliseconds kPoll{1000};
constexpr int kPolls = 20;  // how long money and duplicate requests are waited for (decision 5)
constexpr int kCodes = 3;   // how many codes a person may type for one purpose

struct Wallet : FundedWallet {
  bool isShort() const { return isShortOfMoney(*balance); }
  std::string text() const { return evm::toChecksum(address); }
};

class FundingSteps {
 public:
  FundingSteps(FundingContext context, std::vector<FundedWallet> wallets) : context_(std::move(context)) {
    for (const FundedWallet& wallet : wallets) wallets_.push_back({wallet});
  }

  Task<void> run(bool skip, bool complete) {
    if (skip) {
      for (const int step : {kBalanceStep, kTwoFactorStep, kFundStep}) omit(step, "--skip-funding");
      co_return;
    }
    reportBalances();
    const bool funded = std::ranges::none_of(wallets_, &Wallet::isShort);
    if (funded || complete) {
      for (const int step : {kTwoFactorStep, kFundStep})
        omit(step, funded ? "all wallets funded" : "nothing left to pay for");
      co_return;
    }
    co_await fundAll();
  }

  Task<void> fundAll() {
    gasStation_.emplace(context_.http, context_.gasStationUrl());
    report(kTwoFactorStep, "two_factor", "started");
    co_await enrol();
    report(kFundStep, "fund", "started");
    for (const Wallet& wallet : wallets_) {
      if (wallet.isShort()) co_await fund(wallet);
    }
    co_await awaitMoney();
  }

 private:
  void report(int step, const char* name, const char* state, Json facts = Json::object()) {
    context_.conversation.progress(
        {.step = step, .steps = context_.steps, .name = name, .state = state, .facts = std::move(facts)});
  }
  Task<void> record(ledger::Status status, Json facts) {
    co_await context_.ledger.append({.step = kStep, .status = status, .facts = std::move(facts)});
  }

  void omit(int step, const char* reason) {
    constexpr const char* kNames[] = {"balance", "two_factor", "fund"};
    report(step, kNames[step - 1], "omitted", {{"reason", reason}});
  }

  void reportBalances() {
    report(kBalanceStep, "balance", "started");
    for (const Wallet& wallet : wallets_) {
      report(kBalanceStep, "balance", "note",
             {{"role", wallet.role},
              {"address", wallet.text()},
              {"amount", evm::formatUnits(*wallet.balance, 18, 4)},
              {"wei", wallet.balance->toDecimal()},
              {"currency", context_.network.currency},
              {"sufficient", !wallet.isShort()}});
    }
  }

  // --- 2FA -----------------------------------------------------------------------------------------------------------

  Task<void> askForCode() {
    host::Question question{.name = "totp",
                            .text = "6-digit code from the authenticator app",
                            .instead = "Run the command on a terminal, or send the money yourself"};
    code_ = co_await host::ask(context_.conversation, std::move(question), [](const std::string& answer) {
      const bool digits = std::ranges::all_of(answer, [](char c) { return c >= '0' && c <= '9'; });
      return digits && answer.size() == 6 ? std::string() : std::string("A code has 6 digits");
    });
  }

  void sayCodeWrong() {
    context_.conversation.progress(
        {.name = "answer",
         .state = "refused",
         .facts = {{"text", "The Gas Station did not accept this code; wait for the next one"}}});
  }

  Task<void> enrol() {
    const std::string owner = evm::toChecksum(context_.owner);
    const Enrolment enrolment = co_await gasStation_->setUp(owner);
    if (enrolment.alreadyActive) {
      report(kTwoFactorStep, "two_factor", "skipped");
      co_await askForCode();
      co_return;
    }
    report(kTwoFactorStep, "two_factor", "note",
           {{"otpauth_uri", enrolment.otpauthUri},
            {"qr_image_url", enrolment.qrImageUrl},
            {"qr", qrMatrix(enrolment.otpauthUri).value_or(std::vector<std::string>())}});
    for (int attempt = 1; attempt <= kCodes; ++attempt) {
      co_await askForCode();
      if (co_await gasStation_->confirm(owner, code_)) {
        report(kTwoFactorStep, "two_factor", "confirmed");
        co_return;
      }
      if (attempt < kCodes) sayCodeWrong();
    }
    throw GasStation::refusal("INVALID_2FA");
  }

  // --- money ---------------------------------------------------------------------------------------------------------

  Json row(const Wallet& wallet, const std::string& requestId) const {
    return {{"wallet", wallet.role},
            {"address", wallet.text()},
            {"chain_id", context_.network.alias},
            {"request_id", requestId}};
  }

  struct Resumed {
    std::string requestId;  // empty: none is open
    std::string spent;      // id of an earlier funding whose money is gone
  };

  // What an earlier run left: the newest row of this wallet that says anything decides (docs/protocol.md#funding).
  Task<Resumed> findEarlier(std::string address) {
    Resumed latest;
    co_await context_.ledger.scan("\"fund\"", [&](ledger::Row row) {
      const auto text = [&](std::string_view name) { return textOrEmpty(row.facts, name); };
      if (row.step != kStep || text("address") != address) return;
      if (row.facts.contains("chain_id") && text("chain_id") != context_.network.alias) return;
      if (row.status == ledger::Status::Pending) latest = {.requestId = text("request_id"), .spent = {}};
      if (row.status == ledger::Status::Confirmed) latest = {.requestId = {}, .spent = text("request_id")};
      if (row.status == ledger::Status::Failed) latest = {};
    });
    co_return latest;
  }

  Task<void> fund(const Wallet& wallet) {
    const Resumed earlier = co_await findEarlier(wallet.text());
    if (!earlier.spent.empty()) {
      report(kFundStep, "fund", "note",
             {{"role", wallet.role}, {"address", wallet.text()}, {"prior_request_id", earlier.spent}});
    }
    const bool resumes = !earlier.requestId.empty();
    const std::string requestId = resumes ? earlier.requestId : host::newUuid(context_.random);
    Json pending = row(wallet, requestId);
    pending["resumed_from"] = resumes ? Json("pending") : Json(nullptr);
    co_await record(ledger::Status::Pending, std::move(pending));

    const Funding funding = co_await ask(wallet, requestId);
    Json ended = row(wallet, requestId);
    Json said{{"role", wallet.role}, {"address", wallet.text()}};
    switch (funding.outcome) {
      case FundingOutcome::Funded:
        ended["tx_hash"] = said["tx_hash"] = funding.transaction;
        co_await record(ledger::Status::Confirmed, std::move(ended));
        report(kFundStep, "fund", "confirmed", std::move(said));
        co_return;
      case FundingOutcome::Processed:
        co_await record(ledger::Status::Confirmed, std::move(ended));
        report(kFundStep, "fund", "recovered", std::move(said));
        co_return;
      case FundingOutcome::Sufficient:
        co_await record(ledger::Status::Skipped, std::move(ended));
        report(kFundStep, "fund", "skipped", std::move(said));
        co_return;
      case FundingOutcome::InProgress:  // still open: the row stays pending, and the next run asks for the same request
        throw GasStation::refusal(funding.code, requestId);
      case FundingOutcome::CodeWrong:
      case FundingOutcome::Refused: break;
    }
    ended["code"] = funding.code;
    co_await record(ledger::Status::Failed, std::move(ended));
    throw GasStation::refusal(funding.code, requestId);
  }

  // Sends the request until it has an end: again with a fresh code, and again while it is under way.
  Task<Funding> ask(const Wallet& wallet, const std::string& requestId) {
    int codes = 1;
    int polls = 0;
    while (true) {
      Funding funding = co_await gasStation_->fund({.owner = evm::toChecksum(context_.owner),
                                                    .wallet = wallet.text(),
                                                    .chain = std::string(context_.network.alias),
                                                    .code = code_,
                                                    .requestId = requestId});
      if (funding.outcome == FundingOutcome::CodeWrong && codes < kCodes) {
        ++codes;
        sayCodeWrong();
        co_await askForCode();
      } else if (funding.outcome == FundingOutcome::InProgress && polls < kPolls) {
        if (polls++ == 0) report(kFundStep, "fund", "waiting", {{"role", wallet.role}, {"address", wallet.text()}});
        co_await context_.clock.sleep(kPoll);
      } else {
        co_return funding;
      }
    }
  }

  Task<void> awaitMoney() {
    for (int poll = 0;; ++poll) {
      std::vector<evm::RpcCall> calls;
      calls.reserve(wallets_.size());
      for (const Wallet& wallet : wallets_) calls.push_back(evm::balanceCall(wallet.address));
      const auto replies = co_await context_.rpc.read(std::move(calls));
      for (std::size_t i = 0; i < wallets_.size(); ++i) {
        *wallets_[i].balance = evm::quantityOf(replies[i], "the balance of " + wallets_[i].text());
      }
      const auto poor = std::ranges::find_if(wallets_, &Wallet::isShort);
      if (poor == wallets_.end()) co_return;
      if (poll == kPolls) throw stillShort(*poor);
      co_await context_.clock.sleep(kPoll);
    }
  }

  Error stillShort(const Wallet& wallet) const {
    const std::string currency(context_.network.currency);
    return networkError("STILL_SHORT",
                        std::string(wallet.role) + " " + wallet.text() + " holds " +
                            evm::formatUnits(*wallet.balance, 18, 4) + " " + currency +
                            " after funding, less than the " + evm::formatUnits(U256(kThreshold), 18, 4) + " " +
                            currency + " that activation starts from",
                        "Wait for the transfer or send the money yourself, then run the command again");
  }

  FundingContext context_;
  std::optional<GasStation> gasStation_;
  std::vector<Wallet> wallets_;
  std::string code_;
};

}  // namespace

bool isShortOfMoney(const evm::U256& balance) { return balance < evm::U256(kThreshold); }

Task<void> fundWallets(FundingContext context, std::vector<FundedWallet> wallets, bool skip, bool complete) {
  FundingSteps steps(std::move(context), std::move(wallets));
  co_await steps.run(skip, complete);
}

Task<void> fundAll(FundingContext context, std::vector<FundedWallet> wallets) {
  FundingSteps steps(std::move(context), std::move(wallets));
  co_await steps.fundAll();
}

}  // namespace peaqos::peaq
