// Activation in the second generation: one transaction, and before it an approval of the bond where there is none
// (docs/protocol.md#activation-in-the-second-generation).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "evm/outbox.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "host/http.hpp"
#include "peaq/deployment.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/roles.hpp"

namespace peaqos::peaq::v2 {

enum class Rail { Peaq, Usdt };

struct ActivationRequest {
  ActivationCall call;  // its document has the controller
  Rail rail = Rail::Peaq;
  std::uint64_t slippageBps = 0;  // on the USDT rail
  bool skipFunding = false;
  bool dryRun = false;     // end with the plan
  bool consented = false;  // do not ask
};

// Everything that activation needs of its surroundings.
struct ActivationContext {
  evm::RpcClient& rpc;
  ledger::Ledger& ledger;
  evm::Outbox& outbox;
  host::HttpClient& http;
  host::Clock& clock;
  host::Random& random;
  host::Conversation& conversation;
  evm::Signer& signer;  // the machine's owner, who signs and pays
  Deployment deployment;
  Roles roles;
  std::function<std::string()> gasStationUrl;  // asked only when money is needed; throws Error (Configuration)
};

// What a bond costs at the moment, in wei. The credit of a voucher pays a part of it.
struct Quote {
  evm::U256 bond, credit, net;
  evm::Address token;  // PEAQ as an ERC-20
  struct Usdt {
    evm::Address token;
    evm::U256 quoted, maximum;  // in the token's smallest unit
  };
  std::optional<Usdt> usdt = {};
};

enum class ActivationStatus { Preview, Activated, AlreadyActive };

// A plan, or what became of it. What is not known is empty.
struct Activation {
  ActivationStatus status;
  Deployment deployment;
  std::uint64_t chainId = 0;
  evm::Address machineStateAndSync;
  evm::U256 machineId;
  std::string machineType;
  evm::Address manufacturer;
  Tier tier = Tier::Entry;
  evm::Address owner, controller;  // the owner signs and pays
  Rail rail = Rail::Peaq;
  std::uint64_t slippageBps = 0;
  std::optional<Quote> quote = {};
  std::optional<evm::U256> balance = {};      // of the owner, in wei
  std::optional<evm::U256> fees = {};         // at most, in wei
  std::optional<bool> approvalRequired = {};  // of the net bond, or of the most USDT
  std::optional<evm::U256> usdtPaid = {};
  std::optional<Hash256> transaction = {};
  std::optional<Subscription> subscription = {};
  std::optional<bool> homedLocally = {};
};

// The members in the order of the reference; ids, amounts and times are decimal texts.
Json toJson(const Activation& activation);

// Reads, quotes, asks for consent, sends, and proves the end by the receipt's events and by the state. A machine that
// is active already, as asked for, ends as AlreadyActive without a transaction. What an earlier run left under way is
// settled first. Reports a Progress "activation_plan", "shown" before consent, and one for each step as
// peaq::activate() does. Throws Error: Input "MACHINE_ID_MISMATCH", "NOT_CONFIRMED"; Configuration as
// checkPreflight(); Network for everything else, among it "ORACLE_UNPRICED", "INSUFFICIENT_PEAQ", "QUOTE_MOVED",
// "APPROVAL_FAILED", "STATE_CONFLICT", "EVENT_MISMATCH", "STATE_MISMATCH".
Task<Activation> activate(ActivationRequest request, ActivationContext context);

}  // namespace peaqos::peaq::v2
