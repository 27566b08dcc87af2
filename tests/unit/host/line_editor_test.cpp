// SPDX-License-Identifier: Apache-2.0
#include "host/line_editor.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "host/hidden_lines.hpp"
#include "support/fake_host.hpp"

namespace peaqos::host {
namespace {

// The line that keys make; "<...>" for another end, nothing for none.
std::optional<std::string> typed(std::string_view keys) {
  LineEditor editor;
  for (const char key : keys) {
    switch (editor.take(static_cast<std::uint8_t>(key))) {
      case LineEditor::State::Typing: break;
      case LineEditor::State::Done: return asText(editor.line().expose());
      case LineEditor::State::Ended: return "<end>";
      case LineEditor::State::Interrupted: return "<interrupted>";
      case LineEditor::State::TooLong: return "<too long>";
    }
  }
  return std::nullopt;
}

TEST(LineEditor, TakesText) {
  EXPECT_EQ(typed("correct horse\r"), "correct horse");
  EXPECT_EQ(typed("correct horse\n"), "correct horse");
  EXPECT_EQ(typed(" Zürich \r"), " Zürich ");
  EXPECT_EQ(typed("\r"), "");
  EXPECT_EQ(typed("abc"), std::nullopt);
}

TEST(LineEditor, KeysThatAreNoLettersLeaveNothing) {
  for (const std::string key : {"\x1b[A",
                                "\x1b[D",
                                "\x1bOA",
                                "\x1b[H",
                                "\x1bOH",
                                "\x1b[1~",
                                "\x1b[3~",
                                "\x1b[1;5C",
                                "\x1b[15~",
                                "\x1bOP",
                                "\x1b[[A",
                                "\x1b[200~",
                                "\x1b[201~",
                                "\x1b"
                                "b",
                                "\x1b\xC3\xA4",
                                "\x1b\x1b[A",
                                "\x1b]0;title\x07",
                                "\x1bP1$r\x1b\\",
                                "\t",
                                "\x01",
                                "\x16",
                                "\x1a",
                                "\x1b[I"}) {
    EXPECT_EQ(typed("ab" + key + "cd\x1b[201~\r"), "abcd") << testing::PrintToString(key);
  }
}

TEST(LineEditor, TakesBackWhatWasTyped) {
  EXPECT_EQ(typed("abc\x7f\r"), "ab");
  EXPECT_EQ(typed("abc\b\b\b\b\r"), "");
  EXPECT_EQ(typed("aä\x7f\r"), "a");
  EXPECT_EQ(typed("\xF0\x9F\xA4\x96\x7fx\r"), "x");
  EXPECT_EQ(typed("wrong\x15right\r"), "right");
}

TEST(LineEditor, Ends) {
  EXPECT_EQ(typed("\x04"), "<end>");
  EXPECT_EQ(typed("a\x04\r"), "a");
  EXPECT_EQ(typed("ab\x03"), "<interrupted>");
  EXPECT_EQ(typed("ab\x1b[\x03"), "<interrupted>");
  EXPECT_EQ(typed("ab\x1b[\r"), "ab");
  EXPECT_EQ(typed("ab\x1b]never ended\r"), "ab");
  EXPECT_EQ(typed(std::string(65'536, 'x') + "\r"), std::string(65'536, 'x'));
  EXPECT_EQ(typed(std::string(65'537, 'x') + "\r"), "<too long>");
}

TEST(LineEditor, APasteIsOneAnswer) {
  EXPECT_EQ(typed("\x1b[200~one\ntwo\r\nthree\rfour\x1b[201~\r"), "one\ntwo\nthree\nfour");
  EXPECT_EQ(typed("a\x1b[200~secret\r\n\x1b[201~b\r"), "asecretb");
  EXPECT_EQ(typed("\x1b[200~a\tb\x7f\x15\x1b[Ac\x1b[201~\r"), "a\tbc");
}

TEST(HiddenLines, AreReadOneAfterTheOther) {
  test::World world;
  test::FakeHost host(world);
  host.terminal.keys = "first\r\nsecond\n\nfourth";
  HiddenLines lines(host.lent());
  for (const std::string expected : {"first", "second", ""}) {
    const auto line = host.run(lines.read("Secret: "));
    EXPECT_EQ(asText((*line)->expose()), expected);
    EXPECT_FALSE(host.terminal.hidden);
  }
  EXPECT_FALSE(host.run(lines.read("Secret: "))->has_value());
  EXPECT_EQ(host.terminal.err, "Secret: Secret: Secret: Secret: ");
}

TEST(HiddenLines, AskATerminalToMarkPastes) {
  test::World world;
  test::FakeHost host(world);
  host.environment.variables["TERM"] = "xterm-256color";
  host.terminal.keys = "\x1b[200~a\nb\x1b[201~\r";
  HiddenLines lines(host.lent());
  const auto line = host.run(lines.read("Secret: "));
  EXPECT_EQ(asText((*line)->expose()), "a\nb");
  EXPECT_EQ(host.terminal.err, "\x1b[?2004hSecret: \x1b[?2004l");
}

}  // namespace
}  // namespace peaqos::host
