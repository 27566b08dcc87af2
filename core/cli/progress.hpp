// Progress as lines on standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/conversation.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

class TextConversation : public host::Conversation {
 public:
  // `quiet` hides progress and notices.
  TextConversation(host::Terminal& terminal, bool quiet) : terminal_(terminal), quiet_(quiet) {}
  void progress(const host::Progress& progress) override;
  // Asks on stderr, so that stdout stays clean, and takes one line of standard input.
  Task<std::optional<Secret>> ask(host::Question question) override;

 private:
  host::Terminal& terminal_;
  bool quiet_;
};

}  // namespace peaqos::cli
