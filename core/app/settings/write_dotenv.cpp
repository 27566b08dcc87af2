// SPDX-License-Identifier: Apache-2.0
#include "app/settings/write_dotenv.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "app/settings/dotenv.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

DotenvFile parse(std::string_view text) {
  const VariableLookup nothing = [](const std::string&) { return std::nullopt; };
  return parseDotenv(text, nothing, std::numeric_limits<std::size_t>::max());
}

// The end of the file's first line, which one that is added gets as well.
std::string_view lineEndOf(std::string_view text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos || text[end] == '\n') return "\n";
  return text.substr(end).starts_with("\r\n") ? "\r\n" : "\r";
}

std::string withEnd(std::string line, std::string_view end) {
  line.pop_back();
  return line += end;
}

// Whether two files say the same but for one variable, which the second sets to `value`.
bool differOnlyIn(const std::string& name, const std::string& value, DotenvFile before, const DotenvFile& after) {
  before.variables[name] = value;
  const auto sameLine = [](const BadLine& one, const BadLine& other) { return one.problem == other.problem; };
  return before.variables == after.variables && std::ranges::equal(before.badLines, after.badLines, sameLine);
}

}  // namespace

std::string unspellable(std::string_view value) {
  if (value.find("${") != std::string_view::npos) return "holds ${, which .env reads as the name of another variable";
  if (value.find('\0') != std::string_view::npos) return "holds a NUL character, which no variable can";
  return isValidUtf8(value) ? "" : "is not UTF-8 text";
}

std::string dotenvLine(const std::string& name, const std::string& value) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,~=?&\\";
  if (const std::string problem = unspellable(value); !problem.empty()) {
    throw inputError("BAD_SETTING", name + " " + problem, "Give another value, or set the variable in the environment");
  }
  if (value.find_first_not_of(kPlain) == std::string::npos) return name + "=" + value + "\n";
  std::string quoted;
  for (const char c : value) {
    if (c == '\n' || c == '\r') {
      quoted += c == '\n' ? "\\n" : "\\r";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return name + "=\"" + quoted + "\"\n";
}

std::string withVariable(std::string_view text, const std::string& name, const std::string& value) {
  const std::string line = dotenvLine(name, value);
  DotenvFile before = parse(text);
  std::string out;
  std::size_t kept = 0;
  for (const Assignment& assignment : before.assignments) {
    if (assignment.name != name || !text.substr(assignment.begin).starts_with(name + "=")) continue;
    out += text.substr(kept, assignment.begin - kept);
    const std::string_view replaced = text.substr(assignment.begin, assignment.end - assignment.begin);
    out += withEnd(line, replaced.ends_with("\r\n") ? "\r\n" : replaced.ends_with('\r') ? "\r" : "\n");
    kept = assignment.end;
  }
  out += text.substr(kept);
  const DotenvFile edited = parse(out);
  const auto found = edited.variables.find(name);
  if (found == edited.variables.end() || found->second != value) {
    const std::string_view end = lineEndOf(text);
    if (!out.empty() && out.find_last_of("\r\n") != out.size() - 1) out += end;
    out += withEnd(line, end);
  }
  if (differOnlyIn(name, value, std::move(before), parse(out))) return out;
  throw inputError("BAD_DOTENV", name + " cannot be added to .env: a quote in it is never closed", "Close it first");
}

}  // namespace peaqos::app
