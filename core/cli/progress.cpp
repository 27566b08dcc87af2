// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <string_view>

#include "base/text.hpp"
#include "evm/address.hpp"

namespace peaqos::cli {
namespace {

using host::Progress;

struct StepTitle {
  std::string_view name;
  std::string_view title;
};

constexpr StepTitle kTitles[] = {{"balance", "Balance check"},
                                 {"two_factor", "2FA enrollment"},
                                 {"fund", "Fund from Gas Station"},
                                 {"register", "Register machine"},
                                 {"mint", "Mint NFT"},
                                 {"machine_did", "Write DID attributes"}};

// A fact as text: strings as they are, numbers with all digits.
std::string fact(const Progress& progress, std::string_view name) {
  const Json* value = findMember(progress.facts, name);
  if (!value) return {};
  return value->is_string() ? value->get<std::string>() : dumpJson(*value);
}

std::string header(const Progress& progress) {
  std::string out = "[" + std::to_string(progress.step) + "/" + std::to_string(progress.steps) + "] ";
  for (const auto& [name, title] : kTitles) {
    if (progress.name == name) out += title;
  }
  return out;
}

std::string balanceLine(const Progress& p) {
  const bool sufficient = p.facts.value("sufficient", false);
  return padRight(fact(p, "role"), 8) + " " + evm::shortAddress(fact(p, "address")) + ": " + fact(p, "amount") + " " +
         fact(p, "currency") + (sufficient ? " (sufficient)" : " (insufficient)");
}

std::string registerLine(const Progress& p) {
  const std::string id = "machine_id=" + fact(p, "machine_id");
  if (p.state == "confirmed") return "Registered. " + id;
  if (p.state == "recovered") return "Already registered (" + id + "). Another run registered it meanwhile; skipping.";
  return "Already registered (" + id + "). Skipping.";
}

std::string mintLine(const Progress& p) {
  const std::string id = "token_id=" + fact(p, "token_id");
  if (p.state == "note") return "Warning: could not verify the owner of " + id + "; going on";
  if (p.state == "recovered") return "Already minted (" + id + "). Another run minted it meanwhile; skipping.";
  if (p.state == "skipped") return "Already minted (" + id + "). Skipping.";
  return "Minted NFT for machine_id=" + fact(p, "machine_id") + " -> " + id + " (tx " + fact(p, "tx_hash") + ")";
}

std::string didLine(const Progress& p) {
  if (p.state == "recovered") return "Machine DID attributes already on chain (race recovered). Skipping.";
  if (p.state == "skipped") return "Machine DID attributes already on chain. Skipping.";
  std::vector<std::string> updated;
  if (const Json* names = findMember(p.facts, "updated")) {
    for (const Json& name : *names) updated.push_back(name.get<std::string>());
  }
  return "Wrote " + fact(p, "attributes") + " machine DID attribute" + (fact(p, "attributes") == "1" ? "" : "s") +
         (updated.empty() ? "" : ", updating " + join(updated, ", ")) + " (tx " + fact(p, "tx_hash") + ")";
}

// The words for what happened; nothing for what only programs want to know.
std::string line(const Progress& p) {
  if (p.state == "started") return header(p);
  if (p.state == "omitted") return header(p) + " - skipped (" + fact(p, "reason") + ")";
  if (p.name == "balance") return "  " + balanceLine(p);
  if (p.name == "register") return "  " + registerLine(p);
  if (p.name == "mint") return "  " + mintLine(p);
  if (p.name == "machine_did") return "  " + didLine(p);
  if (p.name == "configuration") return "Warning: " + fact(p, "text");
  if (p.name == "earlier_write") {
    return "An earlier run left a transaction under way (" + fact(p, "step") + ", " + fact(p, "tx_hash") +
           "); looking it up";
  }
  if (p.name == "transaction" && p.state == "waiting") {
    return "  Waiting for transaction " + fact(p, "tx_hash") + " to be mined";
  }
  return {};
}

}  // namespace

void TextConversation::progress(const Progress& progress) {
  if (quiet_) return;
  const std::string text = line(progress);
  if (!text.empty()) terminal_.write(host::Stream::Err, printable(text) + "\n");
}

}  // namespace peaqos::cli
