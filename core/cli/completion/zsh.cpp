// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/completion/pieces.hpp"

namespace peaqos::cli {
namespace {

std::string zshValueRows() {
  std::string out;
  for (const Place& place : places()) {
    for (const Option& option : place.options) {
      if (option.type == ValueType::Flag) continue;
      out += "    " + shellWord(place.path + " " + flagOf(option)) + ") ";
      if (!option.choices.empty())
        out += "compadd " + choicesOf(option);
      else if (option.type == ValueType::File)
        out += "_files";
      else
        out += "_message " + shellWord(option.help);
      out += "; return ;;\n";
    }
  }
  return out;
}

std::string zshPlaceRows() {
  std::string out;
  for (const Place& place : places()) {
    out += "    " + shellWord(place.path) + ")\n      commands=(";
    for (const Child& child : place.children)
      out += "\n        " + shellWord(child.name + ":" + std::string(child.summary));
    out += ")\n      options=(";
    for (const Option& option : place.options)
      out += "\n        " + shellWord(flagOf(option) + ":" + std::string(option.help));
    out += ")\n      ;;\n";
  }
  return out;
}

}  // namespace

std::string zshCompletion() {
  return R"(#compdef peaqos
# Completion of peaqos in zsh: source <(peaqos completion zsh), or as the file _peaqos in a folder of $fpath

_peaqos() {
  local place= word
  local -a commands options
  for word in "${(@)words[2,CURRENT-1]}"; do
    case "$place $word" in
)" + steps("place=\"${place:+$place }$word\"") +
         R"(    esac
  done
  case "$place ${words[CURRENT-1]}" in
)" + zshValueRows() +
         R"(  esac
  case "$place" in
)" + zshPlaceRows() +
         R"(  esac
  (( $#commands )) && _describe command commands
  _describe -o option options
}

if [[ "${funcstack[1]}" == _peaqos ]]; then _peaqos "$@"; else compdef _peaqos peaqos; fi
)";
}

}  // namespace peaqos::cli
