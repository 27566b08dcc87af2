// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"
#include "cli/activation_text.hpp"
#include "cli/layout.hpp"
#include "cli/market_progress.hpp"
#include "cli/offline_text.hpp"
#include "cli/output.hpp"
#include "cli/qr_code.hpp"
#include "evm/address.hpp"
#include "evm/units.hpp"

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
                                 {"machine_did", "Write DID attributes"},
                                 {"approve_token", "Approve the bond"},
                                 {"activate", "Activate machine"}};

// A fact as text: strings without control characters, numbers with all digits.
std::string fact(const Progress& progress, std::string_view name) {
  const Json* value = findMember(progress.facts, name);
  if (!value) return {};
  return value->is_string() ? printable(value->get<std::string>()) : dumpJson(*value);
}

std::string header(const Progress& progress) {
  std::string out = "[" + std::to_string(progress.step) + "/" + std::to_string(progress.steps) + "] ";
  for (const auto& [name, title] : kTitles) {
    if (progress.name == name) out += title;
  }
  return out + std::string(marketStepTitle(progress.name));
}

std::string balanceLine(const Progress& p) {
  const bool sufficient = p.facts.value("sufficient", false);
  return padRight(fact(p, "role"), 8) + " " + evm::shortAddress(fact(p, "address")) + ": " + fact(p, "amount") + " " +
         fact(p, "currency") + (sufficient ? " (sufficient)" : " (insufficient)");
}

std::string generatedKeyLines(const Progress& p) {
  return "  Address:  " + fact(p, "address") + "\n  Key:      " + fact(p, "key") +
         "\n  IMPORTANT: keep a copy of this key in a safe place. It is not shown again, and nobody can restore it.";
}

std::string twoFactorLine(const Progress& p) {
  if (p.state == "skipped") return "2FA already enrolled. Skipping setup.";
  if (p.state == "confirmed") return "2FA is active.";
  const std::string uri = fact(p, "otpauth_uri");
  const std::string image = fact(p, "qr_image_url");
  return "Scan this code with an authenticator app, or give it one of the two lines below.\n\n" + qrCode(uri, 4) +
         "\n    otpauth URI : " + printable(uri) + "\n    QR image URL: " + printable(image);
}

std::string fundLine(const Progress& p) {
  const std::string who = fact(p, "role") + " " + evm::shortAddress(fact(p, "address")) + ": ";
  if (p.state == "confirmed") return who + "funded (tx " + fact(p, "tx_hash") + ")";
  if (p.state == "recovered") return who + "funded by an earlier run";
  if (p.state == "skipped") return who + "already above minimum, no fund needed";
  if (p.state == "waiting") return who + "an earlier request is in progress; waiting for it";
  return who + "prior funding spent — re-funding";
}

std::string registerLine(const Progress& p) {
  const std::string id = "machine_id=" + fact(p, "machine_id");
  if (p.state == "confirmed" && fact(p, "mode") == "proxy") {
    return "Registered machine " + fact(p, "machine") + " under proxy. " + id;
  }
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
  const bool machine = p.name == "machine_did";
  const std::string subject = machine ? "Machine DID attributes" : "Proxy DID 'machines' attribute";
  if (p.state == "recovered") return subject + " already on chain (race recovered). Skipping.";
  if (p.state == "skipped") return subject + " already on chain. Skipping.";
  std::vector<std::string> updated;
  if (const Json* names = findMember(p.facts, "updated")) {
    for (const Json& name : *names) updated.push_back(name.get<std::string>());
  }
  return "Wrote " + fact(p, "attributes") + (machine ? " machine" : " proxy") + " DID attribute" +
         (fact(p, "attributes") == "1" ? "" : "s") + (updated.empty() ? "" : ", updating " + join(updated, ", ")) +
         " (tx " + fact(p, "tx_hash") + ")";
}

std::string eventsLine(const Progress& p) {
  if (p.state == "dropped") {
    return "  A reorganization of the chain dropped transaction " + fact(p, "tx_hash") + "; sending it again";
  }
  if (p.state == "reconciled") return "  " + fact(p, "found") + " lines are known to be on the chain";
  return {};
}

std::uint64_t count(const Progress& progress, std::string_view name) {
  const Json* value = findMember(progress.facts, name);
  return value ? toUint64(*value).value_or(0) : 0;
}

std::string feesText(const Progress& p) {
  const auto wei = evm::U256::fromDecimal(fact(p, "fees_wei"));
  return "fees " + evm::formatUnitsUp(wei.value_or(evm::U256()), 18, 6) + " " + fact(p, "currency");
}

Reading eventsReading(const Progress& p) {
  const std::uint64_t rejected = count(p, "rejected");
  Reading reading{.items = "lines",
                  .done = count(p, "done"),
                  .pace = "events",
                  .made = count(p, "sent"),
                  .more = (rejected > 0 ? std::to_string(rejected) + " rejected, " : "") + feesText(p)};
  if (const Json* of = findMember(p.facts, "of")) reading.of = toUint64(*of);
  if (reading.of) reading.left = *reading.of - std::min(reading.done, *reading.of);
  return reading;
}

std::string fleetWord(std::string_view state) {
  if (state == "funded") return "topped up";
  if (state == "described") return "have written their DID";
  return std::string(state);
}

Reading fleetReading(const Progress& p) {
  return {.items = "machines " + fleetWord(p.state),
          .done = count(p, "done"),
          .of = count(p, "of"),
          .made = count(p, "made"),
          .left = count(p, "left"),
          .more = feesText(p)};
}

// A plan: its title, and below it labels and values in two columns.
std::string planLines(const Progress& p) {
  Pairs rows;
  if (const Json* list = findMember(p.facts, "rows")) {
    for (const Json& row : *list) rows.emplace_back(row[0].get<std::string>(), row[1].get<std::string>());
  }
  return "\n" + fact(p, "title") + "\n" + pairs(rows, 2);
}

// The words for what happened; nothing for what only programs want to know.
std::string line(const Progress& p) {
  if (p.name == "verification" && p.state == "started") return "\n  Running whoami to verify...";
  if (p.name == "verification") return "Warning: verification failed: " + fact(p, "text");
  if (p.state == "started") return header(p);
  if (p.state == "omitted") return header(p) + " - skipped (" + fact(p, "reason") + ")";
  if (p.name == "balance") return "  " + balanceLine(p);
  if (p.name == "register") return "  " + registerLine(p);
  if (p.name == "mint") return "  " + mintLine(p);
  if (p.name == "two_factor") return "  " + twoFactorLine(p);
  if (p.name == "fund") return "  " + fundLine(p);
  if (p.name == "machine_did" || p.name == "proxy_did") return "  " + didLine(p);
  if (p.name == "configuration" || p.state == "warning") return "Warning: " + fact(p, "text");
  if (p.name == "wallet_created") {
    return "  Wallet '" + fact(p, "name") + "' created: " + fact(p, "peaq_address") + " (ID " + fact(p, "id") +
           ").\n  Write its phrase down now: peaqos wallet export " + fact(p, "id");
  }
  if (p.name == "second_key") return "Note: " + fact(p, "text");
  if (p.name == "answer") return "  " + fact(p, "text");
  if (p.name == "generated_key") return generatedKeyLines(p);
  if (p.name == "earlier_write" && p.state == "equal") {
    return "Note: an equal event was confirmed at " + fact(p, "ts") + " (" + fact(p, "tx_hash") +
           "); this one is sent as well";
  }
  if (p.name == "earlier_write" && p.state == "known") {
    return "This idempotency key was used before (" + fact(p, "tx_hash") + "); nothing is sent again";
  }
  if (p.name == "earlier_write" && p.state == "known_otherwise") {
    return "Warning: this idempotency key belongs to another event (" + fact(p, "tx_hash") +
           "), whose result is shown; the event given now is not sent";
  }
  if (p.name == "earlier_write") {
    return "An earlier run left a transaction under way (" + fact(p, "step") + ", " + fact(p, "tx_hash") +
           "); looking it up";
  }
  if (p.name == "vault_lock" && p.state == "waiting") {
    return "Another peaqos is writing to " + fact(p, "path") + "; waiting for it";
  }
  if (p.name == "intent_lock" && p.state == "waiting") {
    return "Another peaqos is doing the same with " + fact(p, "path") + "; waiting for it";
  }
  if (p.name == "lane" && p.state == "waiting") {
    return "Another peaqos is sending transactions of " + fact(p, "address") + "; waiting for it";
  }
  if (p.name == "transaction" && p.state == "waiting") {
    return "  Waiting for transaction " + fact(p, "tx_hash") + " to be mined";
  }
  if (p.name == "transaction" && p.state == "overtaken") {
    return "  The base fee has overtaken transaction " + fact(p, "tx_hash") +
           (fact(p, "by") == "policy" ? ", and the policy" : ", and the ceiling (PEAQOS_MAX_FEE)") +
           " leaves no room to raise its fee; waiting";
  }
  if (p.name == "transaction" && p.state == "replaced") {
    return "  The base fee has overtaken transaction " + fact(p, "tx_hash") + "; sent again with a higher fee as " +
           fact(p, "replacement");
  }
  if (p.name == "watch" && p.state == "trouble") return "Warning: " + fact(p, "text") + "; asking again, less often";
  if (p.name == "watch") return "The watch goes on";
  if (p.name == "events") return eventsLine(p);
  if (p.name == "offline_transaction") return offlineText(p.facts);
  if (const std::string text = activationLine(p); !text.empty()) return text;
  if (p.name == "plan") return planLines(p);
  if (p.name == "approval") return "  Approved exactly this sum (tx " + fact(p, "tx_hash") + ")";
  return marketLine(p);
}

// Without the carriage return that a line of Windows leaves at its end.
std::optional<Secret> withoutReturn(std::optional<Secret> line) {
  const BytesView bytes = line ? line->expose() : BytesView();
  if (bytes.empty() || bytes.back() != '\r') return line;
  return Secret(bytes.first(bytes.size() - 1));
}

}  // namespace

Task<std::optional<Secret>> TextConversation::ask(host::Question question) {
  if (question.personOnly && !terminal_.interactive()) co_return std::nullopt;
  const std::string prompt = printable(question.text) + ": ";
  std::optional<Secret> answer;
  if (question.hidden && terminal_.interactive()) {
    answer = co_await hiddenLines_.read(prompt);
  } else {
    say(terminal_, prompt);
    answer = withoutReturn(co_await terminal_.readLine());
  }
  // Nobody's Enter has ended the line when the answer was hidden or came from a file.
  if (question.hidden || !terminal_.interactive()) say(terminal_, "\n");
  co_return answer;
}

// Whether it says how far a long run has come, or speaks of one of its many transactions.
bool TextConversation::measure(const Progress& p) {
  const bool waits = p.name == "transaction" && p.state == "waiting" && meter_.isGoing();
  if ((p.name == "events" || p.name == "fleet") && p.state == "ended") {
    meter_.end();
  } else if (p.name == "events" && p.state == "progress") {
    meter_.show(eventsReading(p), p.name);
  } else if (p.name == "fleet") {
    meter_.show(fleetReading(p), p.state);
  } else if (waits) {
    meter_.notice(line(p));
  } else {
    return false;
  }
  return true;
}

void TextConversation::progress(const Progress& progress) {
  // Who is asked must know what was wrong, and a generated key is seen only once.
  const bool needed = progress.name == "answer" || progress.name == "generated_key" || progress.name == "plan" ||
                      progress.name == "offline_transaction" || progress.name == "activation_plan" ||
                      isSaidWhenQuiet(progress);
  if (quiet_ && !needed) return;
  if (measure(progress)) return;
  const std::string text = line(progress);
  if (!text.empty()) say(terminal_, text + "\n");
}

}  // namespace peaqos::cli
