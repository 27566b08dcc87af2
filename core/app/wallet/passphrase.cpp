// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/passphrase.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "vault/open_wallet.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kAgentToken = "ows_key_";
constexpr std::size_t kShort = 12;  // characters that OWS advises
constexpr int kAttempts = 3;

std::string_view textOf(BytesView passphrase) {
  return {reinterpret_cast<const char*>(passphrase.data()), passphrase.size()};
}

// What is wrong with the bytes of a passphrase; empty when nothing is. U+FFFD is what some hosts make of bytes that are
// no text.
std::string problemOf(BytesView passphrase) {
  if (passphrase.empty()) return "The passphrase is empty";
  const bool text = isValidUtf8(textOf(passphrase)) && textOf(passphrase).find("\xEF\xBF\xBD") == std::string::npos;
  return text ? "" : "The passphrase is not UTF-8 text";
}

bool isAgentToken(BytesView passphrase) {
  return passphrase.size() >= kAgentToken.size() &&
         std::ranges::equal(passphrase.first(kAgentToken.size()), asBytes(kAgentToken));
}

// OWS programs would take such a passphrase for the token of an agent, and could never sign with the wallet.
std::string problemOfNew(BytesView passphrase) {
  if (const std::string problem = problemOf(passphrase); !problem.empty()) return problem;
  return isAgentToken(passphrase) ? "A passphrase must not begin with ows_key_: agent tokens do" : "";
}

host::Question passphraseQuestion(const char* name) {
  return {.name = name, .text = "Vault passphrase", .hidden = true, .instead = "Set OWS_PASSPHRASE"};
}

// The answer of a program, which wins over the variable; nothing when it leaves that to the variable, or when this is a
// command line.
Task<std::optional<Secret>> fromProgram(const Caller& caller, const char* name) {
  if (caller.naming != Naming::Members) co_return std::nullopt;
  co_return co_await caller.conversation.ask(passphraseQuestion(name));
}

// Whether a passphrase is not what keeps a wallet closed.
bool opens(const vault::WalletFile& wallet, BytesView passphrase) {
  try {
    static_cast<void>(vault::openWallet(wallet, passphrase));
  } catch (const Error& error) {
    return error.code != "BAD_PASSPHRASE";
  }
  return true;
}

Task<Secret> askTwice(const Caller& caller) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Secret passphrase =
        co_await host::askSecret(caller.conversation, passphraseQuestion("new_passphrase"), problemOfNew);
    if (!caller.host.terminal.interactive()) co_return passphrase;  // a program or a file makes no typing errors
    host::Question again = passphraseQuestion("repeat_passphrase");
    again.text = "Repeat the vault passphrase";
    const auto repeated = co_await caller.conversation.ask(std::move(again));
    if (repeated && std::ranges::equal(passphrase.expose(), repeated->expose())) co_return passphrase;
    caller.conversation.progress(
        {.name = "answer", .state = "refused", .facts = {{"text", "The two passphrases differ"}}});
  }
  throw inputError("BAD_ANSWER", "the two passphrases differed " + std::to_string(kAttempts) + " times",
                   "Set OWS_PASSPHRASE, or try again");
}

}  // namespace

Task<Secret> newPassphrase(const Caller& caller, const Configuration& configuration) {
  auto passphrase = co_await fromProgram(caller, "new_passphrase");
  if (!passphrase) passphrase = configuration.owsPassphrase();
  if (!passphrase) passphrase = co_await askTwice(caller);
  const std::string problem = problemOfNew(passphrase->expose());
  if (!problem.empty()) throw inputError("BAD_PASSPHRASE", problem, "Choose another passphrase");
  if (width(textOf(passphrase->expose())) < kShort) {
    caller.conversation.progress(
        {.name = "passphrase",
         .state = "warning",
         .facts = {{"text", "the passphrase has fewer than 12 characters and is easier to guess"}}});
  }
  co_return std::move(*passphrase);
}

Task<Secret> walletPassphrase(const Caller& caller, const Configuration& configuration) {
  auto passphrase = co_await fromProgram(caller, "passphrase");
  if (!passphrase) passphrase = configuration.owsPassphrase();
  if (!passphrase) {
    passphrase = co_await host::askSecret(caller.conversation, passphraseQuestion("passphrase"), problemOf);
  }
  if (const std::string problem = problemOf(passphrase->expose()); !problem.empty()) {
    throw inputError("BAD_PASSPHRASE", problem, "Give the wallet's passphrase");
  }
  co_return std::move(*passphrase);
}

Task<Secret> signingPassphrase(const Caller& caller, const Configuration& configuration, vault::WalletFile wallet) {
  auto passphrase = configuration.owsPassphrase();
  if (!passphrase) {
    host::Question question = passphraseQuestion("passphrase");
    question.personOnly = true;
    question.facts["wallet"] = wallet.id;
    passphrase = co_await caller.conversation.ask(std::move(question));
  }
  if (!passphrase) {
    throw configurationError("MISSING_OWS_PASSPHRASE", "the wallet that signs needs its passphrase",
                             "Set OWS_PASSPHRASE, or run the command on a terminal");
  }
  if (isAgentToken(passphrase->expose())) {
    throw configurationError("AGENT_TOKEN", "OWS_PASSPHRASE is an agent token, and those are not supported",
                             "Give the wallet's own passphrase");
  }
  if (const std::string problem = problemOf(passphrase->expose()); !problem.empty()) {
    throw configurationError("BAD_PASSPHRASE", problem, "Give the wallet's passphrase");
  }
  co_return formThatOpens(caller, wallet, std::move(*passphrase));
}

Secret formThatOpens(const Caller& caller, const vault::WalletFile& wallet, Secret passphrase) {
  host::Normalizer* const normalizer = caller.host.normalizer;
  const auto isAscii = [](std::uint8_t byte) { return byte < 0x80; };
  if (!normalizer || std::ranges::all_of(passphrase.expose(), isAscii)) return passphrase;
  constexpr std::pair<host::UnicodeForm, const char*> kForms[] = {{host::UnicodeForm::Composed, "NFC"},
                                                                  {host::UnicodeForm::Decomposed, "NFD"}};
  bool tried = false;
  for (const auto& [form, name] : kForms) {
    Secret other = normalizer->normalize(passphrase.expose(), form);
    if (std::ranges::equal(other.expose(), passphrase.expose())) continue;
    if (!tried && opens(wallet, passphrase.expose())) return passphrase;
    tried = true;
    if (!opens(wallet, other.expose())) continue;
    caller.conversation.progress({.name = "passphrase",
                                  .state = "warning",
                                  .facts = {{"text", "wallet " + vault::quotedName(wallet) +
                                                         " opens with the passphrase in another form of Unicode (" +
                                                         name + ") than it was given in"}}});
    return other;
  }
  return passphrase;
}

}  // namespace peaqos::app
