// SPDX-License-Identifier: Apache-2.0
#include "crypto/keccak.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace peaqos::crypto {
namespace {

using State = std::array<std::uint64_t, 25>;

static_assert(std::endian::native == std::endian::little, "lanes are little-endian words");

constexpr std::uint64_t kRoundConstants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// Rotation of each lane x + 5y in rho, and where pi moves it.
constexpr int kRotations[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};

constexpr std::size_t movedTo(std::size_t lane) {
  const std::size_t x = lane % 5, y = lane / 5;
  return y + 5 * ((2 * x + 3 * y) % 5);
}

// One round of keccak-f[1600]: theta, rho with pi, chi, iota. The lanes' numbers are compile-time constants, so that
// the compiler unrolls everything and keeps the lanes in registers.
template <std::size_t... Lane>
inline void round(State& a, std::uint64_t constant, std::index_sequence<Lane...>) {
  std::uint64_t column[5], moved[25];
  for (std::size_t x = 0; x < 5; ++x) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
  const std::uint64_t theta[5] = {column[4] ^ std::rotl(column[1], 1), column[0] ^ std::rotl(column[2], 1),
                                  column[1] ^ std::rotl(column[3], 1), column[2] ^ std::rotl(column[4], 1),
                                  column[3] ^ std::rotl(column[0], 1)};
  ((moved[movedTo(Lane)] = std::rotl(a[Lane] ^ theta[Lane % 5], kRotations[Lane])), ...);
  ((a[Lane] = moved[Lane] ^ (~moved[Lane / 5 * 5 + (Lane + 1) % 5] & moved[Lane / 5 * 5 + (Lane + 2) % 5])), ...);
  a[0] ^= constant;
}

void permute(State& state) {
  for (const std::uint64_t constant : kRoundConstants) round(state, constant, std::make_index_sequence<25>());
}

}  // namespace

void Keccak256::update(BytesView bytes) {
  auto* block = reinterpret_cast<std::uint8_t*>(state_.data());
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kRate - offset_);
    for (std::size_t i = 0; i < count; ++i) block[offset_ + i] ^= bytes[i];
    bytes = bytes.subspan(count);
    offset_ += count;
    if (offset_ == kRate) {
      permute(state_);
      offset_ = 0;
    }
  }
}

Hash256 Keccak256::finish() {
  auto* block = reinterpret_cast<std::uint8_t*>(state_.data());
  block[offset_] ^= 0x01;  // Keccak's own padding; SHA-3 would begin with 0x06
  block[kRate - 1] ^= 0x80;
  permute(state_);
  Hash256 digest;
  std::memcpy(digest.data(), state_.data(), digest.size());
  return digest;
}

Hash256 keccak256(BytesView bytes) {
  Keccak256 sponge;
  sponge.update(bytes);
  return sponge.finish();
}

}  // namespace peaqos::crypto
