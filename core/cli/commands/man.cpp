// peaqos man
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/manual.hpp"

namespace peaqos::cli {
namespace {

Task<void> run(Arguments, app::Caller, Output& output) {
  output.result(manual());
  co_return;
}

constexpr std::string_view kExamples[] = {"peaqos man | man -l -"};

}  // namespace

const Command kMan = {.path = "man",
                      .summary = "Print the manual page",
                      .details = "It is troff text of all commands, options and settings, for man.",
                      .arguments = {},
                      .options = {},
                      .examples = kExamples,
                      .run = run,
                      .effect = Effect::Reads};

}  // namespace peaqos::cli
