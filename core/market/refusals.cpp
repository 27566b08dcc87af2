// SPDX-License-Identifier: Apache-2.0
#include "market/refusals.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peaqos::market {
namespace {

struct Meaning {
  std::string_view code;
  const char* message;
  const char* advice;
};

constexpr char kRepair[] = "Pair again: peaqos scale agent pair";
constexpr char kSearchAgain[] = "Search again: peaqos scale search";

constexpr Meaning kMeanings[] = {
    {"AUTH_REQUIRED", "the Machine Market wants a platform key", "Set PEAQOS_ORCH_API_KEY"},
    {"AUTH_INVALID", "the Machine Market did not accept the platform key", "Check PEAQOS_ORCH_API_KEY"},
    {"AGENT_AUTH_REQUIRED", "the Machine Market wants a pairing token", "Give it with --pairing-token-file"},
    {"AGENT_AUTH_INVALID", "the pairing token is not valid, or has expired", kRepair},
    {"AGENT_AUTH_EXPIRED", "the pairing token has expired", kRepair},
    {"VALIDATION_ERROR", "the Machine Market found the request invalid", ""},
    {"NOT_FOUND", "the Machine Market does not know that", "Check the ID"},
    {"MACHINE_NOT_FOUND", "the Machine Market does not know that machine",
     "List the machines: peaqos scale machine list"},
    {"MACHINE_NOT_ACTIVE", "the machine is not active in the Machine Market",
     "Activate it first; its state: peaqos scale machine status"},
    {"MACHINE_NOT_ACTIVATED", "the machine must be activated in peaqOS before it can use the Machine Market",
     "Activate it: peaqos activate"},
    {"MACHINE_IDENTITY_EXISTS", "the identity reference already belongs to another machine",
     "Find that machine: peaqos scale machine list"},
    {"MACHINE_IDENTITY_IMMUTABLE", "a machine's identity reference cannot be changed once it is registered",
     "Onboard another machine with the other reference"},
    {"MACHINE_IDENTITY_PROOF_REQUIRED", "the identity challenge must be signed",
     "Give --identity-key-file or --identity-signature-file"},
    {"MACHINE_IDENTITY_PROOF_INVALID", "the signature is not one of the DID's controller",
     "Sign the challenge with the controller's key"},
    {"MACHINE_IDENTITY_PROOF_EXPIRED", "the identity challenge has expired",
     "Run the command again and sign the new challenge"},
    {"PEAQOS_IDENTITY_UNAVAILABLE", "the machine's identity could not be verified",
     "Register and activate the machine first: peaqos activate"},
    {"AGENT_PAIRING_REQUIRED", "the machine has no paired agent", "Pair one first: peaqos scale agent pair"},
    {"AGENT_PAIRING_INACTIVE", "the pairing is not active", "Its status must be 'active'; or pair again"},
    {"AGENT_PAIRING_UNAVAILABLE", "the pairing does not exist, or is not active", kRepair},
    {"AGENT_PAIRING_PROOF_REQUIRED", "the agent must sign the pairing challenge",
     "Sign it with the key of --agent-address"},
    {"AGENT_PAIRING_PROOF_INVALID", "the signature is not the agent's", "Sign with the key of --agent-address"},
    {"AGENT_PAIRING_PROOF_EXPIRED", "the pairing challenge has expired",
     "Run the command again and sign the new challenge"},
    {"AGENT_POLICY_DENIED", "the pairing's delegation policy forbids this", "Pair again with another policy"},
    {"AGENT_SPEND_LIMIT_EXCEEDED", "that is more than the pairing may spend at once",
     "Pair again with a higher --per-tx-limit, or look for a cheaper service"},
    {"AGENT_DAILY_LIMIT_EXCEEDED", "that is more than the pairing may still spend today",
     "Wait for the next day's window, or pair again with a higher --daily-limit"},
    {"QUOTE_EXPIRED", "the quote has expired", kSearchAgain},
    {"ORDER_CLOSED", "the order is closed and cannot be changed", "Look at it: peaqos scale order status"},
    {"ORDER_NOT_DELIVERED", "the order is not delivered yet",
     "Wait for the delivery, or raise a dispute: peaqos scale order dispute"},
    {"EXECUTION_UNSUPPORTED", "the service cannot be executed by the Machine Market itself",
     "Search with --allow-handoff, or order another service"},
    {"PAYMENT_REQUIRED", "the order must be paid before it can be executed", "Pay it, then run the command again"},
    {"PAYMENT_RPC_REQUIRED", "the payment can only be verified through a chain's RPC endpoint",
     "Set PEAQOS_RPC_URL to a node of the payment's chain"},
    {"PAYMENT_RPC_ERROR", "the payment could not be verified on its chain", "Check that the chain's nodes are up"},
    {"PAYMENT_NOT_MINED", "the payment is not mined yet", "Wait a little, then run the command again"},
    {"PAYMENT_TX_FAILED", "the payment's transaction failed on its chain", "Check the transaction's hash"},
    {"PAYMENT_TRANSFER_NOT_FOUND", "that transaction holds no such payment",
     "Check the transaction's hash, its token and its recipient"},
};

const Meaning* find(std::string_view code) {
  const auto found = std::ranges::find(kMeanings, code, &Meaning::code);
  return found == std::end(kMeanings) ? nullptr : found;
}

std::string lowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::string adviceFor(std::string_view code) {
  const Meaning* meaning = find(code);
  return meaning ? meaning->advice : "";
}

Error refusal(const std::string& code, const std::string& serverWords, const std::string& details) {
  const Meaning* meaning = find(code);
  if (!meaning) {
    const std::string more = serverWords.empty() ? details : serverWords;
    return networkError(code, "Orchestration error: " + printable(code) + (more.empty() ? "" : " — " + more));
  }
  std::string message = meaning->message;
  if (code == "VALIDATION_ERROR") message += ": " + (details.empty() ? code : details);
  if (!serverWords.empty() && lowerCase(message).find(lowerCase(serverWords)) == std::string::npos) {
    message += " — " + serverWords;
  }
  return networkError(code, std::move(message), meaning->advice);
}

}  // namespace peaqos::market
