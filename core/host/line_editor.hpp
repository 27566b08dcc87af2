// The line that a person types where nothing of it is shown: text alone gets into it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace peaqos::host {

// Takes what a terminal sends, byte by byte. Escape sequences (ECMA-48: arrows, Home, Delete, function keys) and other
// control characters are no text. Backspace takes back a character of UTF-8, Ctrl-U all of them. A bracketed paste is
// text of one answer, its inner line ends as line feeds, the ones at its end left out.
class LineEditor {
 public:
  enum class State {
    Typing,
    Done,         // Enter
    Ended,        // Ctrl-D on an empty line
    Interrupted,  // Ctrl-C
    TooLong
  };
  // `afterReturn`: the key before was a carriage return, whose line feed may follow.
  explicit LineEditor(bool afterReturn = false);
  ~LineEditor() { wipe(text_); }
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  State take(std::uint8_t byte);
  // Whether the line ended in a carriage return.
  bool endedInReturn() const { return afterReturn_; }
  Secret line() const { return Secret(BytesView(text_)); }

 private:
  // Where in an escape sequence the last byte stood.
  enum class Escape { None, Begun, Control, Single, Character, String, StringEscape };

  static Escape afterEscape(std::uint8_t byte);
  bool takeEscaped(std::uint8_t byte);
  State takeControl(std::uint8_t byte);
  State append(std::uint8_t byte);
  void eraseCharacter();
  void clear();
  void endControl(std::uint8_t final);
  void endPaste();

  Bytes text_;
  Escape escape_ = Escape::None;
  std::string parameters_;  // of the control sequence
  bool pasting_ = false;
  std::size_t pasteStart_ = 0;
  bool afterReturn_;
  bool first_ = true;
};

}  // namespace peaqos::host
