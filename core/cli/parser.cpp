// SPDX-License-Identifier: Apache-2.0
#include "cli/parser.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"

namespace peaqos::cli {
namespace {

std::string flagName(const Option& option) { return "--" + std::string(option.name); }

std::string inQuotes(std::string_view text) { return "'" + printable(text) + "'"; }

// "5", "-0.5", "1e3": digits with a sign, a point and an exponent where wanted, of a size that a double has.
bool isDecimalNumber(const std::string& text) {
  if (text.find_first_not_of("0123456789+-.eE") != std::string::npos) return false;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return !text.empty() && end == text.c_str() + text.size() && std::isfinite(value);
}

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& words) : words_(words) {}

  Parsed parse() {
    parseGlobals();
    findCommand();
    if (parsed_.schema) {
      refuseSurplus({words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end()});
    } else if (parsed_.command) {
      parseCommand();
    }
    refuseContradiction();
    return std::move(parsed_);
  }

 private:
  bool atEnd() const { return at_ == words_.size(); }
  static bool looksLikeOption(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

  std::string helpHint() const {
    return "See 'peaqos " + (parsed_.path.empty() ? std::string() : parsed_.path + " ") + "--help'";
  }
  Error usage(const std::string& message) const { return inputError("USAGE", message, helpHint()); }

  void parseGlobals() {
    while (!atEnd() && looksLikeOption(words_[at_]) && words_[at_] != "--") {
      parseOption(globalOptions(), parsed_.global);
      if (parsed_.global.has("version")) return;
    }
    parsed_.help = parsed_.global.has("help");
    parsed_.schema = !parsed_.help && parsed_.global.has("json-schema");
  }

  // Follows the words down the tree of groups as long as they name one. A group may itself be a command: it takes the
  // words that name nothing below it (`scale order SERVICE` beside `scale order list`).
  void findCommand() {
    if (parsed_.global.has("version") || parsed_.help) return;
    while (!atEnd() && !parsed_.command) {
      const std::string& word = words_[at_];
      if (word == "-h" || word == "--help") {
        parsed_.help = true;
        return;
      }
      const std::string path = parsed_.path.empty() ? word : parsed_.path + " " + word;
      if (isGroup(path)) {
        parsed_.path = path;
      } else if (const Command* named = commandAt(path)) {
        parsed_.path = path;
        parsed_.command = named;
      } else if (const Command* own = commandAt(parsed_.path)) {
        parsed_.command = own;
        return;
      } else {
        throw looksLikeOption(word) ? noSuchOption(word, globalOptions()) : noSuchCommand(word);
      }
      ++at_;
    }
    parsed_.help = parsed_.help || !parsed_.command;
  }

  static const Command* commandAt(std::string_view path) {
    const auto found = std::ranges::find(commands(), path, &Command::path);
    return found == commands().end() ? nullptr : *found;
  }
  static bool isGroup(const std::string& path) {
    return std::ranges::any_of(commands(), [&](const Command* c) { return c->path.starts_with(path + " "); });
  }

  void parseCommand() {
    const Command& command = *parsed_.command;
    std::vector<std::string> surplus;
    bool optionsEnded = false;
    while (!atEnd()) {
      const std::string& word = words_[at_];
      if (!optionsEnded && word == "--") {
        optionsEnded = true;
        ++at_;
      } else if (!optionsEnded && looksLikeOption(word)) {
        if (word == "-h" || word == "--help") {
          parsed_.help = true;
          return;
        }
        parseOption(command.options, parsed_.arguments);
      } else {
        const bool more = !command.arguments.empty() && command.arguments.back().repeated;
        if (more || parsed_.arguments.positionalCount() < command.arguments.size()) {
          parsed_.arguments.add(word);
          optionsEnded = optionsEnded || command.arguments.back().verbatim;
        } else {
          surplus.push_back(word);
        }
        ++at_;
      }
    }
    refuseSurplus(surplus);
    for (const Option& option : command.options) {
      const bool needless = !option.unless.empty() && parsed_.arguments.has(option.unless);
      if (option.required && !needless && !parsed_.arguments.has(option.name)) {
        throw usage("Missing option " + inQuotes(flagName(option)) + misspeltSubcommand());
      }
    }
    if (const std::size_t given = parsed_.arguments.positionalCount(); given < command.arguments.size()) {
      throw usage("Missing argument " + inQuotes(command.arguments[given].name));
    }
  }

  void refuseSurplus(const std::vector<std::string>& surplus) const {
    if (surplus.empty()) return;
    throw usage("Got unexpected extra argument" + std::string(surplus.size() > 1 ? "s" : "") + " (" +
                printable(join(surplus, " ")) + ")");
  }

  void parseOption(std::span<const Option> options, Arguments& into) {
    const std::string& word = words_[at_++];
    if (!word.starts_with("--")) {
      parseLetters(word, options, into);
      return;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto option = std::ranges::find(options, name, &Option::name);
    if (option == options.end()) throw noSuchOption("--" + name, options);
    if (option->type == ValueType::Flag) {
      if (equals != std::string::npos) throw usage("Option " + inQuotes(flagName(*option)) + " takes no value");
      into.set(name, {});
      return;
    }
    const bool attached = equals != std::string::npos;
    if (!attached && atEnd()) throw usage("Option " + inQuotes(flagName(*option)) + " needs a value");
    std::string value = checked(*option, attached ? word.substr(equals + 1) : words_[at_++]);
    option->repeated ? into.append(name, std::move(value)) : into.set(name, std::move(value));
  }

  // "-vq": flags only, each letter one.
  void parseLetters(const std::string& word, std::span<const Option> options, Arguments& into) {
    for (const char letter : word.substr(1)) {
      const auto option = std::ranges::find_if(options, [&](const Option& o) { return o.letter == letter; });
      if (option == options.end()) throw usage("No such option " + inQuotes(std::string("-") + letter));
      into.set(option->name, {});
    }
  }

  std::string checked(const Option& option, std::string value) const {
    const auto invalid = [&](const std::string& expected) {
      return usage("Invalid value for " + inQuotes(flagName(option)) + ": " + inQuotes(value) + " is not " + expected);
    };
    if (option.type == ValueType::Choice && std::ranges::find(option.choices, value) == option.choices.end()) {
      std::vector<std::string> words(option.choices.begin(), option.choices.end());
      throw invalid("one of " + join(words, ", "));
    }
    if (option.type == ValueType::Integer) {
      const std::size_t sign = value.starts_with('-') || value.starts_with('+') ? 1 : 0;
      const bool digits = value.size() > sign && value.find_first_not_of("0123456789", sign) == std::string::npos;
      if (!digits) throw invalid("an integer");
    }
    if (option.type == ValueType::Number && !isDecimalNumber(value)) throw invalid("a number");
    if (option.type == ValueType::Url && !value.empty() && !host::parseUrl(value)) {
      throw usage("Invalid value for " + inQuotes(flagName(option)) + ": " + inQuotes(host::redactUrl(value)) +
                  " is not an http or https URL");
    }
    return value;
  }

  Error noSuchOption(const std::string& word, std::span<const Option> options) const {
    std::vector<std::string> names;
    for (const Option& option : options) names.push_back(flagName(option));
    const std::string name = word.substr(0, word.find('='));
    const auto near = nearest(name, names);
    return usage("No such option " + inQuotes(name) + (near ? " (did you mean " + *near + "?)" : ""));
  }

  Error noSuchCommand(const std::string& word) const {
    const auto near = nearestBelow(word);
    return usage("No such command " + inQuotes(word) + (near ? " (did you mean " + *near + "?)" : ""));
  }

  // The word below the present path that a misspelt one most likely meant.
  std::optional<std::string> nearestBelow(const std::string& word) const {
    const std::string prefix = parsed_.path.empty() ? "" : parsed_.path + " ";
    std::vector<std::string> names;
    for (const Command* command : commands()) {
      if (command->path.starts_with(prefix)) {
        const std::string_view rest = command->path.substr(prefix.size());
        names.emplace_back(rest.substr(0, rest.find(' ')));
      }
    }
    return nearest(word, names);
  }

  // Of a group that is itself a command: its argument may have been meant as the name of another one.
  std::string misspeltSubcommand() const {
    if (parsed_.arguments.positionalCount() == 0) return {};
    const auto near = nearestBelow(parsed_.arguments.positional(0));
    return near ? " (did you mean peaqos " + parsed_.path + " " + *near + "?)" : "";
  }

  void refuseContradiction() const {
    if (parsed_.global.has("verbose") && parsed_.global.has("quiet")) {
      throw usage("Options '--verbose' and '--quiet' exclude each other");
    }
  }

  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  Parsed parsed_;
};

}  // namespace

Parsed parse(const std::vector<std::string>& words) { return Parser(words).parse(); }

}  // namespace peaqos::cli
