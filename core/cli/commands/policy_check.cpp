// peaqos policy check
// SPDX-License-Identifier: Apache-2.0
#include "app/signing/policy.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {
namespace {

Task<void> run(Arguments, app::Caller caller, Output& output) {
  const std::string file = co_await app::checkPolicy(std::move(caller));
  output.result("The policy '" + printable(file) + "' is in order.\n");
}

constexpr std::string_view kExamples[] = {"peaqos policy check"};

}  // namespace

const Command kPolicyCheck = {
    .path = "policy check",
    .summary = "Check the policy that bounds what may be signed",
    .details =
        "The policy is the file that PEAQOS_POLICY names, or else peaqos-policy.json of the current directory. What "
        "is not known in it, has the wrong type or is there twice is an error, here and before any signature.",
    .arguments = {},
    .options = {},
    .examples = kExamples,
    .run = run,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
