// What one operation has sent, for whoever reports how it ended.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "base/error.hpp"

namespace peaqos {

// Knows every transaction of an operation whose signed bytes have left. Errors of any origin (a full disk, Ctrl-C) are
// stamped with it where they leave the core, so that no front end has to guess.
class SendRecord {
 public:
  // Bytes are about to leave (Maybe), a node has taken them or they are in a block (Yes), or they are known to have
  // come to nothing (Nothing). What is known to be taken does not become uncertain again.
  void note(const std::string& hash, Sent sent);

  // What became of a transaction is known and recorded: it needs no more looking up.
  void settle(const std::string& hash);

  // Sets `sent`, `hashes` and `unsettled`.
  void stamp(Error& error) const;

 private:
  struct Known {
    Sent sent = Sent::Nothing;
    bool settled = false;
  };
  std::map<std::string, Known> transactions_;
};

}  // namespace peaqos
