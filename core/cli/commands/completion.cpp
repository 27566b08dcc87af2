// peaqos completion bash|fish|zsh
// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.hpp"

#include "cli/command.hpp"

namespace peaqos::cli {
namespace {

template <std::string (*script)()>
Task<void> run(Arguments, app::Caller, Output& output) {
  output.result(script());
  co_return;
}

constexpr std::string_view kBash[] = {"source <(peaqos completion bash)",
                                      "peaqos completion bash > ~/.local/share/bash-completion/completions/peaqos"};
constexpr std::string_view kFish[] = {"peaqos completion fish | source",
                                      "peaqos completion fish > ~/.config/fish/completions/peaqos.fish"};
constexpr std::string_view kZsh[] = {"source <(peaqos completion zsh)",
                                     "peaqos completion zsh > \"${fpath[1]}/_peaqos\""};

constexpr std::string_view kDetails = "Once it is loaded, the Tab key completes commands, options and their values.";

}  // namespace

const Command kCompletionBash = {.path = "completion bash",
                                 .summary = "Print the script for bash",
                                 .details = kDetails,
                                 .arguments = {},
                                 .options = {},
                                 .examples = kBash,
                                 .run = run<bashCompletion>,
                                 .effect = Effect::Reads};
const Command kCompletionFish = {.path = "completion fish",
                                 .summary = "Print the script for fish",
                                 .details = kDetails,
                                 .arguments = {},
                                 .options = {},
                                 .examples = kFish,
                                 .run = run<fishCompletion>,
                                 .effect = Effect::Reads};
const Command kCompletionZsh = {.path = "completion zsh",
                                .summary = "Print the script for zsh",
                                .details = kDetails,
                                .arguments = {},
                                .options = {},
                                .examples = kZsh,
                                .run = run<zshCompletion>,
                                .effect = Effect::Reads};

}  // namespace peaqos::cli
