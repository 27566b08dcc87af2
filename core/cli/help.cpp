// SPDX-License-Identifier: Apache-2.0
#include "cli/help.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/settings/variables.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/tree.hpp"

namespace peaqos::cli {
namespace {

constexpr std::size_t kTextColumns = 80;

using Row = std::pair<std::string, std::string>;

// Words of a text in lines of at most `columns`, each behind `indent` blanks but the first.
std::string wrap(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string_view word = text.substr(start, end - start);
    if (used > 0 && used + 1 + width(word) > columns) {
      out += "\n" + std::string(indent, ' ');
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width(word);
    start = end + 1;
  }
  return out;
}

std::string section(std::string_view title, const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  std::size_t widest = 0;
  for (const auto& [left, right] : rows) widest = std::max(widest, width(left));
  const std::size_t column = widest + 4;
  std::string out = "\n" + std::string(title) + ":\n";
  for (const auto& [left, right] : rows) {
    out += "  " + padRight(left, widest) + "  " +
           wrap(right, column, std::max<std::size_t>(kTextColumns - column, 30)) + "\n";
  }
  return out;
}

std::string valueOf(const Option& option) {
  if (option.type == ValueType::Flag) return {};
  if (option.choices.empty()) return " " + std::string(option.placeholder);
  return " " + join({option.choices.begin(), option.choices.end()}, "|");
}

std::vector<Row> optionRows(std::span<const Option> options) {
  std::vector<Row> rows;
  for (const Option& option : options) {
    const std::string letter = option.letter ? std::string("-") + option.letter + ", " : "    ";
    std::string text(option.help);
    if (option.required) {
      text += option.unless.empty() ? " (required)" : " (required without --" + std::string(option.unless) + ")";
    }
    if (!option.fallback.empty()) text += " (default: " + std::string(option.fallback) + ")";
    rows.emplace_back(letter + "--" + std::string(option.name) + valueOf(option), std::move(text));
  }
  return rows;
}

std::vector<Row> childRows(std::string_view path) {
  std::vector<Row> rows;
  for (const Child& child : children(path)) rows.emplace_back(child.name, child.summary);
  return rows;
}

std::vector<Row> noteRows(std::span<const Note> notes) {
  std::vector<Row> rows;
  for (const Note& note : notes) rows.emplace_back(note.name, note.text);
  return rows;
}

std::vector<Row> settingRows() {
  std::vector<Row> rows;
  for (const app::Variable& variable : app::variables()) {
    if (variable.kind != app::VariableKind::Address) rows.emplace_back(variable.name, variable.description());
  }
  return rows;
}

std::string groupHelp(std::string_view path) {
  const auto group = std::ranges::find(groups(), path, &Group::path);
  std::string out = "Usage: peaqos " + std::string(path) + " COMMAND\n\n";
  out += std::string(group == groups().end() ? path : group->summary) + ".\n";
  out += section("Commands", childRows(path));
  return out + section("Options", optionRows({&kHelpOption, 1}));
}

std::string rootHelp() {
  std::string out = "Usage: peaqos [OPTIONS] COMMAND [ARGS]\n\n";
  out += "Put machines on the peaq blockchain: register them, submit their events, read their ratings.\n";
  out += section("Commands", childRows(""));
  out += section("Options", optionRows(globalOptions()));
  out += section("Settings", settingRows());
  out +=
      "\nSettings come from the environment, then from .env in the current directory.\n"
      "The manual (peaqos man) lists the contracts' addresses as well.\n";
  out += section("Exit codes", noteRows(exitCodes()));
  return out;
}

std::string commandHelp(const Command& command) {
  std::string out = "Usage: peaqos " + std::string(command.path);
  if (!command.options.empty()) out += " [OPTIONS]";
  std::vector<Row> arguments;
  for (const Argument& argument : command.arguments) {
    out += " " + argument.placeholder();
    arguments.emplace_back(argument.placeholder(), argument.help);
  }
  out += "\n\n" + std::string(command.summary) + ".\n";
  if (!command.details.empty()) out += "\n" + wrap(command.details, 0, kTextColumns) + "\n";
  out += section("Arguments", arguments);
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.push_back(kHelpOption);
  out += section("Options", optionRows(options));
  out += section("Commands", childRows(command.path));
  if (!command.examples.empty()) out += "\nExamples:\n";
  for (const std::string_view example : command.examples) out += "  $ " + std::string(example) + "\n";
  return out;
}

}  // namespace

std::string help(std::string_view path) {
  if (path.empty()) return rootHelp();
  const auto command = std::ranges::find(commands(), path, &Command::path);
  return command == commands().end() ? groupHelp(path) : commandHelp(**command);
}

}  // namespace peaqos::cli
