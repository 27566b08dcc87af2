// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/completion.hpp"
#include "cli/completion/pieces.hpp"

namespace peaqos::cli {
namespace {

// What completes the value of an option; a value of the user's own is not guessed.
std::string bashValueRows() {
  std::string out;
  for (const Place& place : places()) {
    for (const Option& option : place.options) {
      if (option.type == ValueType::Flag) continue;
      out += "    " + shellWord(place.path + " " + flagOf(option)) + ") ";
      if (!option.choices.empty())
        out += "candidates=" + shellWord(choicesOf(option)) + " ;;\n";
      else if (option.type == ValueType::File)
        out += "_peaqos_files; return ;;\n";
      else
        out += "return ;;\n";
    }
  }
  return out;
}

std::string bashPlaceRows() {
  std::string out;
  for (const Place& place : places()) {
    std::string words;
    for (const Child& child : place.children) words += child.name + " ";
    for (const Option& option : place.options) words += flagOf(option) + " ";
    words.pop_back();
    out += "        " + shellWord(place.path) + ") candidates=" + shellWord(words) + " ;;\n";
  }
  return out;
}

constexpr std::string_view kHead = R"(# Completion of peaqos in bash: source <(peaqos completion bash)

_peaqos_files() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  compopt -o filenames 2>/dev/null
}

_peaqos() {
  local place= candidates= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place ${COMP_WORDS[i]}" in
)";

}  // namespace

std::string bashCompletion() {
  return std::string(kHead) + steps("place=\"${place:+$place }${COMP_WORDS[i]}\"") + R"(    esac
  done
  case "$place ${COMP_WORDS[COMP_CWORD - 1]}" in
)" + bashValueRows() +
         R"(    *)
      case "$place" in
)" + bashPlaceRows() +
         R"(      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$candidates" -- "${COMP_WORDS[COMP_CWORD]}"))
}

complete -F _peaqos peaqos
)";
}

}  // namespace peaqos::cli
