// The unit tests. --shard=I/N runs the I-th part of N, counted from 0; GoogleTest's own way of saying so is the
// environment, which a WASM module does not see.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>

int main(int argc, char** argv) {
  constexpr std::string_view kShard = "--shard=";
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto slash = argument.find('/');
    if (!argument.starts_with(kShard) || slash == std::string_view::npos) return EXIT_FAILURE;
    setenv("GTEST_SHARD_INDEX", std::string(argument.substr(kShard.size(), slash - kShard.size())).c_str(), 1);
    setenv("GTEST_TOTAL_SHARDS", std::string(argument.substr(slash + 1)).c_str(), 1);
  }
  return RUN_ALL_TESTS();
}
