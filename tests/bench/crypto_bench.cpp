// Times the core's crypto, natively or as WASM in Node; prints nanoseconds an operation as one JSON object.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "crypto/keccak.hpp"
#include "crypto/secp256k1.hpp"

namespace {

using namespace peaqos;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 7;
constexpr std::chrono::milliseconds kRound{150};

// The fastest of some rounds, nanoseconds a call: what the machine can do when nothing else disturbs it.
template <typename Operation>
double nanoseconds(Operation operation) {
  double best = 1e18;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Clock::now();
    std::uint64_t calls = 0;
    Clock::duration spent{};
    do {
      for (int i = 0; i < 16; ++i) operation();
      calls += 16;
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

}  // namespace

int main() {
  std::printf("{\"sign\": %.1f, \"keccak64\": %.1f, \"keccak8192\": %.1f}\n", sign(), keccak(64), keccak(8192));
  return 0;
}
