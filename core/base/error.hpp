// The one error type of the core, and what it means to a caller.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace peaqos {

// What kind of thing went wrong. The kind alone decides the exit code (see exitCode()).
enum class ErrorKind {
  Input,          // a flag, an argument, a file or an answer of the user
  Network,        // transport, HTTP, RPC, an API or the chain
  Configuration,  // a variable, the signer's key or wallet
  Interrupted,    // the user pressed Ctrl-C
};

// Process exit code of an error kind: 1, 2, 3 and 130 (docs/commands.md#exit-codes).
constexpr int exitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Input: return 1;
    case ErrorKind::Network: return 2;
    case ErrorKind::Configuration: return 3;
    case ErrorKind::Interrupted: return 130;
  }
  return 2;
}

// Stable name of a kind for JSON and TypeScript: "input", "network", "configuration", "interrupted".
const char* name(ErrorKind kind);

// Whether transactions of the operation left for a node before it failed. Only this field says so: neither the kind nor
// the text of an error does.
enum class Sent : std::uint8_t {
  Nothing,  // no signed bytes have left
  Maybe,    // signed bytes have left, and no node has answered for them
  Yes,      // a node has taken a transaction, or it is in a block
};

// Stable name for JSON and TypeScript: "nothing", "maybe", "yes".
const char* name(Sent sent);

// A failure that a user can understand. `message` says what is wrong with what, in one line without a full stop at
// its end; `hint` says what to do next and may be empty; `code` is a stable UPPER_SNAKE or contract error name.
// Neither text may ever hold a secret.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string code, std::string message, std::string hint = {});

  ErrorKind kind;
  std::string code;
  std::string message;
  std::string hint;
  Sent sent = Sent::Nothing;
  std::vector<std::string> hashes = {};     // of the transactions that `sent` speaks of, 0x-prefixed
  std::vector<std::string> unsettled = {};  // those of them whose end is not known or not recorded

  const char* what() const noexcept override { return message.c_str(); }
};

Error inputError(std::string code, std::string message, std::string hint = {});
Error networkError(std::string code, std::string message, std::string hint = {});
Error configurationError(std::string code, std::string message, std::string hint = {});

}  // namespace peaqos
