// SPDX-License-Identifier: Apache-2.0
#include "vault/keys.hpp"

#include <string>
#include <string_view>

#include "vault/mnemonic.hpp"

namespace peaqos::vault {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::string_view kHexDigits = "0123456789abcdef";

void appendHex(Bytes& to, BytesView bytes) {
  for (const std::uint8_t byte : bytes) {
    to.push_back(static_cast<std::uint8_t>(kHexDigits[byte >> 4U]));
    to.push_back(static_cast<std::uint8_t>(kHexDigits[byte & 15U]));
  }
}

int hexValue(std::uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool isBlank(std::uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The 32 bytes behind `"name":"` in a JSON object of texts and numbers. A general parser would leave copies of the keys
// in memory that nobody overwrites.
Secret keyMember(BytesView json, std::string_view name) {
  const std::string quoted = "\"" + std::string(name) + "\"";
  const std::string_view text(reinterpret_cast<const char*>(json.data()), json.size());
  std::size_t at = text.find(quoted);
  if (at == std::string_view::npos) return {};
  at += quoted.size();
  const auto skip = [&] {
    while (at < json.size() && isBlank(json[at])) ++at;
  };
  const auto take = [&](char c) {
    skip();
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  };
  if (!take(':') || !take('"')) return {};
  if (json.size() - at <= 2 * kKeyBytes || text[at + 2 * kKeyBytes] != '"') return {};
  Bytes key;
  key.reserve(kKeyBytes);
  for (std::size_t i = 0; i < kKeyBytes; ++i, at += 2) {
    const int high = hexValue(json[at]);
    const int low = hexValue(json[at + 1]);
    if (high < 0 || low < 0) {
      wipe(key);
      return {};
    }
    key.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return Secret(std::move(key));
}

}  // namespace

const char* name(KeyType type) { return type == KeyType::Mnemonic ? "mnemonic" : "private_key"; }

std::optional<Keys> readPlaintext(KeyType type, BytesView plaintext) {
  Keys keys;
  if (type == KeyType::Mnemonic) {
    const CheckedPhrase checked = checkPhrase(plaintext);
    if (checked.problem != PhraseProblem::None) return std::nullopt;
    keys.seed = seedOf(checked.phrase.expose());
    return keys;
  }
  if (plaintext.size() == kKeyBytes) {
    keys.secp256k1 = crypto::PrivateKey::fromBytes(plaintext);
    return keys.secp256k1 ? std::optional(std::move(keys)) : std::nullopt;
  }
  const Secret secp256k1 = keyMember(plaintext, "secp256k1");
  keys.secp256k1 = crypto::PrivateKey::fromBytes(secp256k1.expose());
  keys.ed25519 = keyMember(plaintext, "ed25519");
  if (!keys.secp256k1 || keys.ed25519.empty()) return std::nullopt;
  return keys;
}

Secret writePlaintext(const crypto::PrivateKey& secp256k1, BytesView ed25519) {
  constexpr std::string_view kParts[] = {R"({"ed25519":")", R"(","secp256k1":")", R"("})"};
  Bytes json;
  json.reserve(200);
  append(json, asBytes(kParts[0]));
  appendHex(json, ed25519);
  append(json, asBytes(kParts[1]));
  appendHex(json, secp256k1.expose());
  append(json, asBytes(kParts[2]));
  return Secret(std::move(json));
}

}  // namespace peaqos::vault
