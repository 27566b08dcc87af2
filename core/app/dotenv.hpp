// The `.env` file format (docs/commands.md#the-env-file).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peaqos::app {

// Where a variable is set: from the first character of its line to behind the end of its value's line.
struct Assignment {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct DotenvFile {
  std::map<std::string, std::string> variables;  // the last assignment of a name wins
  std::vector<std::size_t> badLines;             // numbers, from 1, of lines that were passed over
  std::vector<Assignment> assignments;           // in the file's order
};

// Gives the value of a variable of the process, which wins over the file's own in ${NAME}.
using VariableLookup = std::function<std::optional<std::string>(const std::string&)>;

// Reads a file's text: `KEY=value`, `export KEY=value`, comments, single and double quotes (which may span lines), and
// ${NAME} or ${NAME:-fallback} in every kind of value. The text is UTF-8; a byte order mark is passed over.
DotenvFile parseDotenv(std::string_view text, const VariableLookup& environment);

// One line `NAME=value` with its line end, quoted where the format needs it, so that parseDotenv() reads the same value
// back. A value with "${" has no spelling in this format.
std::string dotenvLine(const std::string& name, const std::string& value);

// The file's text with a variable set: each line that begins with `NAME=` is replaced, or a line is added at the end
// when none sets the value for good. Everything else stays, byte for byte.
std::string withVariable(std::string_view text, const std::string& name, const std::string& value);

}  // namespace peaqos::app
