// Small rules for text that people read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peaqos {

// Columns a text takes: its number of Unicode code points.
std::size_t width(std::string_view utf8);

// The text followed by blanks up to `columns`.
std::string padRight(std::string_view text, std::size_t columns);

// Without blanks, tabs and line ends at either side.
std::string_view trim(std::string_view text);

// With A to Z as a to z; every other character stays.
std::string lowerCase(std::string_view text);

// "a, b, c".
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// "1 machine", "2 machines": the noun in the singular, its plural made with an s.
std::string counted(std::size_t count, std::string_view noun);

// One line for the terminal or the journal from a text that came from outside: the first line only, cut at the first
// '{' or '[', without control characters and trailing " :;,", at most 120 characters with "…" as the last
// (docs/commands.md#phrases). Nothing is left of a text without words.
std::string oneLine(std::string_view text);

// A text that came from outside, with control characters (terminal escapes among them) replaced by blanks.
std::string printable(std::string_view text);

// A word for a shell: as it is where that is safe, else in single quotes. Printable.
std::string shellWord(std::string_view text);

struct Character {
  std::uint32_t point = 0;  // of Unicode
  std::size_t bytes = 0;
};

// The first character of a text in UTF-8; nothing when it begins with something else, or is empty.
std::optional<Character> firstCharacter(std::string_view text);

bool isValidUtf8(std::string_view text);

// The candidate that a misspelt word most likely meant, if one is near (edit distance at most 2 and below its length).
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace peaqos
