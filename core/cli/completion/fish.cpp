// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/completion/pieces.hpp"

namespace peaqos::cli {
namespace {

std::string optionRow(const std::string& at, const Option& option) {
  std::string out = at + " -l " + std::string(option.name);
  if (option.letter) out += std::string(" -s ") + option.letter;
  if (option.type == ValueType::File)
    out += " -r -F";
  else if (option.type != ValueType::Flag)
    out += " -x";
  if (!option.choices.empty()) out += " -a " + shellWord(choicesOf(option));
  return out + " -d " + shellWord(option.help) + "\n";
}

std::string patterns() {
  std::string out;
  for (const Place& place : places()) {
    if (place.path.empty()) continue;
    out += " " + shellWord((place.path.find(' ') == std::string::npos ? " " : "") + place.path);
  }
  return out;
}

}  // namespace

std::string fishCompletion() {
  std::string out = R"(# Completion of peaqos in fish: peaqos completion fish | source

function __peaqos_at
    set -l place ''
    for word in (commandline -opc)[2..-1]
        switch "$place $word"
            case)" + patterns() +
                    R"(
                set place (string trim -- "$place $word")
        end
    end
    test "$place" = "$argv[1]"
end

complete -c peaqos -f
)";
  for (const Place& place : places()) {
    const std::string at = "complete -c peaqos -n \"__peaqos_at '" + place.path + "'\"";
    for (const Child& child : place.children)
      out += at + " -a " + child.name + " -d " + shellWord(child.summary) + "\n";
    for (const Option& option : place.options) out += optionRow(at, option);
  }
  return out;
}

}  // namespace peaqos::cli
