// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/scale_agent.hpp"

#include <cctype>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "host/file_error.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

void addKnown(Pairs& rows, const char* label, const Json& object, const char* member) {
  if (!object[member].is_null()) rows.emplace_back(label, textOf(object, member));
}

std::string render(const Json& pairing, const std::string& headline) {
  const Json& policy = pairing["delegation_policy"];
  Pairs rows{{"Pairing ID", textOf(pairing, "id")},
             {"Machine ID", textOf(pairing, "machine_id")},
             {"Agent", shortIdentity(pairing, "agent_address")},
             {"Provider", textOf(pairing, "agent_provider")},
             {"Role", textOf(pairing, "agent_role")},
             {"Per-tx limit", money(policy["per_transaction_limit"], policy["currency"])},
             {"Daily limit", money(policy["daily_spend_limit"], policy["currency"])}};
  addKnown(rows, "Agent DID", pairing, "agent_did");
  addKnown(rows, "Session ID", pairing, "session_id");
  addKnown(rows, "Session Expires", pairing, "session_expires_at");
  if (const Json& verified = pairing["verification"]; !verified.is_null()) {
    rows.emplace_back("Verification", textOf(verified, "method") + " by " + textOf(verified, "signer_address"));
  }
  if (!pairing["token_last_four"].is_null())
    rows.emplace_back("Token hint", "..." + textOf(pairing, "token_last_four"));
  std::string out = "\n" + headline + "\n\n" + pairs(rows, 2);
  if (pairing["pairing_token"].is_null()) return out;
  return out + "\n  !! Pairing token (shown once — store securely):\n  " + printable(textOf(pairing, "pairing_token")) +
         "\n";
}

// The API shows a token once. One that could not be printed is kept in a private file; returns a clause about that.
Task<std::string> keepToken(Json pairing, host::Files& files) {
  if (pairing["pairing_token"].is_null()) co_return std::string();
  std::string name = "agent-";
  for (const char c : textOf(pairing, "id")) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  name += ".token";
  const std::string token = textOf(pairing, "pairing_token") + "\n";
  try {
    co_await files.createNew(name, asBytes(token), 0600);
  } catch (const host::FileError& failure) {
    co_return "; its token is lost, for '" + name + "' could not be written either (" +
        std::string(host::reason(failure.failure)) + "): revoke the pairing and pair again";
  }
  co_return "; its token is kept in " + printable(files.absolute(name));
}

}  // namespace

market::Agent agentOf(const Arguments& arguments) {
  return {.address = arguments.get("agent-address"),
          .provider = arguments.get("agent-provider"),
          .role = arguments.get("agent-role"),
          .did = arguments.find("agent-did")};
}

Task<app::AgentProof> proofOf(Arguments arguments, app::Caller caller) {
  app::AgentProof proof{.signatureFile = arguments.find("agent-signature-file"), .unattended = arguments.has("json")};
  if (auto key = co_await readOptionLine(arguments, "agent-key-file", caller)) {
    proof.key = std::move(key);
    proof.keySource = fileName(arguments, "agent-key-file");
  }
  co_return proof;
}

Task<void> showPairing(Json pairing, std::string headline, Arguments arguments, app::Caller caller, Output& output) {
  std::optional<Error> lost;
  try {
    arguments.has("json") ? output.json(pairing) : output.result(render(pairing, headline));
  } catch (const Error& error) {
    lost = error;
  }
  if (!lost) co_return;
  lost->hint += co_await keepToken(pairing, caller.host.files);
  throw std::move(*lost);
}

Json pairingSchema() { return objectSchema(market::pairingFields()); }

}  // namespace peaqos::cli
