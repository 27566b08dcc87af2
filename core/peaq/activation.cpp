// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "evm/units.hpp"
#include "peaq/machine_attributes.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

using evm::RpcCall;
using evm::RpcReply;
using evm::U256;

constexpr int kSteps = 6;
constexpr std::uint64_t kFundingThreshold = kBond / 2;  // wei; the Gas Station's own minimum (chain.md 3.6)
// Gas that mint and DID write need behind a registration, so that its bond is not paid in vain.
constexpr std::uint64_t kMintGas = 250'000, kDidGas = 900'000;

enum Step : int { kBalanceStep = 1, kTwoFactorStep, kFundStep, kRegisterStep, kMintStep, kDidStep };

constexpr std::string_view kJournalSteps[] = {"register", "mint_nft", "machine_did"};

struct State {
  U256 balance;
  U256 machineId;  // 0: not registered
  MachineAttributes attributes;
};

class Activation {
 public:
  Activation(ActivationRequest request, ActivationContext context)
      : request_(std::move(request)), context_(std::move(context)), account_(context_.signer.address()) {}

  Task<ActivationResult> run() {
    State state = co_await readState();
    co_await context_.journal.open();
    if (co_await settleEarlierWrites()) state = co_await readState();

    const bool registered = state.machineId != U256();
    const U256 token = registered ? co_await readToken(state.machineId) : U256();
    const bool complete =
        registered && token != U256() && missingWrites(state.attributes, wanted(state.machineId, token)).empty();
    checkFunds(state.balance, complete);

    const U256 machineId = registered ? co_await skipRegistration(state.machineId) : co_await registerMachine();
    const U256 tokenId = token != U256() ? co_await skipMint(machineId, token) : co_await mint(machineId);
    co_await writeDid(machineId, tokenId, std::move(state.attributes));
    co_return ActivationResult{machineId, tokenId, didOf(account_)};
  }

 private:
  // --- reading -------------------------------------------------------------------------------------------------------

  std::array<NamedContract, 4> namedContracts() const {
    return {NamedContract{"IDENTITY_REGISTRY_ADDRESS", context_.contracts.identityRegistry},
            {"IDENTITY_STAKING_ADDRESS", context_.contracts.identityStaking},
            {"EVENT_REGISTRY_ADDRESS", context_.contracts.eventRegistry},
            {"MACHINE_NFT_ADDRESS", context_.contracts.machineNft}};
  }

  std::vector<RpcCall> attributeCalls() const {
    std::vector<RpcCall> calls;
    for (const std::string_view name : kMachineAttributes) {
      calls.push_back(readAttributeCall(context_.contracts, account_, name));
    }
    return calls;
  }

  MachineAttributes attributesFrom(std::span<const RpcReply> replies) const {
    MachineAttributes present;
    for (std::size_t i = 0; i < kMachineAttributes.size(); ++i) {
      if (auto value = attributeFrom(replies[i], kMachineAttributes[i], account_)) {
        present[kMachineAttributes[i]] = std::move(*value);
      }
    }
    return present;
  }

  RpcCall machineIdCall() const {
    return evm::contractCall(context_.contracts.identityRegistry, machineIdOfOwnerCalldata(account_));
  }
  U256 machineIdFrom(const RpcReply& reply) const {
    return numberFrom(reply, "machineIdOfOwner(" + evm::shortAddress(evm::toChecksum(account_)) + ")");
  }

  // Everything that decides what is left to do, in one request.
  Task<State> readState() {
    const auto contracts = namedContracts();
    auto calls = preflightCalls(contracts);
    const std::size_t own = calls.size();
    calls.push_back(evm::balanceCall(account_));
    calls.push_back(machineIdCall());
    std::ranges::move(attributeCalls(), std::back_inserter(calls));
    const auto replies = co_await context_.rpc.read(std::move(calls));
    chainId_ = checkPreflight(replies, contracts, context_.network);
    co_return State{.balance = evm::quantityOf(replies[own], "the balance of " + evm::toChecksum(account_)),
                    .machineId = machineIdFrom(replies[own + 1]),
                    .attributes = attributesFrom(std::span(replies).subspan(own + 2))};
  }

  RpcCall tokenCall(const U256& machineId) const {
    return evm::contractCall(context_.contracts.machineNft, tokenIdOfCalldata(machineId));
  }
  U256 tokenFrom(const RpcReply& reply, const U256& machineId) const {
    return numberFrom(reply, "tokenIdOf(" + machineId.toDecimal() + ")");
  }
  Task<U256> readToken(U256 machineId) {
    const auto replies = co_await context_.rpc.read({tokenCall(machineId)});
    co_return tokenFrom(replies[0], machineId);
  }

  // --- writing -------------------------------------------------------------------------------------------------------

  evm::Sender sender() const {
    return {context_.rpc,
            context_.journal,
            context_.clock,
            context_.conversation,
            {.chainId = chainId_,
             .receiptTimeout = context_.receiptTimeout,
             .errors = contractErrors(),
             .currency = std::string(context_.network.currency)}};
  }

  // What a killed or timed-out run left under way is brought to its end; true when there was anything.
  Task<bool> settleEarlierWrites() {
    bool any = false;
    for (Json& row : co_await context_.journal.unresolved()) {
      const auto step = row.value("step", std::string());
      if (std::ranges::find(kJournalSteps, step) == std::end(kJournalSteps)) continue;
      if (row.value("address", std::string()) != evm::toChecksum(account_)) continue;
      if (findMember(row, "chain_id") == nullptr || toUint64(row["chain_id"]) != chainId_) continue;
      any = true;
      report(0, "earlier_write", "note", {{"step", step}, {"tx_hash", row.value("tx_hash", std::string())}});
      co_await settle(step, std::move(row));
    }
    co_return any;
  }

  Task<void> settle(std::string step, Json row) {
    Json facts = row;
    for (const char* member : {"raw_tx", "nonce", "intent", "chain_id", "ts", "status", "step"}) facts.erase(member);
    std::optional<evm::Receipt> receipt;
    try {
      receipt = co_await sender().settle(std::move(row));
    } catch (const evm::RevertError&) {
      co_return;  // journalled as failed; the chain's state says what is left to do
    }
    if (!receipt) co_return;
    if (const auto id = registeredMachineId(*receipt, context_.contracts.identityRegistry))
      facts["machine_id"] = evm::toJson(*id);
    co_await context_.journal.append(std::move(step), "confirmed", std::move(facts));
  }

  // Turns a revert into the step's failure: a journal row and one line.
  Task<void> fail(const char* step, const char* what, const evm::RevertError& error, Json facts) {
    const std::string meaning = meaningOf(error.revert);
    facts["reason"] = meaning;
    if (!error.transaction) co_await context_.journal.append(step, "failed", std::move(facts));
    throw networkError(error.code, std::string(what) + " reverted: " + meaning,
                       "Fix the cause and run the command again");
  }

  // --- steps 1 to 3 --------------------------------------------------------------------------------------------------

  void checkFunds(const U256& balance, bool complete) {
    if (request_.skipFunding) {
      for (const int step : {kBalanceStep, kTwoFactorStep, kFundStep}) omit(step, "--skip-funding");
      return;
    }
    const bool sufficient = balance >= U256(kFundingThreshold);
    report(kBalanceStep, "balance", "started");
    report(kBalanceStep, "balance", "note",
           {{"role", "Operator"},
            {"address", evm::toChecksum(account_)},
            {"amount", evm::formatUnits(balance, 18, 4)},
            {"wei", balance.toDecimal()},
            {"currency", context_.network.currency},
            {"sufficient", sufficient}});
    if (!sufficient && !complete) {
      const std::string currency(context_.network.currency);
      throw networkError("INSUFFICIENT_FUNDS",
                         evm::toChecksum(account_) + " holds " + evm::formatUnits(balance, 18, 4) + " " + currency +
                             ", less than the " + evm::formatUnits(U256(kFundingThreshold), 18, 4) + " " + currency +
                             " that activation starts from",
                         "Send it at least " + evm::formatUnits(U256(kBond), 18, 0) + ".5 " + currency +
                             " (the bond and gas) and run the command again");
    }
    for (const int step : {kTwoFactorStep, kFundStep}) {
      omit(step, sufficient ? "all wallets funded" : "nothing left to pay for");
    }
  }

  // --- step 4 --------------------------------------------------------------------------------------------------------

  Json registration(const U256& machineId) const {
    return {{"mode", "self"}, {"address", evm::toChecksum(account_)}, {"machine_id", evm::toJson(machineId)}};
  }

  Task<U256> skipRegistration(U256 machineId) {
    report(kRegisterStep, "register", "started");
    report(kRegisterStep, "register", "skipped", {{"machine_id", evm::toJson(machineId)}});
    co_await context_.journal.append("register", "skipped", registration(machineId));
    co_return machineId;
  }

  Task<U256> registerMachine() {
    report(kRegisterStep, "register", "started");
    std::optional<evm::RevertError> reverted;
    try {
      evm::Intent intent{.step = "register",
                         .to = context_.contracts.identityRegistry,
                         .value = U256(kBond),
                         .data = registerCalldata(),
                         .facts = {{"mode", "self"}},
                         .laterGas = kMintGas + kDidGas};
      const evm::Receipt receipt = co_await sender().send(std::move(intent), context_.signer);
      co_return co_await registeredBy(receipt);
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    if (reverted->code == "AlreadyRegistered") {
      const auto replies = co_await context_.rpc.read({machineIdCall()});
      if (const U256 machineId = machineIdFrom(replies[0]); machineId != U256()) {
        report(kRegisterStep, "register", "recovered", {{"machine_id", evm::toJson(machineId)}});
        Json row = registration(machineId);
        row["recovered_from"] = "AlreadyRegistered";
        co_await context_.journal.append("register", "skipped", std::move(row));
        co_return machineId;
      }
    }
    co_await fail("register", "register", *reverted, registration(U256()));
    co_return U256();
  }

  Task<U256> registeredBy(evm::Receipt receipt) {
    const std::string hash = toHex0x(receipt.transaction);
    const auto machineId = registeredMachineId(receipt, context_.contracts.identityRegistry);
    Json row = registration(machineId.value_or(U256()));
    row["tx_hash"] = hash;
    if (!machineId || *machineId == U256()) {
      row["reason"] = "no Registered event in the receipt";
      co_await context_.journal.append("register", "failed", std::move(row));
      throw networkError("REGISTERED_EVENT_MISSING", "transaction " + hash + " was mined without a Registered event",
                         "Check IDENTITY_REGISTRY_ADDRESS, then run the command again");
    }
    co_await context_.journal.append("register", "confirmed", std::move(row));
    report(kRegisterStep, "register", "confirmed", {{"machine_id", evm::toJson(*machineId)}, {"tx_hash", hash}});
    co_return *machineId;
  }

  // --- step 5 --------------------------------------------------------------------------------------------------------

  Json minting(const U256& machineId) const {
    return {{"machine_id", evm::toJson(machineId)}, {"recipient", evm::toChecksum(account_)}};
  }

  Task<U256> skipMint(U256 machineId, U256 tokenId, std::string recoveredFrom = {}) {
    if (recoveredFrom.empty()) report(kMintStep, "mint", "started");
    const auto replies =
        co_await context_.rpc.read({evm::contractCall(context_.contracts.machineNft, ownerOfCalldata(tokenId))});
    Json row = minting(machineId);
    row["token_id"] = evm::toJson(tokenId);
    if (std::holds_alternative<evm::RpcError>(replies[0])) {
      report(kMintStep, "mint", "note", {{"token_id", evm::toJson(tokenId)}});
    } else if (const evm::Address owner = addressFrom(replies[0], "ownerOf(" + tokenId.toDecimal() + ")");
               owner != account_) {
      row["reason"] = "held by " + evm::toChecksum(owner);
      co_await context_.journal.append("mint_nft", "failed", std::move(row));
      throw networkError("NFT_HELD_ELSEWHERE",
                         "token " + tokenId.toDecimal() + " of machine " + machineId.toDecimal() + " belongs to " +
                             evm::toChecksum(owner) + ", not to " + evm::toChecksum(account_),
                         "Transfer the NFT back to the machine, or activate with the key that holds it");
    }
    if (!recoveredFrom.empty()) row["recovered_from"] = recoveredFrom;
    co_await context_.journal.append("mint_nft", "skipped", std::move(row));
    report(kMintStep, "mint", recoveredFrom.empty() ? "skipped" : "recovered", {{"token_id", evm::toJson(tokenId)}});
    co_return tokenId;
  }

  Task<U256> mint(U256 machineId) {
    report(kMintStep, "mint", "started");
    evm::Intent intent{.step = "mint_nft",
                       .to = context_.contracts.machineNft,
                       .value = {},
                       .data = mintCalldata(machineId, account_),
                       .facts = minting(machineId),
                       .laterGas = kDidGas};
    std::optional<evm::RevertError> reverted;
    try {
      const evm::Receipt receipt = co_await sender().send(std::move(intent), context_.signer);
      co_return co_await mintedBy(receipt, machineId);
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    if (reverted->code == "AlreadyMinted") {
      if (const U256 tokenId = co_await readToken(machineId); tokenId != U256()) {
        co_return co_await skipMint(machineId, tokenId, "AlreadyMinted");
      }
    }
    co_await fail("mint_nft", "mint", *reverted, minting(machineId));
    co_return U256();
  }

  Task<U256> mintedBy(evm::Receipt receipt, U256 machineId) {
    const std::string hash = toHex0x(receipt.transaction);
    Json row = minting(machineId);
    row["tx_hash"] = hash;
    const U256 tokenId = co_await readToken(machineId);
    if (tokenId == U256()) {
      row["reason"] = "no token id after the mint";
      co_await context_.journal.append("mint_nft", "failed", std::move(row));
      throw networkError("TOKEN_ID_MISSING", "the mint " + hash + " went through, but the machine has no token id",
                         "Run the command again");
    }
    row["token_id"] = evm::toJson(tokenId);
    co_await context_.journal.append("mint_nft", "confirmed", std::move(row));
    report(kMintStep, "mint", "confirmed",
           {{"machine_id", evm::toJson(machineId)}, {"token_id", evm::toJson(tokenId)}, {"tx_hash", hash}});
    co_return tokenId;
  }

  // --- step 6 --------------------------------------------------------------------------------------------------------

  WantedAttributes wanted(const U256& machineId, const U256& tokenId) const {
    return {.machineId = machineId.toDecimal(),
            .nftTokenId = tokenId.toDecimal(),
            .operatorDid = {},
            .documentationUrl = request_.docUrl,
            .dataApi = request_.dataApi,
            .visibility = request_.visibility};
  }

  Json didRow(const U256& machineId, const U256& tokenId) const {
    return {{"mode", "self"},
            {"machine_id", evm::toJson(machineId)},
            {"token_id", evm::toJson(tokenId)},
            {"operator_did", ""}};
  }

  Task<void> skipDid(U256 machineId, U256 tokenId, const char* recoveredFrom, const char* state) {
    Json row = didRow(machineId, tokenId);
    row["recovered_from"] = recoveredFrom;
    co_await context_.journal.append("machine_did", "skipped", std::move(row));
    report(kDidStep, "machine_did", state);
  }

  Task<void> writeDid(U256 machineId, U256 tokenId, MachineAttributes present) {
    report(kDidStep, "machine_did", "started");
    const WantedAttributes want = wanted(machineId, tokenId);
    auto writes = missingWrites(present, want);
    if (writes.empty()) {
      co_await skipDid(machineId, tokenId, "AttributeAlreadyOnChain", "skipped");
      co_return;
    }
    // Somebody else may write the same attributes meanwhile: after a revert they are read again, once.
    for (int attempt = 0;; ++attempt) {
      std::optional<evm::RevertError> reverted;
      try {
        evm::Intent intent{.step = "machine_did",
                           .to = context_.contracts.batchPrecompile,
                           .value = {},
                           .data = writeAttributesCalldata(context_.contracts, account_, writes),
                           .facts = didRow(machineId, tokenId)};
        const evm::Receipt receipt = co_await sender().send(std::move(intent), context_.signer);
        co_await didWritten(machineId, tokenId, writes, toHex0x(receipt.transaction));
        co_return;
      } catch (const evm::RevertError& error) {
        reverted = error;
      }
      const auto replies = co_await context_.rpc.read(attributeCalls());
      auto left = missingWrites(attributesFrom(replies), want);
      if (left.empty()) {
        co_await skipDid(machineId, tokenId, "AlreadyExists", "recovered");
        co_return;
      }
      if (attempt > 0 || left.size() == writes.size()) {
        co_await fail("machine_did", "machine DID write", *reverted, didRow(machineId, tokenId));
      }
      writes = std::move(left);
    }
  }

  Task<void> didWritten(U256 machineId, U256 tokenId, const std::vector<AttributeWrite>& writes, std::string hash) {
    Json row = didRow(machineId, tokenId);
    row["machine_did_tx_count"] = writes.size();
    row["tx_hash"] = hash;
    co_await context_.journal.append("machine_did", "confirmed", std::move(row));
    Json updated = Json::array();
    for (const AttributeWrite& write : writes) {
      if (write.change == AttributeChange::Update) updated.push_back(write.attribute.name);
    }
    report(kDidStep, "machine_did", "confirmed",
           {{"attributes", writes.size()}, {"updated", std::move(updated)}, {"tx_hash", std::move(hash)}});
  }

  // --- progress ------------------------------------------------------------------------------------------------------

  void report(int step, const char* name, const char* state, Json facts = Json::object()) const {
    context_.conversation.progress(
        {.step = step, .steps = kSteps, .name = name, .state = state, .facts = std::move(facts)});
  }
  void omit(int step, const char* reason) const {
    constexpr const char* kNames[] = {"balance", "two_factor", "fund"};
    report(step, kNames[step - 1], "omitted", {{"reason", reason}});
  }

  ActivationRequest request_;
  ActivationContext context_;
  evm::Address account_;
  std::uint64_t chainId_ = 0;
};

}  // namespace

Task<ActivationResult> activate(ActivationRequest request, ActivationContext context) {
  Activation activation(std::move(request), std::move(context));
  co_return co_await activation.run();
}

}  // namespace peaqos::peaq
