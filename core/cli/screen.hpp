// A terminal with a line at its bottom that is drawn again and again: what else is written goes above it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/display.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

class Screen : public host::Terminal {
 public:
  // `display`: null where nobody knows what shows the streams.
  Screen(host::Terminal& terminal, host::Display* display) : terminal_(terminal), display_(display) {}

  // As host::Display has it.
  std::optional<host::TerminalSize> size(host::Stream stream) {
    return display_ ? display_->size(stream) : std::nullopt;
  }

  // Draws `text`, which fits into one line, in the place of the line that is there; an empty one takes it away. It is
  // on standard error, and nothing is lost where it cannot be written.
  void showLine(std::string text);

  void write(host::Stream stream, std::string_view text) override;
  bool interactive() override { return terminal_.interactive(); }
  PEAQOS_CORO_WRAPPER Task<std::optional<Secret>> readLine() override { return terminal_.readLine(); }
  void hideTyping(bool hidden) override { terminal_.hideTyping(hidden); }
  PEAQOS_CORO_WRAPPER Task<std::optional<std::uint8_t>> readKey() override { return terminal_.readKey(); }
  PEAQOS_CORO_WRAPPER Task<Bytes> readInput(std::size_t length) override { return terminal_.readInput(length); }

 private:
  void draw(std::string_view text);

  host::Terminal& terminal_;
  host::Display* display_;
  std::string line_;  // what is drawn; empty for nothing
};

}  // namespace peaqos::cli
