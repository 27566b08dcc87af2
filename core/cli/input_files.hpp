// Files that options name.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/task.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

// What messages call an option's file: "--input file 'order.json'".
std::string fileName(const Arguments& arguments, std::string_view option);

// Warns of an option's file that others can read, as Progress "secret_file", "exposed".
Task<void> warnOfExposure(Arguments arguments, std::string option, app::Caller caller);

// The whole file that an option names; nothing without the option. Throws Error (Input).
Task<std::optional<Secret>> readOptionFile(Arguments arguments, std::string option, host::Files& files);

// As above, for a file that holds a secret: one that others can read is warned of, as Progress "secret_file",
// "exposed".
Task<std::optional<Secret>> readSecretFile(Arguments arguments, std::string option, app::Caller caller);

// As readOptionFile(), as text; for what is no secret.
Task<std::optional<std::string>> readOptionText(Arguments arguments, std::string option, host::Files& files);

// A secret that is the only line of its file: a pairing token, a key. Throws Error (Input) for a file without a line or
// with several, and for characters that no token has; never shows any of them.
Task<std::optional<Secret>> readOptionLine(Arguments arguments, std::string option, app::Caller caller);

}  // namespace peaqos::cli
