// Where a command's result goes, and what is said when it cannot go there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

// Writes what may be lost: a stream that takes nothing is no error.
void tryWrite(host::Terminal& terminal, host::Stream stream, std::string_view text);

// Writes a notice to standard error. One that nobody can read is dropped: what the command does is worth more than what
// it says.
inline void say(host::Terminal& terminal, std::string_view text) { tryWrite(terminal, host::Stream::Err, text); }

class Output {
 public:
  explicit Output(host::Terminal& terminal) : terminal_(terminal) {}

  // Writes to standard output. Throws host::BrokenPipe if its reader has gone and nothing was done() before; else
  // Error OUTPUT_FAILED: Network if transactions were sent, Input otherwise.
  void result(std::string_view text);
  void json(const Json& value) { result(dumpJson(value, 2) + "\n"); }
  // Whether result() was called: a command line prints one JSON text, its result or its error.
  bool used() const { return used_; }

  // Records what the command has done that a result which is lost does not undo, as a clause: "wallet 'w' was made".
  void done(std::string what) { done_ = std::move(what); }
  // The same, for what was sent to a chain.
  void sent(std::string what, std::vector<std::string> hashes = {});

 private:
  Error failure(const std::string& reason) const;

  host::Terminal& terminal_;
  std::string done_;
  bool used_ = false;
  Sent sent_ = Sent::Nothing;
  std::vector<std::string> hashes_;
};

}  // namespace peaqos::cli
