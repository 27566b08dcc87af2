// The steps that an activation would take, and their cost.
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "peaq/activation/attribute_writes.hpp"
#include "peaq/activation/work.hpp"
#include "peaq/activation_plan.hpp"
#include "peaq/batch.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

constexpr char kUsualUrl[] = "https://example.com/machines/0123456789/documentation";

// A transaction that is due: its step, and what the node is asked to estimate; nothing when it cannot be known yet.
struct Due {
  std::size_t step;
  std::optional<evm::RpcCall> estimate;
};

evm::RpcCall estimateCall(const evm::Address& from, const evm::Address& to, const U256& value, BytesView data) {
  return {"eth_estimateGas", Json::array({Json{{"from", evm::toChecksum(from)},
                                               {"to", evm::toChecksum(to)},
                                               {"value", value.toQuantity()},
                                               {"data", toHex0x(data)}},
                                          "latest"})};
}

class Plan {
 public:
  Plan(const ActivationWork& work, const ActivationState& state) : work_(work), state_(state) {}

  Task<ActivationPlan> make() {
    const bool complete = isComplete(work_, state_);
    const bool isShort = isShortOfMoney(work_, state_) && !complete && !work_.request.skipFunding;
    plan_.steps = {{.name = "balance", .due = !work_.request.skipFunding},
                   {.name = "two_factor", .due = isShort},
                   {.name = "fund", .due = isShort}};
    addRegistration();
    addMint();
    addMachineDid();
    if (work_.proxy()) addProxyDid();
    co_await estimate();
    plan_.operatorAddress = work_.operatorAddress;
    plan_.machine = work_.machine;
    plan_.proxy = work_.proxy();
    plan_.machineId = state_.machineId;
    plan_.tokenId = state_.tokenId;
    plan_.operatorBalance = state_.operatorBalance;
    plan_.machineBalance = state_.machineBalance;
    co_return std::move(plan_);
  }

 private:
  const Contracts& contracts() const { return work_.context.contracts; }

  // A step whose transaction takes `gas` at most. Not estimated: it builds on one that has not been made.
  void add(PlannedStep step, std::optional<evm::RpcCall> estimate) {
    if (!step.due) step.gas = 0;
    if (step.due) due_.push_back({plan_.steps.size(), std::move(estimate)});
    plan_.steps.push_back(step);
  }

  void addRegistration() {
    const Bytes data = work_.proxy() ? registerForCalldata(work_.machine) : registerCalldata();
    const bool due = state_.machineId == U256();
    add({.name = "register",
         .due = due,
         .value = due ? U256(kBond) : U256(),
         .gas = kRegisterGas,
         .to = contracts().identityRegistry,
         .function = work_.proxy() ? "registerFor(address)" : "register()",
         .arguments = work_.proxy() ? Json::array({{"machine", evm::toChecksum(work_.machine)}}) : Json::array()},
        estimateCall(work_.operatorAddress, contracts().identityRegistry, U256(kBond), data));
  }

  void addMint() {
    std::optional<evm::RpcCall> call;
    if (state_.machineId != U256()) {
      call = estimateCall(work_.operatorAddress, contracts().machineNft, {},
                          mintCalldata(state_.machineId, work_.machine));
    }
    const Json machineId = state_.machineId == U256() ? Json(nullptr) : Json(state_.machineId.toDecimal());
    add({.name = "mint",
         .due = state_.tokenId == U256(),
         .gas = kMintGas,
         .to = contracts().machineNft,
         .function = "mint(uint256,address)",
         .arguments = Json::array({{"machineId", machineId}, {"to", evm::toChecksum(work_.machine)}})},
        std::move(call));
  }

  void addMachineDid() {
    const auto writes =
        missingWrites(state_.machineAttributes, wantedAttributes(work_, state_.machineId, state_.tokenId));
    add({.name = "machine_did",
         .due = !writes.empty(),
         .byMachine = work_.proxy(),
         .gas = kMachineDidGas,
         .to = contracts().batchPrecompile,
         .function = std::string(kBatchAll),
         .arguments = withoutUnknown(namedWrites(writes))},
        estimateCall(work_.machine, contracts().batchPrecompile, {},
                     writeAttributesCalldata(contracts(), work_.machine, writes)));
  }

  void addProxyDid() {
    const auto writes = missingWrites(state_.operatorAttributes, state_.operatorId, state_.machineId);
    Json arguments = namedWrites(writes);
    if (state_.machineId == U256() && !arguments.empty()) arguments.back()[1] = nullptr;  // the list of machine ids
    add({.name = "proxy_did",
         .due = !writes.empty(),
         .gas = kProxyDidGas,
         .to = contracts().batchPrecompile,
         .function = std::string(kBatchAll),
         .arguments = std::move(arguments)},
        estimateCall(work_.operatorAddress, contracts().batchPrecompile, {},
                     writeAttributesCalldata(contracts(), work_.operatorAddress, writes)));
  }

  // The ids of a machine that is not there yet are none.
  Json withoutUnknown(Json arguments) const {
    for (Json& argument : arguments) {
      const bool unknown = (argument[0] == "add machineId" && state_.machineId == U256()) ||
                           (argument[0] == "add nftTokenId" && state_.tokenId == U256());
      if (unknown) argument[1] = nullptr;
    }
    return arguments;
  }

  // One request for the price and every estimate. A node that refuses one (an account without money, say) leaves the
  // most that such a transaction takes.
  Task<void> estimate() {
    std::vector<evm::RpcCall> calls{{"eth_gasPrice"}};
    std::vector<std::size_t> steps;
    for (Due& due : due_) {
      if (!due.estimate) continue;
      calls.push_back(std::move(*due.estimate));
      steps.push_back(due.step);
    }
    const auto replies = co_await work_.context.rpc.read(std::move(calls));
    plan_.gasPrice = evm::quantityOf(replies[0], "the gas price");
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!std::holds_alternative<Json>(replies[i + 1])) continue;
      PlannedStep& step = plan_.steps[steps[i]];
      step.gas = evm::uint64Of(replies[i + 1], "a gas estimate");
      step.estimated = true;
    }
  }

  const ActivationWork& work_;
  const ActivationState& state_;
  ActivationPlan plan_;
  std::vector<Due> due_;
};

std::string knownOr(const ActivationState& state, std::string_view name) {
  const auto known = state.machineAttributes.find(name);
  return known == state.machineAttributes.end() ? std::string(kUsualUrl) : known->second;
}

}  // namespace

U256 ActivationPlan::needs(bool byMachine) const {
  U256 sum;
  for (const PlannedStep& step : steps) {
    if (step.byMachine == byMachine) sum = sum + step.value + feeOf(step);
  }
  return sum;
}

Task<ActivationPlan> planActivation(ActivationRequest request, ActivationContext context) {
  ActivationWork reading(request, context);
  const ActivationState state = co_await reading.readState();
  checkPreconditions(reading, state);
  if (request.docUrl.empty()) request.docUrl = knownOr(state, "documentation_url");
  if (request.dataApi.empty()) request.dataApi = knownOr(state, "data_api");
  const ActivationWork work(std::move(request), context);
  Plan plan(work, state);
  ActivationPlan made = co_await plan.make();
  made.chainId = reading.chainId;
  co_return made;
}

}  // namespace peaqos::peaq
