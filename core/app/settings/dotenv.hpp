// The grammar of `.env` files, as python-dotenv reads them (docs/commands.md#the-env-file).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings/expand.hpp"

namespace peaqos::app {

// Where a variable is set: from the first character of its line to behind the end of its value's line.
struct Assignment {
  std::string name;
  std::size_t line = 0;  // from 1
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A line that could not be read.
struct BadLine {
  std::size_t line = 0;  // from 1
  std::string problem;   // what is wrong and what it costs, as a clause; nothing of a value is in it
};

struct DotenvFile {
  std::map<std::string, std::string> variables;  // the last assignment of a name wins
  std::vector<BadLine> badLines;
  std::vector<Assignment> assignments;  // in the file's order
};

// Reads a file's text: `KEY=value`, `export KEY=value`, comments, single and double quotes (which may span lines), and
// ${NAME} or ${NAME:-fallback} in every kind of value. Lines end in LF, CR LF or CR. The text is valid UTF-8 without
// NUL; a byte order mark is passed over. Takes time in proportion to the text. Throws Error (Configuration)
// "BAD_DOTENV" when the values come to more than `limit` bytes once they are expanded.
DotenvFile parseDotenv(std::string_view text, const VariableLookup& environment, std::size_t limit);

}  // namespace peaqos::app
