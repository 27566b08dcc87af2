// Shapes of text output that commands share (docs/commands.md#layout).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace peaqos::cli {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// "label:  value" lines with the values in one column; `columns` is the least width of label and colon.
std::string pairs(const Pairs& rows, std::size_t indent, std::size_t columns = 0);

// "label :  value" lines with the colons in one column.
std::string colonPairs(const Pairs& rows, std::size_t indent);

// Left-aligned columns with two blanks between them, a rule below the header; lines are trimmed at their right.
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t indent = 0);

}  // namespace peaqos::cli
