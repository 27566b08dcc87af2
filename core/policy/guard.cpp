// SPDX-License-Identifier: Apache-2.0
#include "policy/guard.hpp"

#include <chrono>
#include <utility>

#include "base/text.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"

namespace peaqos::policy {
namespace {

constexpr char kLock[] = "peaqos.policy";
constexpr std::chrono::milliseconds kPatience{30'000};  // a lock is held while some transactions are signed

// Drops a warning that was given before.
class Once : public host::Conversation {
 public:
  Once(host::Conversation& conversation, bool& warned) : conversation_(conversation), warned_(warned) {}
  void progress(const host::Progress& progress) override {
    if (!std::exchange(warned_, true)) conversation_.progress(progress);
  }
  PEAQOS_CORO_WRAPPER Task<std::optional<Secret>> ask(host::Question question) override {
    return conversation_.ask(std::move(question));
  }

 private:
  host::Conversation& conversation_;
  bool& warned_;
};

}  // namespace

Task<std::optional<Policy>> Guard::read() {
  Once once(conversation_, warned_);
  co_return co_await readPolicy(host_, once, place_);
}

Task<Judge> Guard::judge(const Policy& policy, const std::vector<evm::Proposal>& proposals) {
  std::vector<std::string> without;
  for (const evm::Proposal& proposal : proposals) {
    without.insert(without.end(), proposal.insteadOf.begin(), proposal.insteadOf.end());
  }
  const std::int64_t now = host_.clock.now();
  std::vector<Spent> spent;
  if (policy.rules.counts()) spent = spentBy(policy.rules, co_await ledger_.recent(now - kDay), without);
  co_return Judge(policy.rules, printable(policy.path), now, std::move(spent));
}

Task<std::unique_ptr<host::FileLock>> Guard::lockCounters(const Policy& policy) {
  if (!policy.rules.counts()) co_return nullptr;
  std::optional<host::FileFailure> impossible;
  host::LockRequest request{
      .path = kLock,
      .patience = kPatience,
      .busy = "another peaqos counts what the policy '" + printable(policy.path) + "' allows, and does not end"};
  request.onImpossible = [&impossible](host::FileFailure failure) { impossible = failure; };
  auto held = co_await host::acquireLock(host_, std::move(request));
  if (held) co_return std::move(held);
  throw configurationError(
      "POLICY_UNCOUNTED",
      "the policy '" + printable(policy.path) +
          "' limits what is spent in an hour or a day, and no lock can be had beside peaqos.log (" +
          std::string(host::reason(impossible.value_or(host::FileFailure::Other))) + ")",
      "Work in a folder that can hold locks, or take perHour and perDay out of the policy");
}

Task<bool> Guard::asks() {
  const auto policy = co_await read();
  co_return policy && policy->rules.asks();
}

Task<std::optional<Error>> Guard::ask(const Policy& policy, const Judge& judge, std::string why, const Deed& deed) {
  host::Question question{.name = "policy_consent",
                          .text = "The policy wants a person to agree: " + why + ". Sign it?",
                          .personOnly = true,
                          .facts = {{"file", policy.path}, {"operation", deed.operation}, {"why", why}}};
  bool answered = true;
  bool yes = false;
  try {
    yes = co_await host::confirm(conversation_, std::move(question));
  } catch (const Error& error) {
    if (error.code != "NO_ANSWER") throw;
    answered = false;
  }
  if (yes) co_return std::nullopt;
  co_return judge.refused(why + (answered ? ", and was not agreed to" : ", and nobody is there to agree"),
                          answered ? "Nothing was signed" : "Run the command on a terminal to be asked");
}

Task<std::optional<Error>> Guard::consider(evm::Proposal proposal) {
  const auto policy = co_await read();
  if (!policy) co_return std::nullopt;
  const Deed deed = deedOf(policy->rules, proposal);
  const std::vector<evm::Proposal> one{std::move(proposal)};
  const Judge judged = co_await judge(*policy, one);
  if (auto refusal = judged.refusal(deed)) co_return refusal;
  auto why = judged.consent(deed);
  if (!why) co_return std::nullopt;
  co_return co_await ask(*policy, judged, std::move(*why), deed);
}

Task<evm::Guard::Admission> Guard::admit(std::vector<evm::Proposal> proposals, bool considered) {
  Admission out{.refusals = std::vector<std::optional<Error>>(proposals.size()), .held = nullptr};
  const auto policy = co_await read();
  if (!policy) co_return out;
  out.held = co_await lockCounters(*policy);
  Judge judged = co_await judge(*policy, proposals);
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    const Deed deed = deedOf(policy->rules, proposals[i]);
    out.refusals[i] = judged.refusal(deed);
    const auto why = considered ? std::nullopt : judged.consent(deed);
    if (!out.refusals[i] && why) {
      out.refusals[i] = judged.refused(*why + ", and a person has to agree", "Run the command again to be asked");
    }
    if (!out.refusals[i]) judged.add(deed);
  }
  co_return out;
}

Task<std::optional<Guard::Standing>> Guard::standing() {
  auto policy = co_await read();
  if (!policy) co_return std::nullopt;
  const std::int64_t now = host_.clock.now();
  std::vector<Spent> spent = spentBy(policy->rules, co_await ledger_.recent(now - kDay));
  co_return Standing{.policy = std::move(*policy), .spent = std::move(spent), .now = now};
}

Task<Guard::Verdict> Guard::verdict(Deed deed) {
  const auto policy = co_await read();
  if (!policy) co_return Verdict{};
  const Judge judged = co_await judge(*policy, {});
  co_return Verdict{.refusal = judged.refusal(deed), .consent = judged.consent(deed)};
}

Task<std::vector<Guard::Verdict>> Guard::verdicts(std::vector<evm::Proposal> proposals) {
  std::vector<Verdict> out(proposals.size());
  const auto policy = co_await read();
  if (!policy) co_return out;
  Judge judged = co_await judge(*policy, proposals);
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    const Deed deed = deedOf(policy->rules, proposals[i]);
    out[i] = {.refusal = judged.refusal(deed), .consent = judged.consent(deed)};
    if (!out[i].refusal) judged.add(deed);
  }
  co_return out;
}

}  // namespace peaqos::policy
