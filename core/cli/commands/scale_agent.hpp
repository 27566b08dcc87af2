// What the commands about an agent's pairing have in common, and the one that renews its token.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/market/pair_agent.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

inline constexpr Option kAgentAddressOption = {.name = "agent-address",
                                               .placeholder = "ADDRESS",
                                               .help = "The agent's account",
                                               .required = true,
                                               .unless = "agent-key-file"};
inline constexpr Option kAgentProviderOption = {
    .name = "agent-provider", .placeholder = "NAME", .help = "Who runs the agent", .required = true};
inline constexpr Option kAgentRoleOption = {
    .name = "agent-role", .placeholder = "NAME", .help = "What it does, e.g. machine-market-buyer", .required = true};
inline constexpr Option kAgentDidOption = {.name = "agent-did", .placeholder = "DID", .help = "The agent's DID"};
inline constexpr Option kAgentSignatureOption = {
    .name = "agent-signature-file",
    .type = ValueType::File,
    .placeholder = "PATH",
    .help = "File with the agent's signature of the challenge; it is read once the challenge is shown",
    .use = FileUse::Read};
inline constexpr Option kAgentKeyOption = {
    .name = "agent-key-file",
    .type = ValueType::File,
    .placeholder = "PATH",
    .help = "File with the agent's private key, which signs the challenge: its only line is 64 hexadecimal digits",
    .secret = true};

market::Agent agentOf(const Arguments& arguments);
Task<app::AgentProof> proofOf(Arguments arguments, app::Caller caller);

// Prints a pairing whose token is shown only now; one that could not be printed is kept in a private file.
Task<void> showPairing(Json pairing, std::string headline, Arguments arguments, app::Caller caller, Output& output);
Json pairingSchema();

extern const Command kScaleAgentRefresh;

}  // namespace peaqos::cli
