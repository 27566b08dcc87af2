// Times the core's crypto, natively or as WASM in Node; prints nanoseconds an operation as one JSON object.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "crypto/keccak.hpp"
#include "crypto/scrypt.hpp"
#include "crypto/secp256k1.hpp"
#include "vault/families.hpp"
#include "vault/mnemonic.hpp"

namespace {

using namespace peaqos;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 7;
constexpr std::chrono::milliseconds kRound{150};

// The fastest of some rounds, nanoseconds a call: what the machine can do when nothing else disturbs it.
template <typename Operation>
double nanoseconds(Operation operation, int batch = 16) {
  double best = 1e18;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Clock::now();
    std::uint64_t calls = 0;
    Clock::duration spent{};
    do {
      for (int i = 0; i < batch; ++i) operation();
      calls += static_cast<std::uint64_t>(batch);
      spent = Clock::now() - start;
    } while (spent < kRound);
    best = std::min(best, std::chrono::duration<double, std::nano>(spent).count() / static_cast<double>(calls));
  }
  return best;
}

double keccak(std::size_t size) {
  Bytes input(size, 0x5A);
  return nanoseconds([&] { input[0] = crypto::keccak256(input)[0]; });  // each hash depends on the one before
}

double sign() {
  const auto key = crypto::PrivateKey::fromBytes(Bytes(32, 0x11));
  Hash256 digest{};
  return nanoseconds([&] { digest = crypto::sign(*key, digest).r; });
}

// The key derivation of a wallet file as OWS writes it.
double scrypt() {
  return nanoseconds([] { static_cast<void>(crypto::scrypt(asBytes("passphrase"), Bytes(32, 1), {65536, 8, 1})); }, 1);
}

// A phrase's seed, and the addresses of every chain family.
double addresses() {
  static constexpr char kPhrase[] = "test test test test test test test test test test test junk";
  return nanoseconds(
      [] {
        vault::Keys keys;
        keys.seed = vault::seedOf(asBytes(kPhrase));
        static_cast<void>(vault::accountsOf(keys, 0));
      },
      1);
}

}  // namespace

int main() {
  std::printf("{\"sign\": %.1f, \"keccak64\": %.1f, \"keccak8192\": %.1f, ", sign(), keccak(64), keccak(8192));
  std::printf("\"scrypt\": %.1f, \"addresses\": %.1f}\n", scrypt(), addresses());
  return 0;
}
