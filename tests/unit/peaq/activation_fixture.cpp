// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation_fixture.hpp"

#include "ledger/row.hpp"
#include "support/calldata.hpp"

namespace peaqos::test {

using evm::AbiReader;
using evm::Address;
using evm::U256;

namespace {

constexpr std::uint64_t kFirstId = 41, kTokenOffset = 1000;

Address addressNumber(std::uint8_t last) {
  Address address;
  address.bytes.back() = last;
  return address;
}

std::uint64_t idOf(const U256& word) { return word.toUint64().value(); }

// The elements of an argument of type bytes[].
std::vector<Bytes> bytesArray(BytesView calldata, std::size_t index) {
  const BytesView arguments = calldata.subspan(4);
  const auto offset = static_cast<std::size_t>(idOf(AbiReader(arguments).uint256(index).value()));
  const auto count = static_cast<std::size_t>(idOf(AbiReader(arguments.subspan(offset)).uint256(0).value()));
  const AbiReader elements(arguments.subspan(offset + 32));
  std::vector<Bytes> out;
  for (std::size_t i = 0; i < count; ++i) {
    const BytesView element = elements.dynamicBytes(i).value();
    out.emplace_back(element.begin(), element.end());
  }
  return out;
}

// The elements of an argument that is an array of words.
std::vector<U256> wordArray(BytesView calldata, std::size_t index) {
  const BytesView arguments = calldata.subspan(4);
  const auto offset = static_cast<std::size_t>(idOf(AbiReader(arguments).uint256(index).value()));
  const AbiReader array(arguments.subspan(offset));
  std::vector<U256> out(static_cast<std::size_t>(idOf(array.uint256(0).value())));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = array.uint256(i + 1).value();
  return out;
}

Address addressIn(const U256& word) {
  const Hash256 bytes = word.toWord();
  Address address;
  std::copy(bytes.begin() + 12, bytes.end(), address.bytes.begin());
  return address;
}

CallResult word(std::uint64_t value) { return {.output = evm::encodeArguments({value})}; }

}  // namespace

PeaqContracts::PeaqContracts(Chain& chain)
    : addresses{.identityRegistry = addressNumber(0xA1),
                .identityStaking = addressNumber(0xA2),
                .eventRegistry = addressNumber(0xA3),
                .machineNft = addressNumber(0xA4),
                .didRegistry = addressNumber(0xA5),
                .batchPrecompile = addressNumber(0xA6)},
      chain_(chain) {
  for (const Address& address : {addresses.identityRegistry, addresses.identityStaking, addresses.eventRegistry,
                                 addresses.machineNft, addresses.didRegistry, addresses.batchPrecompile}) {
    chain.setContract(address, [this](const Call& call) {
      CallResult result = read(call);
      return result.output.empty() && !result.reverted ? write(call) : result;
    });
  }
}

PeaqContracts::State PeaqContracts::state() const {
  State now = before;
  for (std::uint64_t number = 0; number < chain_.size(); ++number) {
    for (const Mined& mined : chain_.block(number)->transactions) {
      const auto& content = mined.transaction.content;
      if (!mined.succeeded) continue;
      apply(now, {.from = mined.transaction.sender, .to = content.to, .value = content.value, .data = content.data},
            nullptr);
    }
  }
  return now;
}

CallResult PeaqContracts::read(const Call& call) const {
  const BytesView data = call.data;
  if (calls(data, "machineIdOfOwner(address)")) {
    const State now = state();
    const auto found = now.machines.find(argumentsOf(data).address(0).value());
    return word(found == now.machines.end() ? 0 : found->second);
  }
  if (calls(data, "tokenIdOf(uint256)")) {
    const State now = state();
    const auto found = now.tokens.find(idOf(argumentsOf(data).uint256(0).value()));
    return word(found == now.tokens.end() ? 0 : found->second.first);
  }
  if (calls(data, "ownerOf(uint256)")) {
    for (const auto& [machine, token] : state().tokens) {
      if (U256(token.first) == argumentsOf(data).uint256(0)) return {.output = evm::encodeArguments({token.second})};
    }
    return revertWith("no such token");
  }
  if (calls(data, "readAttribute(address,bytes)")) {
    State now = state();
    const std::string name = asText(argumentsOf(data).dynamicBytes(1).value());
    const auto& attributes = now.attributes[argumentsOf(data).address(0).value()];
    const auto found = attributes.find(name);
    if (found == attributes.end()) return revertWith("Cannot find the item");
    return {.output = evm::encodeArguments(
                {std::string_view(name), std::string_view(found->second), std::uint64_t{0}, std::uint64_t{0}})};
  }
  return {};
}

// The custom error that a transaction ends with, or nothing once the state has it.
std::optional<std::string> PeaqContracts::apply(State& now, const Call& call, std::vector<evm::Log>* logs) const {
  const BytesView data = call.data;
  const bool own = calls(data, "register()");
  if (own || calls(data, "registerFor(address)")) {
    const Address owner = own ? call.from : argumentsOf(data).address(0).value();
    if (call.value != U256(peaq::kBond)) return "IncorrectBondAmount()";
    if (owner == unwelcome) return "InvalidMachineAddress()";
    if (now.machines.contains(owner)) return "AlreadyRegistered()";
    const std::uint64_t id = kFirstId + now.machines.size();
    now.machines[owner] = id;
    if (logs) {
      Hash256 padded{};
      std::ranges::copy(owner.bytes, padded.begin() + 12);
      logs->push_back({.emitter = addresses.identityRegistry,
                       .topics = {evm::eventTopic("Registered(uint256,string,address)"), U256(id).toWord(), padded},
                       .data = {}});
    }
    return std::nullopt;
  }
  if (calls(data, "mint(uint256,address)")) {
    const std::uint64_t id = idOf(argumentsOf(data).uint256(0).value());
    if (now.tokens.contains(id)) return "AlreadyMinted()";
    now.tokens[id] = {kTokenOffset + id, argumentsOf(data).address(1).value()};
    return std::nullopt;
  }
  const bool batch = calls(data, "batchAll(address[],uint256[],bytes[],uint64[])") ||
                     calls(data, "batchSome(address[],uint256[],bytes[],uint64[])");
  return batch ? applyBatch(now, call, logs) : std::nullopt;
}

std::optional<std::string> PeaqContracts::applyBatch(State& now, const Call& call, std::vector<evm::Log>* logs) const {
  const bool all = calls(call.data, "batchAll(address[],uint256[],bytes[],uint64[])");
  const auto to = wordArray(call.data, 0), values = wordArray(call.data, 1);
  const auto inner = bytesArray(call.data, 2);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (values[i] != U256() && !batchesMoveMoney) return "MoneyStays()";
    const auto error =
        applyInner(now, {.from = call.from, .to = addressIn(to[i]), .value = values[i], .data = inner[i]}, logs);
    if (error && all) return error;
    const Hash256 number = U256(i).toWord();
    if (logs) {
      logs->push_back({.emitter = addresses.batchPrecompile,
                       .topics = {evm::eventTopic(error ? "SubcallFailed(uint256)" : "SubcallSucceeded(uint256)")},
                       .data = Bytes(number.begin(), number.end())});
    }
  }
  return std::nullopt;
}

std::optional<std::string> PeaqContracts::applyInner(State& now, const Call& call, std::vector<evm::Log>* logs) const {
  if (call.to != addresses.didRegistry) return apply(now, call, logs);
  const AbiReader arguments = argumentsOf(call.data);
  const Address subject = arguments.address(0).value();
  if (subject != call.from) return "NotOwner()";
  const bool adds = calls(call.data, "addAttribute(address,bytes,bytes,uint32)");
  auto& attributes = now.attributes[subject];
  const std::string name = asText(arguments.dynamicBytes(1).value());
  if (adds == attributes.contains(name)) return adds ? "EntryAlreadyExists()" : "EntryNotFound()";
  attributes[name] = asText(arguments.dynamicBytes(2).value());
  return std::nullopt;
}

CallResult PeaqContracts::write(const Call& call) const {
  for (const auto& [function, error] : refuses) {
    if (calls(call.data, function)) return revertWithError(error);
  }
  State now = state();
  CallResult result;
  if (const auto error = apply(now, call, &result.logs)) return revertWithError(*error);
  return result;
}

std::string ActivationTest::statuses(std::string_view step) const {
  const char* path = "/home/user/project/peaqos.log";
  const std::string text = world.disk.exists(path) ? world.disk.text(path) : "";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto row = ledger::parseRow(text.substr(at, end - at));
    if (row && row->step == step) out += (out.empty() ? "" : " ") + std::string(ledger::name(row->status));
    at = end + 1;
  }
  return out;
}

void ActivationTest::expectActivatedOnce() {
  chain.truth.settle();
  auto now = contracts.state();
  ASSERT_TRUE(now.machines.contains(machine()));
  const std::uint64_t id = now.machines[machine()];
  ASSERT_TRUE(now.tokens.contains(id));
  EXPECT_EQ(now.tokens[id].second, machine());
  std::map<std::string, std::string> did{
      {"machineId", std::to_string(id)},
      {"nftTokenId", std::to_string(now.tokens[id].first)},
      {"operator", proxy ? "did:peaq:" + evm::toChecksum(operatorKey.address()) : ""},
      {"documentation_url", request.docUrl},
      {"data_api", request.dataApi},
      {"data_visibility", "public"}};
  EXPECT_EQ(now.attributes[machine()], did);
  if (proxy) {
    EXPECT_EQ(now.attributes[operatorKey.address()],
              (std::map<std::string, std::string>{{"machineId", std::to_string(kOperatorId)},
                                                  {"machines", "[" + std::to_string(id) + "]"}}));
  }
  for (const auto& [effect, count] : chain.truth.effects()) EXPECT_EQ(count, 1);
  EXPECT_LE(chain.truth.effectsOn(contracts.addresses.identityRegistry), 1);
  EXPECT_LE(chain.truth.effectsOn(contracts.addresses.machineNft), 1);
  EXPECT_LE(chain.truth.effectsOn(contracts.addresses.batchPrecompile), proxy ? 2 : 1);
}

}  // namespace peaqos::test
