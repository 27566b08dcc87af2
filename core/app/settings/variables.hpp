// The variables that configure peaqos: one table for reading, help, manual, doctor, and the console's settings.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace peaqos::app {

enum class VariableKind : std::uint8_t {
  Url,
  Network,
  PrivateKey,
  Wallet,
  Passphrase,
  ApiKey,
  Webhook,
  Seconds,
  Coins,
  Address,
  File,
  Deployment
};

// "url", "network", "private-key", ...
std::string_view name(VariableKind kind);

struct Variable {
  std::string_view name;
  VariableKind kind;
  std::string_view fallback;  // the default; empty if there is none, or if it depends on the network
  std::string_view help;      // one clause, without the default

  // Whether its value is never shown.
  constexpr bool secret() const {
    return kind == VariableKind::PrivateKey || kind == VariableKind::Passphrase || kind == VariableKind::ApiKey ||
           kind == VariableKind::Webhook;  // whoever knows such a URL may post to it
  }

  // The help with the default.
  std::string description() const;
};

// In the order in which they are listed (docs/commands.md#settings).
std::span<const Variable> variables();

// Returns nullptr for a name that is none of them.
const Variable* findVariable(std::string_view name);

}  // namespace peaqos::app
