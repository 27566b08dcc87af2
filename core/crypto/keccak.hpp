// Keccak-256, the hash of Ethereum: the permutation and sponge of the Keccak submission with its original padding, not
// the one of FIPS 202. A C++ port of tiny-keccak's design.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"

namespace peaqos::crypto {

// The sponge: absorbs bytes piece by piece, gives the digest once.
class Keccak256 {
 public:
  void update(BytesView bytes);
  // The digest of everything absorbed. The sponge is spent afterwards.
  Hash256 finish();

 private:
  static constexpr std::size_t kRate = 136;  // bytes absorbed between two permutations: (1600 - 2 * 256) / 8

  std::array<std::uint64_t, 25> state_{};
  std::size_t offset_ = 0;  // bytes of the current block that are absorbed
};

Hash256 keccak256(BytesView bytes);

}  // namespace peaqos::crypto
