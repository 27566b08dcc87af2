// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"

#include <charconv>
#include <utility>

#include "app/signing/key_signer.hpp"
#include "app/signing/session.hpp"
#include "app/wallet/passphrase.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "vault/mnemonic.hpp"
#include "vault/open_wallet.hpp"
#include "vault/store.hpp"

namespace peaqos::app {
namespace {

using vault::Keys;
using vault::KeyType;

constexpr std::size_t kKeyBytes = 32;

Error badField(const std::string& field, const std::string& problem, std::string hint) {
  return inputError("BAD_FIELD", field + " " + problem, std::move(hint));
}

std::size_t entropyBytes(const std::string& words, const Caller& caller) {
  if (words == "12") return 16;
  if (words == "24") return 32;
  throw badField(caller.fieldName("words"), "is '" + printable(words) + "'", "Use 12 or 24");
}

std::uint32_t checkIndex(const std::string& text, const Caller& caller) {
  std::uint32_t index = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (problem == std::errc() && end == text.data() + text.size() && index < 0x80000000U) return index;
  throw badField(caller.fieldName("index"), "is '" + printable(text) + "'", "Give a whole number from 0 to 2147483647");
}

Secret randomSecret(host::Random& random, std::size_t size) {
  Bytes bytes(size);
  random.fill(bytes);
  return Secret(std::move(bytes));
}

std::vector<vault::Account> accountsAt(const Keys& keys, std::uint32_t index) {
  if (auto accounts = vault::accountsOf(keys, index)) return std::move(*accounts);
  throw inputError("BAD_INDEX", "this phrase has no key at this index", "Choose another index");
}

// What is wrong with a phrase; never a word of it.
std::string problemOf(const vault::CheckedPhrase& checked) {
  switch (checked.problem) {
    case vault::PhraseProblem::None: return {};
    case vault::PhraseProblem::Word:
      return "Word " + std::to_string(checked.number) + " is not in the English word list of BIP-39";
    case vault::PhraseProblem::Length:
      return "It has " + std::to_string(checked.number) + " words; 12, 15, 18, 21 or 24 make a phrase";
    case vault::PhraseProblem::Checksum: return "Its checksum is wrong: a word is mistyped or out of place";
  }
  return {};
}

// Lines that follow a first one of a few words: a phrase may be kept one word a line. Ends with an empty line or the
// input.
Task<Secret> furtherWords(Secret first, Caller caller) {
  constexpr std::size_t kMost = 24;
  Bytes words;
  words.reserve(1U << 16);
  append(words, first.expose());
  for (std::size_t lines = 1; lines < kMost; ++lines) {
    const auto line = co_await caller.conversation.ask(
        {.name = "mnemonic", .text = "Further words (an empty line ends the phrase)", .hidden = true});
    if (!line || line->empty()) break;
    words.push_back(' ');
    append(words, line->expose());
  }
  co_return Secret(std::move(words));
}

Task<Secret> askPhrase(Caller caller) {
  constexpr std::size_t kFewest = 12;
  const host::Question question{.name = "mnemonic",
                                .text = "Mnemonic phrase",
                                .hidden = true,
                                .instead = "Type it, or give it as a line of standard input"};
  auto typed = co_await caller.conversation.ask(question);
  if (!typed) throw inputError("NO_ANSWER", "there is no answer to 'Mnemonic phrase'", question.instead);
  vault::CheckedPhrase checked = vault::checkPhrase(typed->expose());
  if (caller.naming == Naming::Flags && checked.problem == vault::PhraseProblem::Length && checked.number > 0 &&
      checked.number < kFewest) {
    const Secret whole = co_await furtherWords(std::move(*typed), caller);
    checked = vault::checkPhrase(whole.expose());
  }
  const std::string problem = problemOf(checked);
  if (problem.empty()) co_return std::move(checked.phrase);
  throw inputError("BAD_MNEMONIC", "this is not a mnemonic phrase. " + problem, "Compare it with your copy");
}

crypto::PrivateKey checkKey(const Secret& given, const std::string& source) {
  const std::string_view text(reinterpret_cast<const char*>(given.expose().data()), given.expose().size());
  const std::string_view trimmed = trim(text);
  Bytes bytes;
  if (text.size() == kKeyBytes) {
    bytes.assign(given.expose().begin(), given.expose().end());
  } else if (trimmed.size() == 2 * kKeyBytes + (trimmed.starts_with("0x") ? 2 : 0)) {
    bytes = fromHex(trimmed).value_or(Bytes());
  }
  const Secret secret(std::move(bytes));
  if (auto key = crypto::PrivateKey::fromBytes(secret.expose())) return std::move(*key);
  throw inputError(
      "BAD_PRIVATE_KEY", source + " is not a private key",
      "Give 64 hexadecimal digits, with or without 0x: a number from 1 to the order of secp256k1 less one");
}

Task<Secret> askKey(Caller caller) {
  auto given = co_await caller.conversation.ask(
      {.name = "private_key", .text = "Private key", .hidden = true, .instead = "Give the key"});
  if (!given) throw inputError("NO_ANSWER", "there is no answer to 'Private key'");
  co_return std::move(*given);
}

}  // namespace

Task<vault::Wallet> createWallet(CreateWalletRequest request, Caller caller) {
  Configuration configuration = co_await loadConfiguration(caller);
  co_return co_await createWallet(std::move(request), caller, std::move(configuration));
}

Task<vault::Wallet> createWallet(CreateWalletRequest request, Caller caller, Configuration configuration) {
  const std::size_t bytes = entropyBytes(request.words, caller);
  vault::Store store(caller.host, caller.conversation, ErrorKind::Configuration);
  co_await store.checkNewName(request.name);
  Secret passphrase = co_await newPassphrase(caller, configuration);
  Secret phrase = vault::phraseOf(randomSecret(caller.host.random, bytes).expose());
  blindKeys(caller.host.random);
  Keys keys;
  keys.seed = vault::seedOf(phrase.expose());
  vault::Stored stored = co_await store.add({.name = std::move(request.name),
                                             .keyType = KeyType::Mnemonic,
                                             .plaintext = std::move(phrase),
                                             .accounts = accountsAt(keys, 0),
                                             .passphrase = std::move(passphrase)});
  co_return std::move(stored.wallet);
}

Task<vault::Wallet> importWallet(ImportWalletRequest request, Caller caller) {
  const std::uint32_t index = request.mnemonic ? checkIndex(request.index, caller) : 0;
  const Configuration configuration = co_await loadConfiguration(caller);
  vault::Store store(caller.host, caller.conversation);
  co_await store.checkNewName(request.name);
  blindKeys(caller.host.random);
  Keys keys;
  if (!request.mnemonic) {
    if (!request.privateKey) request.privateKey = co_await askKey(caller);
    keys.secp256k1 = checkKey(*request.privateKey, request.privateKeySource);
    keys.ed25519 = randomSecret(caller.host.random, kKeyBytes);
  }
  Secret passphrase = co_await newPassphrase(caller, configuration);
  Secret plaintext;
  if (request.mnemonic) {
    plaintext = co_await askPhrase(caller);
    keys.seed = vault::seedOf(plaintext.expose());
  } else {
    plaintext = vault::writePlaintext(*keys.secp256k1, keys.ed25519.expose());
  }
  vault::Stored stored = co_await store.add({.name = std::move(request.name),
                                             .keyType = request.mnemonic ? KeyType::Mnemonic : KeyType::PrivateKey,
                                             .plaintext = std::move(plaintext),
                                             .accounts = accountsAt(keys, index),
                                             .passphrase = std::move(passphrase)});
  if (!request.mnemonic) {
    caller.conversation.progress(
        {.name = "second_key",
         .state = "note",
         .facts = {{"text",
                    "the Solana, TON, Sui, Nano and NEAR addresses belong to a second key, made at random just now; "
                    "it exists in this wallet only, and an export shows both"}}});
  }
  co_return std::move(stored.wallet);
}

Task<std::vector<vault::Wallet>> listWallets(Caller caller) {
  vault::Store store(caller.host, caller.conversation, ErrorKind::Configuration);
  auto listed = co_await store.list();
  if (listed.empty() && store.passedOver() > 0) {
    throw inputError(
        "VAULT_UNREADABLE",
        "none of the vault's files could be read as a wallet (" + counted(store.passedOver(), "file") + ")",
        "The warnings say why; -q hides them");
  }
  std::vector<vault::Wallet> wallets;
  wallets.reserve(listed.size());
  for (vault::Listed& one : listed) wallets.push_back(std::move(one.wallet));
  co_return wallets;
}

Task<vault::Wallet> showWallet(std::string nameOrId, Caller caller) {
  vault::Store store(caller.host, caller.conversation);
  vault::Listed listed = co_await store.find(std::move(nameOrId));
  co_return std::move(listed.wallet);
}

Task<Secret> exportWallet(std::string nameOrId, Caller caller) {
  const Configuration configuration = co_await loadConfiguration(caller);
  vault::Store store(caller.host, caller.conversation);
  const vault::Stored stored = co_await store.load(std::move(nameOrId));
  const Secret passphrase = formThatOpens(caller, stored.wallet, co_await walletPassphrase(caller, configuration));
  co_return vault::openWallet(stored.wallet, passphrase.expose());
}

Task<vault::Wallet> deleteWallet(std::string nameOrId, Caller caller) {
  vault::Store store(caller.host, caller.conversation);
  vault::Listed listed = co_await store.find(std::move(nameOrId));
  vault::Wallet wallet = listed.wallet;
  co_await store.erase(std::move(listed));
  for (const std::string& path : co_await store.agentKeysOf(wallet.id)) {
    caller.conversation.progress(
        {.name = "agent_key",
         .state = "warning",
         .facts = {{"text", printable(path) + " still holds a copy of this wallet's secret, under an agent's token"}}});
  }
  co_return wallet;
}

Task<Plan> planWalletDeletion(std::string nameOrId, Caller caller) {
  vault::Store store(caller.host, caller.conversation);
  const vault::Listed listed = co_await store.find(std::move(nameOrId));
  store.refuseLinked(listed);
  Plan plan{.command = "wallet delete"};
  plan.read("wallet", listed.wallet.id, toJson(listed.wallet));
  for (std::string& path : co_await store.agentKeysOf(listed.wallet.id)) {
    plan.read("agent_key", std::move(path), nullptr);
  }
  plan.act("erase_file", {{"path", listed.path}, {"wallet_id", listed.wallet.id}, {"name", listed.wallet.name}});
  co_return plan;
}

Task<vault::Wallet> renameWallet(std::string nameOrId, std::string name, Caller caller) {
  vault::Store store(caller.host, caller.conversation);
  vault::Stored stored = co_await store.rename(std::move(nameOrId), std::move(name));
  co_return std::move(stored.wallet);
}

}  // namespace peaqos::app
