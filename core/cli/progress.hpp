// Progress as lines on standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/conversation.hpp"
#include "host/hidden_lines.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

class TextConversation : public host::Conversation {
 public:
  // `quiet` hides progress and notices.
  TextConversation(host::Host& host, bool quiet) : terminal_(host.terminal), hiddenLines_(host), quiet_(quiet) {}
  void progress(const host::Progress& progress) override;
  // Asks on stderr, so that stdout stays clean, and takes one line of standard input; it ends in LF or in CR LF.
  Task<std::optional<Secret>> ask(host::Question question) override;

 private:
  host::Terminal& terminal_;
  host::HiddenLines hiddenLines_;
  bool quiet_;
};

}  // namespace peaqos::cli
