// How the lines of a watch are shown.
// SPDX-License-Identifier: Apache-2.0
#include "cli/watch_view.hpp"

#include <gtest/gtest.h>

#include "cli/mcr_text.hpp"
#include "support/fake_host.hpp"

namespace peaqos::cli {
namespace {

struct SmallScreen : host::Display {
  std::optional<host::TerminalSize> size(host::Stream) override { return shown; }
  std::optional<host::TerminalSize> shown = host::TerminalSize{.rows = 6, .columns = 12};
};

struct WatchViewTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  SmallScreen screen;
  Output output{host.terminal, std::make_shared<SendRecord>(), nullptr, &screen};
  Arguments arguments;

  WatchViewTest() { host.environment.variables["TERM"] = "xterm"; }

  WatchView view() {
    const auto row = [](const Json& line) -> std::vector<std::string> {
      return {textOf(line, "machine"), textOf(line, "state")};
    };
    return {arguments, host.environment, output, {{"Machine", "State"}, row, "machine"}};
  }
  static Json line(const std::string& machine, const std::string& state) {
    return {{"id", machine + state}, {"type", "x"}, {"machine", machine}, {"state", state}};
  }
  static Json retraction(const std::string& id) {
    return {{"id", "retraction:" + id}, {"type", "retraction"}, {"retracts", id}};
  }
  // What stands on the screen: the text behind the last erasure.
  std::string shown() const {
    const std::string erase = "\x1b[H\x1b[J";
    return host.terminal.out.substr(host.terminal.out.rfind(erase) + erase.size());
  }
};

TEST_F(WatchViewTest, DrawsTheNewestRowsThatFit) {
  WatchView drawn = view();
  drawn.show({line("a", "1"), line("b", "2"), line("c", "3"), line("d", "very long")});
  EXPECT_EQ(shown(), "Machine  Sta\n────────────\nb        2\nc        3\nd        ver\n");
  drawn.show({line("b", "4")});
  EXPECT_EQ(shown(), "Machine  Sta\n────────────\nc        3\nd        ver\nb        4\n");
  drawn.show({retraction("b4"), retraction("unknown")});
  EXPECT_EQ(shown(), "Machine  Sta\n────────────\na        1\nc        3\nd        ver\n");
}

TEST_F(WatchViewTest, PrintsLinesWhereNothingCanBeDrawn) {
  screen.shown.reset();
  view().show({line("a", "\x1b[2J"), retraction("a1")});
  EXPECT_EQ(host.terminal.out, "a  \\x1b[2J\nretracted  a1\n");
  host.terminal.out.clear();
  screen.shown = host::TerminalSize{.rows = 6, .columns = 12};
  host.environment.variables["TERM"] = "dumb";
  view().show({line("a", "1")});
  EXPECT_EQ(host.terminal.out, "a  1\n");
  host.terminal.out.clear();
  host.environment.variables["TERM"] = "xterm";
  arguments.set("json", "");
  view().show({line("a", "1")});
  EXPECT_EQ(host.terminal.out, "{\"id\":\"a1\",\"type\":\"x\",\"machine\":\"a\",\"state\":\"1\"}\n");
}

}  // namespace
}  // namespace peaqos::cli
