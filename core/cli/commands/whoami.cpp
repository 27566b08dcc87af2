// peaqos whoami
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/whoami_text.hpp"

namespace peaqos::cli {
namespace {

Task<void> run(Arguments, app::Caller caller, Output& output) {
  output.result(whoamiText(co_await app::whoami(std::move(caller))));
}

constexpr std::string_view kExamples[] = {"peaqos whoami"};

}  // namespace

const Command kWhoami = {
    .path = "whoami",
    .summary = "Show who signs, the network, its URLs and contracts",
    .details = "Reads the configuration and asks the node for its chain ID. Nothing is sent or changed.",
    .arguments = {},
    .options = {},
    .examples = kExamples,
    .run = run};

}  // namespace peaqos::cli
