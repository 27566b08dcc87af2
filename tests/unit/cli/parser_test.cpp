// SPDX-License-Identifier: Apache-2.0
#include "cli/parser.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "cli/help.hpp"

namespace peaqos::cli {
namespace {

std::string refusal(const std::vector<std::string>& words) {
  try {
    parse(words);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Input);
    EXPECT_EQ(error.message.find('\n'), std::string::npos);
    return error.message;
  }
  return "accepted";
}

TEST(Parser, TakesOptionsInEveryForm) {
  const Parsed parsed = parse(
      {"-v", "--orch-api-key=k", "activate", "--doc-url", "https://d", "--data-api=https://a", "--doc-url=https://e"});
  EXPECT_TRUE(parsed.global.has("verbose"));
  EXPECT_EQ(parsed.global.get("orch-api-key"), "k");
  EXPECT_EQ(parsed.path, "activate");
  EXPECT_EQ(parsed.arguments.get("doc-url"), "https://e");
  EXPECT_EQ(parsed.arguments.get("data-api"), "https://a");
}

TEST(Parser, KeepsEveryValueOfAnOptionThatMayBeRepeated) {
  const Parsed parsed = parse({"machine", "did", "set-authentication", "7", "--index", "2", "--index=0"});
  EXPECT_EQ(parsed.arguments.all("index"), (std::vector<std::string>{"2", "0"}));
  EXPECT_TRUE(parsed.arguments.all("clear").empty());
}

TEST(Parser, TakesArgumentsAfterTwoDashes) {
  EXPECT_EQ(parse({"qualify", "mcr", "--", "did:peaq:0x1"}).arguments.positional(0), "did:peaq:0x1");
  EXPECT_EQ(parse({"qualify", "mcr", "did:peaq:0x1", "--json"}).arguments.positional(0), "did:peaq:0x1");
}

TEST(Parser, ShowsHelpWhereverItIsAsked) {
  EXPECT_TRUE(parse({"--help"}).help);
  EXPECT_TRUE(parse({"qualify"}).help);
  EXPECT_EQ(parse({"qualify", "event", "-h"}).path, "qualify event");
  EXPECT_TRUE(parse({"qualify", "event", "--type", "revenue", "--help"}).help);
}

TEST(Parser, NamesWhatIsWrong) {
  EXPECT_NE(refusal({"actvate"}).find("activate"), std::string::npos);
  EXPECT_NE(refusal({"whoami", "--nope"}).find("--nope"), std::string::npos);
  EXPECT_NE(refusal({"whoami", "extra"}).find("extra"), std::string::npos);
  EXPECT_NE(refusal({"qualify", "mcr"}).find("DID"), std::string::npos);
  EXPECT_NE(refusal({"qualify", "event", "--machine-id"}).find("--machine-id"), std::string::npos);
  EXPECT_NE(refusal({"qualify", "event", "--machine-id", "x", "--type", "revenue", "--value", "1", "--ts", "1"})
                .find("--machine-id"),
            std::string::npos);
  const std::string choice =
      refusal({"qualify", "event", "--machine-id", "1", "--type", "Revenue", "--value", "1", "--ts", "1"});
  EXPECT_NE(choice.find("--type"), std::string::npos);
  EXPECT_NE(choice.find("revenue"), std::string::npos);
  EXPECT_NE(refusal({"-vq", "whoami"}), "accepted");
  EXPECT_NE(refusal({"whoami", "--doc"}), "accepted") << "nothing is abbreviated";
}

// Each command of the table can be parsed with --help, and its page names all its options.
TEST(Help, ListsEveryOptionOfEveryCommand) {
  for (const Command* command : commands()) {
    const std::string page = help(std::string(command->path));
    EXPECT_NE(page.find(command->summary), std::string::npos) << command->path;
    for (const Option& option : command->options) {
      EXPECT_NE(page.find("--" + std::string(option.name)), std::string::npos) << command->path << " --" << option.name;
    }
    std::size_t start = 0;
    for (std::size_t end = page.find('\n'); end != std::string::npos; start = end + 1, end = page.find('\n', start)) {
      const std::string line = page.substr(start, end - start);
      if (!line.starts_with("  $ ")) EXPECT_LE(line.size(), 80U) << line;  // an example is to be copied whole
    }
  }
}

}  // namespace
}  // namespace peaqos::cli
