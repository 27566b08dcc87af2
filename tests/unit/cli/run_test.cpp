// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "support/fake_host.hpp"

namespace peaqos::cli {
namespace {

struct RunTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  RunTest() {
    world.disk.makeFolder("/home/user/project");
    host.environment.variables["HOME"] = "/home/user";
  }

  int run(std::vector<std::string> words) {
    host.terminal.out.clear();
    host.terminal.err.clear();
    return *host.run(cli::run(std::move(words), host.lent()));
  }
  Json error() { return parseJson(host.terminal.out).value()["error"]; }
};

TEST_F(RunTest, WithJsonAFailureIsOnBothStreams) {
  EXPECT_EQ(run({"whoami", "--json"}), 3);
  EXPECT_EQ(error()["code"], "MISSING_PEAQOS_PRIVATE_KEY");
  EXPECT_EQ(error()["kind"], "configuration");
  EXPECT_EQ(error()["sent"], "nothing");
  EXPECT_TRUE(host.terminal.err.starts_with("Error: Missing required env var"));
}

TEST_F(RunTest, WithoutItStandardOutputStaysEmpty) {
  EXPECT_EQ(run({"whoami"}), 3);
  EXPECT_EQ(host.terminal.out, "");
}

TEST_F(RunTest, UsageErrorsAreJsonToo) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"nope", "--json"}, {"whoami", "--json", "--nope"}, {"--json"}, {"man", "--json"}}) {
    EXPECT_EQ(run(words), 1);
    EXPECT_EQ(error()["code"], "USAGE") << words[0];
  }
}

TEST_F(RunTest, BehindADoubleDashItIsAnArgument) {
  EXPECT_EQ(run({"wallet", "show", "--", "--json"}), 1);
  EXPECT_EQ(host.terminal.out, "");
}

TEST_F(RunTest, PrintsTheSchemaOfACommand) {
  EXPECT_EQ(run({"--json-schema", "scale", "order"}), 0);
  EXPECT_EQ(parseJson(host.terminal.out).value()["title"], "peaqos scale order --json");
  EXPECT_EQ(run({"--json-schema", "whoami", "more"}), 1);
  EXPECT_EQ(run({"--json-schema", "wallet"}), 1);
}

TEST_F(RunTest, AReaderThatHasGoneEndsItQuietly) {
  host.terminal.broken = true;
  EXPECT_EQ(run({"--help"}), 1);
  EXPECT_EQ(run({"whoami"}), 3);
  EXPECT_EQ(run({"whoami", "--json"}), 3);
}

}  // namespace
}  // namespace peaqos::cli
