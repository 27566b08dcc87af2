// Progress as lines on standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/meter.hpp"
#include "cli/screen.hpp"
#include "host/conversation.hpp"
#include "host/hidden_lines.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

class TextConversation : public host::Conversation {
 public:
  // `screen` is the host's terminal; `quiet` hides progress and notices.
  TextConversation(host::Host& host, Screen& screen, bool quiet)
      : terminal_(screen), hiddenLines_(host), meter_(host, screen), quiet_(quiet) {}
  void progress(const host::Progress& progress) override;
  // Asks on stderr, so that stdout stays clean, and takes one line of standard input; it ends in LF or in CR LF.
  Task<std::optional<Secret>> ask(host::Question question) override;

 private:
  bool measure(const host::Progress& progress);

  host::Terminal& terminal_;
  host::HiddenLines hiddenLines_;
  Meter meter_;
  bool quiet_;
};

}  // namespace peaqos::cli
