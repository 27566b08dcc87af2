// Writing the `.env` format.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace peaqos::app {

// Why a value cannot stand in a `.env`, as a clause ("holds ${, ..."); empty when it can. "${" would be expanded by
// whoever reads it, NUL and what is not UTF-8 has no spelling.
std::string unspellable(std::string_view value);

// One line `NAME=value` with its line end, quoted where the format needs it, so that parseDotenv() reads the same value
// back. Throws Error (Input) "BAD_SETTING" for an unspellable value.
std::string dotenvLine(const std::string& name, const std::string& value);

// The file's text with a variable set: each line that begins with `NAME=` is replaced, or a line is added at the end
// when none sets the variable for good. Everything else stays, byte for byte, and means the same. Throws Error (Input)
// "BAD_SETTING", and where a quote that is never closed would make another text of the file.
std::string withVariable(std::string_view text, const std::string& name, const std::string& value);

}  // namespace peaqos::app
