// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <utility>

namespace peaqos {

const char* name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Input: return "input";
    case ErrorKind::Network: return "network";
    case ErrorKind::Configuration: return "configuration";
    case ErrorKind::Interrupted: return "interrupted";
  }
  return "network";
}

const char* name(Sent sent) {
  switch (sent) {
    case Sent::Nothing: return "nothing";
    case Sent::Maybe: return "maybe";
    case Sent::Yes: return "yes";
  }
  return "maybe";
}

Error::Error(ErrorKind kind, std::string code, std::string message, std::string hint)
    : kind(kind), code(std::move(code)), message(std::move(message)), hint(std::move(hint)) {}

Error inputError(std::string code, std::string message, std::string hint) {
  return {ErrorKind::Input, std::move(code), std::move(message), std::move(hint)};
}

Error networkError(std::string code, std::string message, std::string hint) {
  return {ErrorKind::Network, std::move(code), std::move(message), std::move(hint)};
}

Error configurationError(std::string code, std::string message, std::string hint) {
  return {ErrorKind::Configuration, std::move(code), std::move(message), std::move(hint)};
}

}  // namespace peaqos
