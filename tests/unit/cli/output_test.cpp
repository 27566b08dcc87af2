// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <gtest/gtest.h>

namespace peaqos::cli {
namespace {

// A terminal whose streams take nothing.
class Full : public host::Terminal {
 public:
  void write(host::Stream, std::string_view) override {
    if (gone) throw host::BrokenPipe();
    throw host::WriteFailed{host::FileFailure::Full};
  }
  bool interactive() override { return false; }
  Task<std::optional<Secret>> readLine() override { co_return std::nullopt; }
  void hideTyping(bool) override {}
  Task<std::optional<std::uint8_t>> readKey() override { co_return std::nullopt; }
  Task<Bytes> readInput(std::size_t) override { co_return Bytes(); }
  bool gone = false;
};

Error failureOf(Output& output) {
  try {
    output.result("text");
  } catch (const Error& error) {
    return error;
  }
  return inputError("NONE", "nothing was thrown");
}

TEST(Output, AFullStreamIsAnInputErrorWhenNothingWasSent) {
  Full terminal;
  Output output(terminal, std::make_shared<SendRecord>());
  const Error error = failureOf(output);
  EXPECT_EQ(error.code, "OUTPUT_FAILED");
  EXPECT_EQ(error.kind, ErrorKind::Input);
  EXPECT_EQ(error.message, "the result could not be written to standard output: the disk is full");
  EXPECT_EQ(error.sent, Sent::Nothing);
}

TEST(Output, WhatWasSentIsNamed) {
  Full terminal;
  const auto sent = std::make_shared<SendRecord>();
  Output output(terminal, sent);
  output.done("the event is submitted");
  sent->note("0xab", Sent::Yes);
  const Error error = failureOf(output);
  EXPECT_EQ(error.kind, ErrorKind::Network);
  EXPECT_EQ(error.sent, Sent::Yes);
  EXPECT_EQ(error.hashes, std::vector<std::string>{"0xab"});
  EXPECT_EQ(error.message,
            "the result could not be written to standard output: the disk is full; sent before that: 0xab");
  EXPECT_EQ(error.hint, "It is done all the same: the event is submitted");
}

TEST(Output, WhatWasDoneWithoutAChainIsNamed) {
  Full terminal;
  Output output(terminal, std::make_shared<SendRecord>());
  output.done("wallet 'w' is made");
  const Error error = failureOf(output);
  EXPECT_EQ(error.kind, ErrorKind::Input);
  EXPECT_EQ(error.hint, "It is done all the same: wallet 'w' is made");
}

TEST(Output, AReaderThatHasGoneIsNoErrorUnlessSomethingWasDone) {
  Full terminal;
  terminal.gone = true;
  Output output(terminal, std::make_shared<SendRecord>());
  EXPECT_THROW(output.result("text"), host::BrokenPipe);
  output.done("the delivery is confirmed");
  EXPECT_EQ(failureOf(output).code, "OUTPUT_FAILED");
}

TEST(Output, ANoticeThatNobodyCanReadIsDropped) {
  Full terminal;
  EXPECT_NO_THROW(say(terminal, "text"));
  terminal.gone = true;
  EXPECT_NO_THROW(say(terminal, "text"));
}

}  // namespace
}  // namespace peaqos::cli
