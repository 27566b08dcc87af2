// SPDX-License-Identifier: Apache-2.0
#include "host/hidden_lines.hpp"

#include "base/error.hpp"
#include "host/line_editor.hpp"

namespace peaqos::host {
namespace {

// A terminal that says what it is can be asked to mark what is pasted (xterm's bracketed paste).
bool marksPastes(Environment& environment) {
  const std::string kind = environment.get("TERM").value_or("");
  return !kind.empty() && kind != "dumb";
}

// Nothing is lost where it cannot be written.
void tell(Terminal& terminal, std::string_view text) {
  try {
    terminal.write(Stream::Err, text);
  } catch (const BrokenPipe&) {
    return;
  } catch (const WriteFailed&) {
    return;
  }
}

// Typing is hidden, and pastes are marked, until the end of a scope.
class Hiding {
 public:
  explicit Hiding(Host& host) : terminal_(host.terminal), marks_(marksPastes(host.environment)) {
    terminal_.hideTyping(true);
    if (marks_) tell(terminal_, "\x1b[?2004h");
  }
  ~Hiding() {
    if (marks_) tell(terminal_, "\x1b[?2004l");
    try {
      terminal_.hideTyping(false);
    } catch (const Error&) {
      return;  // the terminal has gone
    }
  }
  Hiding(const Hiding&) = delete;
  Hiding& operator=(const Hiding&) = delete;

 private:
  Terminal& terminal_;
  bool marks_;
};

}  // namespace

Task<std::optional<Secret>> HiddenLines::read(std::string prompt) {
  const Hiding hiding(host_);
  tell(host_.terminal, prompt);
  LineEditor editor(afterReturn_);
  while (true) {
    const auto key = co_await host_.terminal.readKey();
    if (!key) co_return std::nullopt;
    switch (editor.take(*key)) {
      case LineEditor::State::Typing: break;
      case LineEditor::State::Done: afterReturn_ = editor.endedInReturn(); co_return editor.line();
      case LineEditor::State::Ended: co_return std::nullopt;
      case LineEditor::State::Interrupted: throw Error(ErrorKind::Interrupted, "CANCELLED", "interrupted");
      case LineEditor::State::TooLong: throw inputError("ANSWER_TOO_LONG", "an answer has more than 65536 characters");
    }
  }
}

}  // namespace peaqos::host
