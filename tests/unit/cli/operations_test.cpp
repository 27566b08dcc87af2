// SPDX-License-Identifier: Apache-2.0
#include "cli/operations.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace peaqos::cli {
namespace {

const Command& commandNamed(std::string_view path) { return **std::ranges::find(commands(), path, &Command::path); }

TEST(Operations, SayWhatGoesIntoACommand) {
  const Json order = inputSchema(commandNamed("scale order"));
  const Json& of = order["properties"];
  EXPECT_EQ(dumpJson(order["required"]), R"(["service_id","machine_id","agent_pairing_id","pairing_token_file"])");
  EXPECT_EQ(of["service_id"]["x-argument"], 0);
  EXPECT_EQ(of["pairing_token_file"]["x-flag"], "pairing-token-file");
  EXPECT_EQ(of["pairing_token_file"]["x-secret"], true);
  EXPECT_EQ(of["input"]["x-file"], "read");
  EXPECT_EQ(of["max_fee"]["x-unit"], "coins");
  EXPECT_EQ(of["yes"]["type"], "boolean");
  EXPECT_FALSE(of.contains("json"));
  EXPECT_EQ(order["additionalProperties"], false);

  const Json event = inputSchema(commandNamed("qualify event"));
  EXPECT_EQ(dumpJson(event["properties"]["trust"]["enum"]), R"(["self","onchain","hardware"])");
  EXPECT_EQ(event["properties"]["trust"]["default"], "self");
  EXPECT_EQ(event["properties"]["machine_id"]["anyOf"][0]["type"], "integer");
  EXPECT_EQ(dumpJson(inputSchema(commandNamed("activate"))["dependencies"]["for"]), R"(["machine_key"])");
  EXPECT_EQ(inputSchema(commandNamed("qualify mcr"))["properties"]["did"]["type"], "array");
  EXPECT_EQ(inputSchema(commandNamed("qualify events"))["properties"]["results"]["x-file"], "written");
}

// A command whose effect nobody has stated is offered to no agent: it must be stated.
TEST(Operations, StateTheEffectOfEveryCommand) {
  const Json table = operations();
  ASSERT_EQ(table["commands"].size(), commands().size());
  for (const Json& command : table["commands"]) EXPECT_NE(command["effect"], "unstated") << command["command"];
}

// The same holds for what a file is for, but of secret ones, which no agent names anyway.
TEST(Operations, StateWhatFilesAreFor) {
  const Json table = operations();
  for (const Json& command : table["commands"]) {
    for (const auto& [name, member] : command["input"]["properties"].items()) {
      if (member.contains("x-secret") || !member.contains("x-file")) continue;
      EXPECT_NE(member["x-file"], "unstated") << command["command"] << " " << name;
    }
  }
}

TEST(Operations, NameOnlyOptionsThatThereAre) {
  for (const Command* command : commands()) {
    for (const Option& option : command->options) {
      if (option.needs.empty()) continue;
      EXPECT_NE(std::ranges::find(command->options, option.needs, &Option::name), command->options.end())
          << command->path << " --" << option.name;
    }
  }
}

}  // namespace
}  // namespace peaqos::cli
