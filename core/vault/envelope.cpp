// SPDX-License-Identifier: Apache-2.0
#include "vault/envelope.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.hpp"
#include "crypto/aes_gcm.hpp"
#include "crypto/scrypt.hpp"

namespace peaqos::vault {
namespace {

constexpr std::uint64_t kWeakestN = 65536;
constexpr std::uint64_t kMostMemory = 512ULL << 20;  // bytes that scrypt takes: 128 * n * r
constexpr std::uint64_t kLeastR = 8;
constexpr std::uint64_t kMostR = 32;
constexpr std::uint64_t kMostP = 16;
constexpr std::size_t kLongestSalt = 1024;
constexpr crypto::ScryptCost kWritten{.n = kWeakestN, .r = 8, .p = 1};

struct Envelope {
  crypto::ScryptCost cost;
  Bytes salt;
  crypto::GcmNonce nonce{};
  crypto::Sealed sealed;
};

Error outOfMemory() {
  return inputError("OUT_OF_MEMORY", "there is not enough memory to derive the wallet's key",
                    "Close other programs and try again");
}

// Reads the members, each check with its own words.
class Reader {
 public:
  explicit Reader(const std::string& what) : what_(what) {}

  Envelope read(const Json& json) const {
    if (!json.is_object()) throw bad("crypto is not an object");
    if (text(json, "cipher") != "aes-256-gcm") throw bad("crypto.cipher is not aes-256-gcm");
    if (text(json, "kdf") != "scrypt") throw bad("crypto.kdf is not scrypt");
    Envelope out;
    readCost(object(json, "kdfparams"), out);
    out.nonce = exactly<12>(object(json, "cipherparams"), "iv");
    out.sealed.tag = exactly<16>(json, "auth_tag");
    out.sealed.ciphertext = bytes(json, "ciphertext");
    return out;
  }

 private:
  Error bad(const std::string& problem) const {
    return inputError("BAD_WALLET_FILE", "the file of wallet " + what_ + " is damaged: " + problem,
                      "Restore it from a copy; nothing was changed");
  }

  void readCost(const Json& parameters, Envelope& out) const {
    out.cost = {.n = number(parameters, "n"), .r = number(parameters, "r"), .p = number(parameters, "p")};
    out.salt = bytes(parameters, "salt");
    if (number(parameters, "dklen") != 32) throw bad("kdfparams.dklen is not 32");
    if (!std::has_single_bit(out.cost.n)) throw bad("kdfparams.n is no power of two");
    if (out.cost.n < kWeakestN || out.cost.r < kLeastR || out.cost.p < 1) {
      throw inputError("WEAK_KDF", "the file of wallet " + what_ + " has a weaker key derivation than OWS allows",
                       "Whoever made it did not protect it: import its secret into a new wallet");
    }
    // n first: the product of the two must not overflow.
    if (out.cost.n > kMostMemory || out.cost.r > kMostR || out.cost.p > kMostP ||
        128 * out.cost.n * out.cost.r > kMostMemory) {
      throw inputError("LARGE_KDF",
                       "the file of wallet " + what_ + " asks for more than 512 MiB or too much time to derive its key",
                       "It was not made by an OWS program: do not trust it");
    }
    if (out.salt.size() > kLongestSalt) throw bad("kdfparams.salt has more than 1024 bytes");
  }

  const Json& member(const Json& json, const char* name) const {
    const Json* found = findMember(json, name);
    if (!found) throw bad(std::string(name) + " is missing");
    return *found;
  }
  const Json& object(const Json& json, const char* name) const {
    const Json& found = member(json, name);
    if (!found.is_object()) throw bad(std::string(name) + " is not an object");
    return found;
  }
  std::string text(const Json& json, const char* name) const {
    const Json& found = member(json, name);
    if (!found.is_string()) throw bad(std::string(name) + " is not a text");
    return found.get<std::string>();
  }
  std::uint64_t number(const Json& json, const char* name) const {
    const auto value = toUint64(member(json, name));
    if (!value) throw bad(std::string(name) + " is not a whole number");
    return *value;
  }
  Bytes bytes(const Json& json, const char* name) const {
    const std::string digits = text(json, name);
    auto value = digits.starts_with("0x") || digits.starts_with("0X") ? std::nullopt : fromHex(digits);
    if (!value) throw bad(std::string(name) + " is not hexadecimal");
    return std::move(*value);
  }
  template <std::size_t N>
  std::array<std::uint8_t, N> exactly(const Json& json, const char* name) const {
    const Bytes value = bytes(json, name);
    if (value.size() != N) {
      throw bad(std::string(name) + " has " + std::to_string(value.size()) + " bytes instead of " + std::to_string(N));
    }
    std::array<std::uint8_t, N> out;
    std::ranges::copy(value, out.begin());
    return out;
  }

  const std::string& what_;
};

}  // namespace

void checkEnvelope(const Json& envelope, const std::string& what) { static_cast<void>(Reader(what).read(envelope)); }

Secret openEnvelope(const Json& envelope, BytesView passphrase, const std::string& what) {
  const Envelope checked = Reader(what).read(envelope);
  const auto key = crypto::scrypt(passphrase, checked.salt, checked.cost);
  if (!key) throw outOfMemory();
  auto plaintext = crypto::open(key->expose(), checked.nonce, checked.sealed);
  if (!plaintext) {
    throw inputError("BAD_PASSPHRASE", "the passphrase does not open wallet " + what,
                     "Type it as it was when the wallet was made; blanks and letter case count. A damaged file looks "
                     "the same");
  }
  return std::move(*plaintext);
}

Json sealEnvelope(BytesView plaintext, BytesView passphrase, BytesView salt, BytesView nonce) {
  const auto key = crypto::scrypt(passphrase, salt, kWritten);
  if (!key) throw outOfMemory();
  crypto::GcmNonce iv;
  std::ranges::copy(nonce, iv.begin());
  const crypto::Sealed sealed = crypto::seal(key->expose(), iv, plaintext);
  return {
      {"auth_tag", toHex(sealed.tag)},
      {"cipher", "aes-256-gcm"},
      {"cipherparams", {{"iv", toHex(iv)}}},
      {"ciphertext", toHex(sealed.ciphertext)},
      {"kdf", "scrypt"},
      {"kdfparams", {{"dklen", 32}, {"n", kWritten.n}, {"p", kWritten.p}, {"r", kWritten.r}, {"salt", toHex(salt)}}}};
}

Json sealEnvelope(BytesView plaintext, BytesView passphrase, host::Random& random) {
  std::array<std::uint8_t, 32> salt;
  crypto::GcmNonce nonce;
  random.fill(salt);
  random.fill(nonce);
  return sealEnvelope(plaintext, passphrase, salt, nonce);
}

}  // namespace peaqos::vault
