// Identifiers of requests.
// SPDX-License-Identifier: Apache-2.0
#include "host/uuid.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace peaqos::host {
namespace {

struct Ones : Random {
  void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, std::uint8_t{0xFF}); }
};

TEST(Uuid, HasVersionAndVariantOfRfc9562) {
  Ones random;
  EXPECT_EQ(newUuid(random), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

}  // namespace
}  // namespace peaqos::host
