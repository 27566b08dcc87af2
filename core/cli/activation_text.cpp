// SPDX-License-Identifier: Apache-2.0
#include "cli/activation_text.hpp"

#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "evm/units.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::cli {
namespace {

using peaq::Absence;
using peaq::FieldType;

constexpr std::size_t kShortSubject = 16;  // bytes; a shorter one can be guessed

std::string printableText(const Json& facts, std::string_view name) { return printable(textOrEmpty(facts, name)); }

std::string coins(const Json& facts, std::string_view name) {
  const auto wei = evm::U256::fromDecimal(textOrEmpty(facts, name)).value_or(evm::U256());
  return evm::formatUnitsUp(wei, 18, 4) + " PEAQ";
}

// Who does what, in words: it differs from what --for meant in the first generation.
Pairs roles(const Json& plan) {
  const std::string owner = printableText(plan, "owner"), controller = printableText(plan, "controller");
  if (owner == controller) return {{"Signs, owns, pays", owner}, {"Controls", "the same key"}};
  return {{"Signs, owns, pays", owner + " (the machine's own key; the bond comes out of its account)"},
          {"Controls", controller + " (the configured key; it signs and pays nothing)"}};
}

Pairs price(const Json& plan) {
  Pairs rows{{"Bond", coins(plan, "bond_amount") + ", not paid back, for one period"}};
  if (printableText(plan, "voucher_credit") != "0") rows.emplace_back("Voucher credit", coins(plan, "voucher_credit"));
  if (plan.contains("usdt_token")) {
    rows.emplace_back("Pays at most", printableText(plan, "max_usdt_amount") + " units of USDT");
  } else {
    rows.emplace_back("Pays", coins(plan, "net_peaq_amount"));
  }
  rows.emplace_back("Fees, at most", coins(plan, "fees"));
  rows.emplace_back("Balance", coins(plan, "balance"));
  rows.emplace_back("Approval needed", plan.value("approval_required", false) ? "yes, of exactly what it pays" : "no");
  return rows;
}

std::string planText(const Json& plan) {
  Pairs rows{{"Deployment", printableText(plan, "deployment")},
             {"Machine ID", printableText(plan, "machine_id")},
             {"Machine type", printableText(plan, "machine_type")},
             {"Manufacturer", printableText(plan, "manufacturer")},
             {"Tier", printableText(plan, "tier")}};
  for (auto& part : {roles(plan), price(plan)}) rows.insert(rows.end(), part.begin(), part.end());
  std::string text = "\nThis activates a machine:\n" + pairs(rows, 2) +
                     "  The owner alone transfers the machine and sets its controller. Owner and controller suspend,\n"
                     "  resume and renew it, edit its DID document and submit its events.\n";
  if (plan.value("subject_bytes", kShortSubject) < kShortSubject) {
    text +=
        "Warning: the credential subject is short. An ID belongs to whoever activates it first: a public key of the "
        "device is safer\n";
  }
  return text;
}

std::string stamp(std::uint64_t seconds) { return formatTime(static_cast<std::int64_t>(seconds)); }

}  // namespace

std::string activationText(const peaq::v2::Activation& activation) {
  const Json json = toJson(activation);
  const bool preview = activation.status == peaq::v2::ActivationStatus::Preview;
  Pairs rows{
      {"Machine ID", activation.machineId.toDecimal()},     {"Machine DID", peaq::v2::machineDid(activation.machineId)},
      {"Machine type", printable(activation.machineType)},  {"Tier", std::string(name(activation.tier))},
      {"Owner / payer", evm::toChecksum(activation.owner)}, {"DID controller", evm::toChecksum(activation.controller)},
      {"Deployment", activation.deployment.description()}};
  if (preview) {
    for (auto& row : price(json)) rows.push_back(std::move(row));
    return "\nDry run: nothing was sent.\n" + pairs(rows, 2);
  }
  if (activation.quote) {
    rows.emplace_back("Bond", coins(json, "bond_amount"));
    rows.emplace_back("Voucher credit", coins(json, "voucher_credit"));
    rows.emplace_back("Net PEAQ", coins(json, "net_peaq_amount"));
  }
  if (activation.usdtPaid) rows.emplace_back("Actual USDT paid", activation.usdtPaid->toDecimal() + " units");
  if (activation.subscription) {
    rows.emplace_back("Period start", stamp(activation.subscription->periodStart));
    rows.emplace_back("Period end", stamp(activation.subscription->periodEnd));
  }
  if (activation.transaction) rows.emplace_back("Transaction", toHex0x(*activation.transaction));
  const bool already = activation.status == peaq::v2::ActivationStatus::AlreadyActive;
  return std::string(already ? "\nThe machine is active already; nothing was sent.\n"
                             : "\nMachine activated successfully.\n") +
         pairs(rows, 2);
}

std::string activationLine(const host::Progress& p) {
  if (p.name == "activation_plan") return planText(p.facts);
  if (p.name == "approve_token" && p.state == "confirmed") {
    return "  Approved exactly what it pays (tx " + printableText(p.facts, "tx_hash") + ")";
  }
  if (p.name == "activate" && p.state == "skipped") return "  Already active. Skipping.";
  if (p.name == "activate" && p.state == "confirmed") {
    return "  Activated machine " + printableText(p.facts, "machine_id") + " (tx " + printableText(p.facts, "tx_hash") +
           ")";
  }
  return {};
}

Json firstActivationFields() {
  static constexpr peaq::Field kFields[] = {
      {.name = "machineId", .type = FieldType::Integer},
      {.name = "tokenId", .type = FieldType::Integer},
      {.name = "machineDid", .type = FieldType::NonEmptyText},
      {.name = "machineAddress", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "operatorDid", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
  };
  return objectSchema(kFields);
}

Json secondActivationFields() {
  static constexpr std::string_view kStatuses[] = {"preview", "activated", "already_active"};
  static constexpr std::string_view kModes[] = {"self-owned", "machine-owned/operator-controlled"};
  static constexpr peaq::Field kFields[] = {
      {.name = "status", .type = FieldType::OneOf, .words = kStatuses},
      {.name = "mode", .type = FieldType::OneOf, .words = kModes},
      {.name = "deployment_id", .type = FieldType::NonEmptyText},
      {.name = "chain_id", .type = FieldType::NonEmptyText},
      {.name = "machine_state_and_sync", .type = FieldType::NonEmptyText},
      {.name = "machine_id", .type = FieldType::NonEmptyText},
      {.name = "machine_type", .type = FieldType::NonEmptyText},
      {.name = "manufacturer", .type = FieldType::NonEmptyText},
      {.name = "tier", .type = FieldType::OneOf, .words = peaq::v2::kTiers},
      {.name = "owner", .type = FieldType::NonEmptyText},
      {.name = "controller", .type = FieldType::NonEmptyText},
      {.name = "peaq_token", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "bond_amount", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "voucher_credit", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "net_peaq_amount", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "balance", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "approval_required", .type = FieldType::Boolean, .absence = Absence::LeftOut},
      {.name = "payment", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "slippage_bps", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "usdt_token", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "quoted_usdt_amount", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "max_usdt_amount", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "usdt_amount", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "fees", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "transaction_hash", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "period_start", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "period_end", .type = FieldType::NonEmptyText, .absence = Absence::LeftOut},
      {.name = "is_homed_locally", .type = FieldType::Boolean, .absence = Absence::LeftOut},
  };
  return objectSchema(kFields);
}

}  // namespace peaqos::cli
