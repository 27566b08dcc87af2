// Where a command's result goes, and what is said when it cannot go there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/send_record.hpp"
#include "host/agent_server.hpp"
#include "host/display.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

// Writes what may be lost: a stream that takes nothing is no error.
void tryWrite(host::Terminal& terminal, host::Stream stream, std::string_view text);

// Writes a notice to standard error. One that nobody can read is dropped: what the command does is worth more than what
// it says.
inline void say(host::Terminal& terminal, std::string_view text) { tryWrite(terminal, host::Stream::Err, text); }

class Output {
 public:
  Output(host::Terminal& terminal, std::shared_ptr<const SendRecord> sent, host::AgentServer* agents = nullptr,
         host::Display* display = nullptr)
      : terminal_(terminal), sent_(std::move(sent)), agents_(agents), display_(display) {}

  // Writes to standard output. Throws host::BrokenPipe if its reader has gone and nothing was done() or sent before;
  // else Error OUTPUT_FAILED: Network if transactions were sent, Input otherwise.
  void result(std::string_view text);
  // The same as JSON, in which characters that would command a terminal or change the direction of text are escaped.
  void json(const Json& value);
  // Whether result() was called: a command line prints one JSON text, its result or its error.
  bool used() const { return used_; }

  // Who can hand standard output over to a protocol; null where nobody can.
  host::AgentServer* agents() const { return agents_; }
  // What shows the streams; null where nobody knows.
  host::Display* display() const { return display_; }

  // Records what the command has done that a result which is lost does not undo, as a clause: "wallet 'w' was made".
  void done(std::string what) { done_ = std::move(what); }

 private:
  Error failure(const std::string& reason) const;

  host::Terminal& terminal_;
  std::shared_ptr<const SendRecord> sent_;
  host::AgentServer* agents_;
  host::Display* display_;
  std::string done_;
  bool used_ = false;
};

}  // namespace peaqos::cli
