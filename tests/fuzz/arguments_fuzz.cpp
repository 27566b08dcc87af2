// The words of a command line, one a line of the input: a command or an Error of one line that says where help is.
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "cli/parser.hpp"
#include "fuzz.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto words = fuzz::linesOf(fuzz::textOf(data, size));
  try {
    const cli::Parsed parsed = cli::parse(words);
    fuzz::require(!parsed.command || parsed.command->path == parsed.path, "a command is at its path");
    if (parsed.command && !parsed.help && !parsed.schema) {
      fuzz::require(parsed.arguments.positionalCount() == parsed.command->arguments.size(), "every argument is there");
      for (const cli::Option& option : parsed.command->options) {
        fuzz::require(!option.required || parsed.arguments.has(option.name), "every required option is there");
      }
    }
  } catch (const Error& error) {
    fuzz::require(error.kind == ErrorKind::Input && error.code == "USAGE", "the error is one of usage");
    fuzz::require(fuzz::isOneLine(error.message) && fuzz::isOneLine(error.hint), "the error is one line");
  }
  return 0;
}
