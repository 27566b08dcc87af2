// SPDX-License-Identifier: Apache-2.0
#include "cli/market_progress.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "evm/address.hpp"

namespace peaqos::cli {
namespace {

using host::Progress;

struct MarketStep {
  std::string_view name;
  std::string_view title;
};

constexpr MarketStep kMarketSteps[] = {{"identity_challenge", "Requesting identity challenge..."},
                                       {"identity_signature", "Signing identity challenge..."},
                                       {"machine_registration", "Registering machine..."},
                                       {"machine_activation", "Activating machine..."},
                                       {"pairing_challenge", "Requesting pairing challenge..."},
                                       {"agent_signature", "Waiting for agent signature..."},
                                       {"pairing_creation", "Creating pairing..."},
                                       {"order_creation", "Creating order..."},
                                       {"payment_intent", "Creating payment intent..."},
                                       {"payment_transfer", "Sending payment..."},
                                       {"payment_proof", "Recording payment proof..."},
                                       {"escrow_lock", "Locking escrow..."},
                                       {"order_execution", "Executing order..."}};

std::string printableFact(const Progress& p, std::string_view name) { return printable(textOf(p.facts, name)); }

// A message to sign, its lines as they are: whoever signs it must see every one.
std::string lines(const std::string& text) {
  std::string out;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    out += printable(std::string_view(text).substr(start, end - start)) + "\n";
    start = end + 1;
  }
  return out;
}

std::string challengeBlock(const Progress& p) {
  const bool identity = printableFact(p, "kind") == "identity";
  const std::string message = "  " + lines(textOf(p.facts, "message")) + "\n";
  if (!identity) {
    return "\nSign this challenge with the agent's key:\n\n" + message +
           "Agent address: " + printableFact(p, "agent_address") +
           "\nVerification method: " + printableFact(p, "method") + "\n";
  }
  std::string out = "\nThe challenge, to be signed by a controller of the identity:\n\n" + message +
                    "Identity:    " + printableFact(p, "identity_ref") +
                    "\nMethod:      " + printableFact(p, "method") + "\n";
  if (const Json* controllers = findMember(p.facts, "controllers")) {
    for (const Json& controller : *controllers) {
      out +=
          "Controller:  " + printable(controller.is_string() ? controller.get<std::string>() : dumpJson(controller)) +
          "\n";
    }
  }
  return out;
}

std::string onboardingSummary(const Progress& p) {
  Pairs rows{{"Identity", printableFact(p, "identity_ref")},
             {"Name", printableFact(p, "display_name")},
             {"Owner", printableFact(p, "owner_id")},
             {"Type", printableFact(p, "machine_type")},
             {"Runtime", printableFact(p, "runtime_profile")}};
  const auto add = [&](const char* label, std::string value) {
    if (!value.empty()) rows.emplace_back(label, std::move(value));
  };
  add("Capabilities", listOf(p.facts, "capabilities"));
  add("Skills", listOf(p.facts, "skill_keys"));
  if (const Json* labels = findMember(p.facts, "labels")) add("Labels", labelsOf(*labels));
  return "\nOnboarding summary:\n\n" + pairs(rows, 2);
}

std::string orderSummary(const Progress& p) {
  return "\nOrder summary:\n\n" + pairs({{"Order ID", printableFact(p, "order_id")},
                                         {"Service", printableFact(p, "service")},
                                         {"Status", printableFact(p, "status")},
                                         {"Payment", printableFact(p, "payment_status")}},
                                        2);
}

// Full addresses: who pays must be able to check and to copy them.
std::string paymentBlock(const Progress& p) {
  const Json* amount = findMember(p.facts, "amount");
  const Json* currency = findMember(p.facts, "currency");
  const std::string token = printableFact(p, "token"), address = printableFact(p, "token_address");
  Pairs rows{{"Amount", money(amount ? *amount : Json(nullptr), currency ? *currency : Json(nullptr))},
             {"Chain", printableFact(p, "chain")},
             {"Token", token + (address == kNothing ? "" : " (" + address + ")")}};
  if (findMember(p.facts, "exact"))
    rows.emplace_back("Transfer", printableFact(p, "exact") + (token == kNothing ? "" : " " + token));
  rows.emplace_back("Pay from", printableFact(p, "payer"));
  rows.emplace_back("Pay to", printableFact(p, "recipient") + (p.facts.value("escrow", false) ? " (escrow)" : ""));
  if (findMember(p.facts, "balance")) {
    rows.emplace_back("Balance", printableFact(p, "balance") + ", then " + printableFact(p, "balance_after") +
                                     (token == kNothing ? "" : " " + token));
  }
  const bool byHand = printableFact(p, "by") == "hand";
  return "\nPayment required.\n\n" + pairs(rows, 2) +
         (byHand ? "\nMake this transfer with the agent's wallet, then give its hash.\n" : "");
}

std::string withoutLineEnd(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string transferLine(const Progress& p) {
  if (p.state == "signing") {
    return "      Signing transfer via OWS (wallet=" + printableFact(p, "wallet") +
           ", chain=" + printableFact(p, "chain") + ")";
  }
  const Json* amount = findMember(p.facts, "money");
  const Json* currency = findMember(p.facts, "currency");
  return "      " + printableFact(p, "from") + " → " + printableFact(p, "recipient") + "  " +
         money(amount ? *amount : Json(nullptr), currency ? *currency : Json(nullptr)) +
         "\n      Tx: " + printableFact(p, "tx_hash");
}

std::string orderLine(const Progress& p) {
  const std::string id = printableFact(p, "order_id");
  if (p.state == "continued")
    return "Continuing order " + id + " of an earlier run (" + printableFact(p, "status") + ").";
  if (p.state == "looking") return "An earlier run did not hear what became of its order; looking for it.";
  return "Aborted. Order " + id + " stays open" + (p.facts.value("paid", false) ? ", and paid" : "") +
         ".\n  Go on: run the same command again\n  Check: peaqos scale order status " + shellWord(id);
}

std::string signatureLine(const Progress& p) {
  if (p.name == "identity_signature") {
    const std::string file = printableFact(p, "file");
    return "      " + (file.empty() || file == kNothing ? "Signed via OWS wallet" : "Signed with key from " + file) +
           "\n      Signer: " + printableFact(p, "signer");
  }
  const std::string signer = printableFact(p, "signer");
  return "Warning: the signature is " + (signer == kNothing ? "malformed" : "one of " + signer) + ", not of " +
         printableFact(p, "agent_address") + "; the Machine Market will refuse it";
}

}  // namespace

std::string_view marketStepTitle(std::string_view name) {
  const auto found = std::ranges::find(kMarketSteps, name, &MarketStep::name);
  return found == std::end(kMarketSteps) ? std::string_view() : found->title;
}

std::string marketLine(const Progress& p) {
  if (p.name == "challenge") return challengeBlock(p);
  if (p.name == "onboarding_summary") return withoutLineEnd(onboardingSummary(p));
  if (p.name == "order_summary") return withoutLineEnd(orderSummary(p));
  if (p.name == "payment_due") return withoutLineEnd(paymentBlock(p));
  if (p.name == "payment_transfer") return transferLine(p);
  if (p.name == "order") return orderLine(p);
  if (p.name == "identity_signature" || p.name == "signature") return signatureLine(p);
  if (p.name == "signature_file") return "      Waiting for the signature in " + printableFact(p, "path");
  if (p.name == "search") return "Searching for \"" + printableFact(p, "service_type") + "\" services...";
  if (p.name == "secret_file")
    return "Warning: others can read the " + printableFact(p, "file") + "; make it private: chmod 600 " +
           shellWord(p.facts.value("path", ""));
  if (p.name == "declined") return "Aborted.";
  return {};
}

bool isSaidWhenQuiet(const Progress& p) {
  constexpr std::array<std::string_view, 8> kNames = {
      "challenge", "onboarding_summary", "order_summary", "payment_due",
      "order",     "signature",          "declined",      "signature_file"};
  const bool ofTransfer = p.name == "payment_transfer" && p.state != "started";
  return ofTransfer || std::ranges::find(kNames, p.name) != kNames.end();
}

}  // namespace peaqos::cli
