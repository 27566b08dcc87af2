// SPDX-License-Identifier: Apache-2.0
#include "host/line_editor.hpp"

#include <algorithm>

namespace peaqos::host {
namespace {

constexpr std::size_t kLongest = 65536;
constexpr std::size_t kLongestParameters = 16;  // of the sequences that mean something here

enum Key : std::uint8_t {
  CtrlC = 3,
  CtrlD = 4,
  Bell = 7,
  Backspace = 8,
  Tab = 9,
  LineFeed = 10,
  Return = 13,
  CtrlU = 21,
  EscapeKey = 27,
  Space = 32,
  Delete = 127,
};

bool isContinuation(std::uint8_t byte) { return (byte & 0xC0U) == 0x80; }

}  // namespace

LineEditor::LineEditor(bool afterReturn) : afterReturn_(afterReturn) {
  text_.reserve(kLongest);  // no copies of a secret are left behind by a growing buffer
}

LineEditor::State LineEditor::take(std::uint8_t byte) {
  const bool secondOfPair = afterReturn_ && byte == LineFeed && (pasting_ || first_);
  first_ = false;
  afterReturn_ = byte == Return;
  if (secondOfPair) return State::Typing;
  if (escape_ != Escape::None && takeEscaped(byte)) return State::Typing;
  return byte < Space || byte == Delete ? takeControl(byte) : append(byte);
}

// What begins with ESC and this byte.
LineEditor::Escape LineEditor::afterEscape(std::uint8_t byte) {
  if (byte == '[') return Escape::Control;
  if (byte == 'O') return Escape::Single;  // a function key
  if (std::string_view("]P_^X").find(static_cast<char>(byte)) != std::string_view::npos) return Escape::String;
  return byte >= 0xC0 ? Escape::Character : Escape::None;  // a key typed with Alt
}

// Whether the byte belongs to the sequence. A control character ends a sequence and is a key of its own.
bool LineEditor::takeEscaped(std::uint8_t byte) {
  if (escape_ == Escape::String || escape_ == Escape::StringEscape) {
    const bool ended = byte == Bell || (escape_ == Escape::StringEscape && byte == '\\');
    escape_ = ended ? Escape::None : byte == EscapeKey ? Escape::StringEscape : Escape::String;
    if (byte != CtrlC && byte != Return && byte != LineFeed) return true;
    escape_ = Escape::None;
    return false;
  }
  if (byte < Space) {
    escape_ = Escape::None;
    return false;
  }
  if (escape_ == Escape::Begun) {
    parameters_.clear();
    escape_ = afterEscape(byte);
    return true;
  }
  if (escape_ == Escape::Single) {
    escape_ = Escape::None;
    return true;
  }
  if (escape_ == Escape::Character) {
    if (!isContinuation(byte)) escape_ = Escape::None;
    return isContinuation(byte);
  }
  const bool ends = byte >= 0x40 && byte < Delete;
  if (byte == '[' && parameters_.empty()) {
    escape_ = Escape::Single;  // a function key of the Linux console: ESC [ [ A
  } else if (ends) {
    endControl(byte);
  } else if (parameters_.size() < kLongestParameters) {
    parameters_ += static_cast<char>(byte);
  }
  return true;
}

void LineEditor::endControl(std::uint8_t final) {
  escape_ = Escape::None;
  if (final != '~') return;
  if (parameters_ == "200") {
    pasting_ = true;
    pasteStart_ = text_.size();
  } else if (parameters_ == "201" && pasting_) {
    endPaste();
  }
}

void LineEditor::endPaste() {
  pasting_ = false;
  while (text_.size() > pasteStart_ && text_.back() == LineFeed) text_.pop_back();
}

LineEditor::State LineEditor::takeControl(std::uint8_t byte) {
  switch (byte) {
    case CtrlC: return State::Interrupted;
    case EscapeKey: escape_ = Escape::Begun; return State::Typing;
    case Return:
    case LineFeed: return pasting_ ? append(LineFeed) : State::Done;
    case Tab: return pasting_ ? append(byte) : State::Typing;
    default: break;
  }
  if (pasting_) return State::Typing;
  if (byte == CtrlD && text_.empty()) return State::Ended;
  if (byte == Backspace || byte == Delete) eraseCharacter();
  if (byte == CtrlU) clear();
  return State::Typing;
}

LineEditor::State LineEditor::append(std::uint8_t byte) {
  if (text_.size() == kLongest) return State::TooLong;
  text_.push_back(byte);
  return State::Typing;
}

void LineEditor::eraseCharacter() {
  while (!text_.empty()) {
    const std::uint8_t last = text_.back();
    text_.back() = 0;
    text_.pop_back();
    if (!isContinuation(last)) return;
  }
}

void LineEditor::clear() {
  wipe(text_);
  text_.clear();
}

}  // namespace peaqos::host
