// Which lines of an events file are to be sent.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/events/known_lines.hpp"
#include "app/events/submit_events.hpp"

namespace peaqos::app {

// Whose events the lines are; of a chain and signer that are not known yet, keys still tell the lines of one file
// apart.
struct Sender {
  std::uint64_t chainId = 0;
  evm::Address signer = {};
  evm::Address registry = {};
};

class LineJudge {
 public:
  // `known`: null where nothing was sent before; outlives the judge.
  LineJudge(Sender sender, const KnownLines* known) : sender_(sender), known_(known) {}

  LineKey keyOf(const EventLine& line) const {
    return app::keyOf(line, sender_.chainId, sender_.signer, sender_.registry);
  }

  // What is certain about a line before anything is sent: that it is no event, repeats one before it, is on the chain,
  // or may come to be there. std::nullopt for one that is to be sent. To be asked once for each line, in their order.
  std::optional<LineResult> judge(const EventLine& line);

 private:
  const Sender sender_;
  const KnownLines* known_;
  KeyTable<std::uint64_t> seen_;  // the first line of each key
};

}  // namespace peaqos::app
