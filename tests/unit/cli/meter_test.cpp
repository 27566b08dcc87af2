// How far a run has come: what a terminal shows, and what a file of notices holds.
// SPDX-License-Identifier: Apache-2.0
#include "cli/meter.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "support/fake_display.hpp"
#include "support/fake_host.hpp"

namespace peaqos::cli {
namespace {

using namespace std::chrono_literals;

struct MeterTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  test::FakeDisplay display;
  Screen screen{host.terminal, &display};
  Meter meter{host.lent(), screen};

  MeterTest() {
    host.environment.variables["TERM"] = "xterm";
    display.errColumns = 100;
  }
  // What was written since the last call.
  std::string said() { return std::exchange(host.terminal.err, {}); }
  void pass(std::chrono::milliseconds time) { host.run(host.clock.sleep(time)); }
  static Reading reading(std::uint64_t done, std::optional<std::uint64_t> of = 1000) {
    return {.items = "lines",
            .done = done,
            .of = of,
            .pace = "events",
            .made = done,
            .left = of.value_or(0) - done,
            .more = "fees 0.5 PEAQ"};
  }
};

TEST_F(MeterTest, ABarHasCountRateTimeLeftAndFees) {
  meter.show(reading(0), "");
  EXPECT_EQ(said(), "\r\x1b[K[>" + std::string(37, ' ') + "] 0/1000 lines  fees 0.5 PEAQ");
  pass(10s);
  meter.show(reading(250), "");
  EXPECT_EQ(said(),
            "\r\x1b[K[=========>" + std::string(28, ' ') + "] 250/1000 lines  25 events/s  30 s left  fees 0.5 PEAQ");
  pass(10s);
  meter.show(reading(1000), "");
  EXPECT_EQ(said(), "\r\x1b[K[" + std::string(38, '=') + "] 1000/1000 lines  50 events/s  fees 0.5 PEAQ");
  meter.end();
  EXPECT_EQ(said(), "\r\x1b[K");
  meter.end();
  EXPECT_EQ(said(), "");
}

TEST_F(MeterTest, AnUnknownWholeHasNoBar) {
  meter.show(reading(0, {}), "");
  said();
  pass(4s);
  meter.show(reading(10, {}), "");
  EXPECT_EQ(said(), "\r\x1b[K10 lines  2.5 events/s  fees 0.5 PEAQ");
  pass(4s);
  meter.show(reading(1001), "");  // lines were appended to the file
  EXPECT_EQ(said(), "\r\x1b[K1001 lines  125 events/s  fees 0.5 PEAQ");
}

TEST_F(MeterTest, FitsIntoItsTerminal) {
  for (const std::size_t columns : std::initializer_list<std::size_t>{1, 10, 20, 30, 40, 60, 80, 200}) {
    display.errColumns = columns;
    pass(1s);
    meter.show(reading(123), "");
    EXPECT_LT(said().size() - 4, std::max<std::size_t>(columns, 2)) << columns;
  }
  display.errColumns = 200;
  host.environment.variables["COLUMNS"] = "30";
  pass(1s);
  meter.show(reading(124), "");
  EXPECT_LT(said().size(), 34U);
  host.environment.variables["COLUMNS"] = "wide";
  display.errColumns = 0;  // it does not tell
  pass(1s);
  meter.show(reading(125), "");
  EXPECT_GT(said().size(), 60U);
}

TEST_F(MeterTest, DrawsAtMostTenTimesASecond) {
  meter.show(reading(0), "");
  said();
  for (std::uint64_t i = 1; i <= 100; ++i) {
    pass(10ms);
    meter.show(reading(i), "");
  }
  const std::string text = said();
  EXPECT_LE(std::ranges::count(text, '\r'), 11);
}

TEST_F(MeterTest, WhatElseIsWrittenStandsAboveTheBar) {
  display.outColumns = 100;
  meter.show(reading(0), "");
  const std::string bar = said();
  screen.write(host::Stream::Err, "Warning: hot\n");
  EXPECT_EQ(said(), "\r\x1b[KWarning: hot\n" + bar);
  screen.write(host::Stream::Out, "Line 1\n");
  EXPECT_EQ(said(), "\r\x1b[K" + bar);
  display.outColumns.reset();
  screen.write(host::Stream::Out, "Line 2\n");
  EXPECT_EQ(said(), "") << "a file of results is elsewhere";
  screen.write(host::Stream::Err, "Code: ");
  EXPECT_EQ(said(), "\r\x1b[KCode: ");
  screen.write(host::Stream::Err, "\n");
  EXPECT_EQ(said(), "\n");
}

TEST_F(MeterTest, ElsewhereLinesComeByShareOrTime) {
  display.errColumns.reset();
  for (std::uint64_t i = 0; i <= 1000; ++i) meter.show(reading(i), "");
  std::string text = said();
  EXPECT_EQ(std::ranges::count(text, '\n'), 10) << text;
  EXPECT_TRUE(text.starts_with("  100 of 1000 lines, fees 0.5 PEAQ\n")) << text;
  meter.show(reading(500, {}), "");
  EXPECT_EQ(said(), "");
  pass(10s);
  meter.show(reading(510, {}), "");
  EXPECT_EQ(said(), "  510 lines, fees 0.5 PEAQ, 51 events/s\n");
}

TEST(Roughly, HasOneOrTwoUnits) {
  EXPECT_EQ(roughly(0s), "1 s");
  EXPECT_EQ(roughly(59s), "59 s");
  EXPECT_EQ(roughly(61s), "2 min");
  EXPECT_EQ(roughly(2h + 5min), "2 h 5 min");
}

}  // namespace
}  // namespace peaqos::cli
